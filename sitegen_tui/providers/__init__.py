"""Adapters that reach models: the reference editor, simulated models, and the services and programs that are real."""
