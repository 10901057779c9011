"""The vocabulary: frozen models of everything the program speaks of, without any input or output."""
