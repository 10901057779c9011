"""The face of the program: screens and widgets over the services, and nothing that decides anything."""
