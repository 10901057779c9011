"""What screens and commands talk to: the composition root, live runs, and the read models of every view."""
