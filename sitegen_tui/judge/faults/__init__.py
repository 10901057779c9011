"""Violations planted on purpose, to measure the judge: damage of any action, bad replies, harmless changes, several at once."""
