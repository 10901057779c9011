"""Chromium: what a site looks like and does when a browser shows it, without the site reaching anything else."""
