"""The pipeline: sixteen files, one an action, each with its directive, its reference edit, its checks and its faults."""
