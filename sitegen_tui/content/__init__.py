"""Templates and requirements: found, read safely and linted."""
