"""What leaves the program for others, and what comes in from them."""
