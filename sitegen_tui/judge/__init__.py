"""Judging: findings become charges, charges a score."""
