"""A proof of content: that on a template with a brief the reference earns everything, and doing nothing next to nothing."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Layer

IDLE_MOST = 2.0
"""Points out of 10 that a reply which changes nothing may earn in any action."""

IdleFrom = Literal["start", "gold"]
IDLE_FROM: tuple[IdleFrom, ...] = ("start", "gold")
"""The site that was left as it is: the skeleton, as in a whole run that does nothing, or the gold site before the action."""


class ProofWanted(Frozen):
    """What is to be proven; empty tuples mean everything.

    Named templates go with the named requirements, each with each; without requirements, with those written for them.
    `renders` is how often each gold site is looked at afresh.
    """

    templates: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    renders: int = Field(default=3, ge=1, le=20)


class GoldFinding(Frozen):
    """Something charged in a gold step, and in how many of the looks."""

    action: str
    finding: Finding
    amount: float
    times: int = Field(ge=1)


class IdleScore(Frozen):
    """What a reply that changes nothing earns in an action, in points."""

    action: str
    left: IdleFrom
    value: float

    @property
    def sound(self) -> bool:
        """Whether it lies between nothing and the little that is allowed."""
        return self.free or -1e-9 <= self.value <= IDLE_MOST + 1e-9

    @property
    def free(self) -> bool:
        """Whether there was nothing to do: a skeleton in its own colours can be read, so that nothing had to be mended."""
        return self.left == "start" and self.action == "verify-contrast"


class PairProof(Frozen):
    """What one template with one brief has shown.

    `gold` is the lowest total of the gold chain over all looks, of `assessed` points (160 where a browser looked). `error` says
    what kept the pair from being tried at all; then everything else is empty. `seconds` is time that passed.
    """

    pairing: Pairing
    tier: int = 0
    gold: float = 0.0
    assessed: float = 0.0
    findings: tuple[GoldFinding, ...] = ()
    idle: tuple[IdleScore, ...] = ()
    seconds: float = 0.0
    error: str = ""

    @property
    def worst(self) -> IdleScore | None:
        """The idle score that lies furthest from nothing."""
        return max((one for one in self.idle if not one.free), key=lambda one: abs(one.value), default=None)

    @property
    def mean(self) -> float | None:
        """Mean of the idle scores of actions that had something to do."""
        values = [one.value for one in self.idle if not one.free]
        return sum(values) / len(values) if values else None

    @property
    def holds(self) -> bool:
        """Whether gold earns all there is without a finding, and doing nothing no more than is allowed."""
        full = abs(self.gold - self.assessed) < 1e-6
        return not self.error and not self.findings and full and all(one.sound for one in self.idle)


class ProofReport(Frozen):
    """All pairs that were tried; `note` says why no browser looked, empty if one did."""

    renders: int
    layers: tuple[Layer, ...]
    rubric: int
    pairs: tuple[PairProof, ...]
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether every pair holds."""
        return all(pair.holds for pair in self.pairs)
