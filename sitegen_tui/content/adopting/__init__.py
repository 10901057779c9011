"""An existing site made into a template: its files brought together, its parts found, its manifest proposed."""
