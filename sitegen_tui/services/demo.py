"""The demo: an experiment that needs no key and no network, and is over in about two minutes."""

from __future__ import annotations

from sitegen_tui.services.plans import Wanted

DEMO_PACE = 80.0
"""Tokens a second while somebody watches: the wordiest of the four writes about 9,000. Without a terminal they answer as
fast as they can."""


def demo_wanted(*, watched: bool) -> Wanted:
    """The reference editor and three simulated models of falling care on Safari Lodge."""
    return Wanted(
        name="Demo",
        models=("reference", "simulated/careful", "simulated/typical", "simulated/reckless"),
        templates=("safari-lodge",),
        jobs=4,
        pace=DEMO_PACE if watched else None,
    )


def local_wanted() -> Wanted:
    """The small model of this machine on the blank site: nothing is simulated, and nothing leaves the machine."""
    return Wanted(name="A small real model", models=("local/smollm2-135m",), templates=("blank-site",), jobs=1)
