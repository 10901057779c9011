"""sitegen-tui: the debugger for models that build websites."""

__version__ = "0.1.0"
