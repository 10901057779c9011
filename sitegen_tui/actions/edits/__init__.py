"""What the reference edits are made of."""
