"""An audit of the judge: mutants by key, what each was charged with, and how often that was right."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import UsageError

Grade = Literal["blatant", "realistic", "subtle"]
GRADES: tuple[Grade, ...] = ("blatant", "realistic", "subtle")
Suite = Literal["single", "protocol", "compound", "null"]
SUITES: tuple[Suite, ...] = ("single", "protocol", "compound", "null")


class MutantKey(Frozen):
    """Names a mutant, which can be made again from nothing else: the gold step, what is planted on it, and the seed."""

    suite: Suite
    template: str
    requirements: str
    action: str
    faults: tuple[str, ...] = Field(min_length=1)
    seed: int = 0

    @property
    def pairing(self) -> Pairing:
        """Template and requirements."""
        return Pairing(template=self.template, requirements=self.requirements)

    def __str__(self) -> str:
        return "/".join((self.suite, self.template, self.requirements, self.action, "+".join(self.faults), str(self.seed)))

    @classmethod
    def read(cls, text: str) -> MutantKey:
        """The key that `str` has written. Raises UsageError."""
        parts = text.split("/")
        if len(parts) != 6 or parts[0] not in SUITES or not parts[5].lstrip("-").isdigit():
            raise UsageError(f"not the name of a mutant: {text!r}", hint="sitegen judge audit --json lists them as `key`")
        return cls.model_validate(
            {
                "suite": parts[0],
                "template": parts[1],
                "requirements": parts[2],
                "action": parts[3],
                "faults": parts[4].split("+"),
                "seed": int(parts[5]),
            }
        )


class Planted(Frozen):
    """A violation that was planted, and how plainly its fault shows."""

    violation: str
    grade: Grade


class Outcome(Frozen):
    """What a mutant was charged with, against what was planted.

    `missed` were planted and cost nothing; `explained` are those of them that dominance lets another planted one explain.
    `extra` were charged and not planted (nor allowed besides). `places` are file and first changed line of the mutant.
    """

    key: MutantKey
    planted: tuple[Planted, ...] = ()
    charged: dict[str, float] = Field(default={}, description="points by violation, those above 0")
    missed: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether everything planted was found and nothing else charged."""
        return not self.missed and not self.extra


class Share(Frozen):
    """How many of how many, with the Wilson interval at 95 %; None where there was nothing to count."""

    hits: int
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


class AuditRow(Frozen):
    """One violation, or all of them together: of those planted how many were found, of those charged how many were planted."""

    violation: str
    recall: Share
    precision: Share
    by_grade: dict[Grade, Share] = {}
    """Recall of each grade."""


class AuditReport(Frozen):
    """A finished audit. `unplanted` are violations that a program must find and for which no mutant was made."""

    seed: int
    sample: int | None
    layers: tuple[Layer, ...]
    rubric: int
    note: str = Field(default="", description="why the rendered layer did not judge, if it did not")
    mutants: dict[Suite, int] = {}
    overall: AuditRow
    rows: tuple[AuditRow, ...]
    nulls: Share = Field(description="harmless changes that were charged")
    wrong: tuple[Outcome, ...] = Field(default=(), description="outcomes with something missed or charged besides")
    unplanted: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every planted fault was found and nothing else was charged."""
        return not self.wrong


class AuditProgress(Frozen):
    """One mutant more is judged."""

    done: int
    total: int
    outcome: Outcome


class AuditWanted(Frozen):
    """What is to be audited; empty tuples mean everything. `sample` is the number of mutants, None for all of them."""

    sample: int | None = Field(default=None, ge=1)
    seed: int = 0
    templates: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    suites: tuple[Suite, ...] = SUITES
