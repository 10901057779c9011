"""How long a service may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds, each counted by itself.

    `connect`: until a connection stands. `first`: until the first text, and between two texts while only signs of life come,
    such as comments. `idle`: without a sign of life once the reply has begun. `whole`: for all of it.
    """

    connect: float = 15.0
    first: float = 300.0
    idle: float = 90.0
    whole: float = 1800.0


USUAL = Timeouts()
"""What is allowed where nobody says otherwise."""
