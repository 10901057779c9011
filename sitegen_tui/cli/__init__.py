"""The command line: one file a group of commands, each loaded when it is called."""
