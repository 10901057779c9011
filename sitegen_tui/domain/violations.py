"""The catalogue's vocabulary: what can be wrong, how severe it is, what it costs, and who can see it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen

POINTS_PER_ACTION = 10.0
DEDUCTION_CAP = 25.0
"""Total deduction of one action, so that a score lies in [-15, 10]."""
JUDGE_CAP = 3.0
"""Most that LLM-judged ids may deduct in one action."""


class Category(StrEnum):
    """What an action is about."""

    BRAND = "Brand"
    IMAGES = "Images"
    CONTENT = "Content"
    LAYOUT = "Layout"
    TECHNICAL = "Technical"
    QUALITY = "Quality"


class Severity(StrEnum):
    """A label derived from the points an instance costs."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Layer(StrEnum):
    """Who judges: programs over files, programs over a rendered page, an LLM, a person."""

    STATIC = "static"
    RENDERED = "rendered"
    LLM = "llm"
    HUMAN = "human"


Channel = Literal["S", "R", "J"]
CHANNEL_LAYER: dict[str, Layer] = {"S": Layer.STATIC, "R": Layer.RENDERED, "J": Layer.LLM}


class Kind(StrEnum):
    """Why an id deducts: the action was not completed, something was damaged, or something was added that must not be."""

    COMPLETION = "completion"
    REGRESSION = "regression"
    EXTRA = "extra"
    JUDGE = "judge"


class Term(Frozen):
    """What a violation costs in one action (or, with `action` None, in any).

    `points` is the deduction of one instance; with `shared`, `points` is the whole weight and each of n instances costs points / n.
    `pool` names the cap it counts against: terms of one action with the same pool share it. `weights` gives the whole weight of
    each named subject instead (headline 3.0 ...), of which `factor` is deducted.
    """

    action: str | None = None
    kind: Kind
    points: float = Field(gt=0)
    cap: float = Field(gt=0)
    pool: str
    shared: bool = False
    factor: float = Field(default=1.0, gt=0, le=1)
    weights: dict[str, float] = {}


class Violation(Frozen):
    """One entry of the catalogue."""

    id: str = Field(pattern=r"^[a-z0-9]+\.[a-z0-9]+(-[a-z0-9]+)*$")
    severity: Severity
    channels: tuple[Channel, ...] = Field(min_length=1)
    title: str = Field(description="a person's words for it, five words or so")
    rule: str = Field(description="what must be so, in one or two sentences, with its numbers and source")
    terms: tuple[Term, ...] = Field(min_length=1)
    suppresses: tuple[str, ...] = Field(default=(), description="ids that this one explains on the same subject")
    suppresses_at: tuple[str, ...] = Field(default=(), description="ids that this one explains at the same place of a file")
    suppresses_in_file: tuple[str, ...] = Field(default=(), description="ids that this one explains in the same file")
    suppresses_anywhere: tuple[str, ...] = Field(default=(), description="ids that this one explains wherever they are")
    suppresses_in_section: bool = Field(default=False, description="whether it explains every finding in its section")

    def term(self, action: str) -> Term | None:
        """The term for an action: its own, else the one for any action, else None."""
        own = next((t for t in self.terms if t.action == action), None)
        return own or next((t for t in self.terms if t.action is None), None)


class Catalogue(Frozen):
    """Every violation, and the rubric version its verdicts belong to."""

    rubric_version: int = Field(ge=1)
    violations: tuple[Violation, ...]

    @cached_property
    def by_id(self) -> dict[str, Violation]:
        """Violation by id."""
        return {violation.id: violation for violation in self.violations}

    def completion_pools(self, action: str) -> dict[str, tuple[float, frozenset[str]]]:
        """Pool name to its cap in points and the channels that can see it, over the completion terms of an action."""
        pools: dict[str, tuple[float, frozenset[str]]] = {}
        for violation, term in self._terms(action):
            if term.kind is Kind.COMPLETION:
                cap, channels = pools.get(term.pool, (term.cap, frozenset[str]()))
                pools[term.pool] = (max(cap, term.cap), channels | frozenset(violation.channels))
        return pools

    def assessable(self, action: str, layers: frozenset[Layer]) -> float:
        """Completion points of an action, out of 10, that the given layers can see; a judge alone is asked about all of them."""
        if layers == frozenset({Layer.LLM}):
            return POINTS_PER_ACTION
        visible = 0.0
        for cap, channels in self.completion_pools(action).values():
            if any(CHANNEL_LAYER[channel] in layers for channel in channels):
                visible += cap
        return visible

    def _terms(self, action: str) -> Iterator[tuple[Violation, Term]]:
        for violation in self.violations:
            for term in violation.terms:
                if term.action == action:
                    yield violation, term
