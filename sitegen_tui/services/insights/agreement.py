"""The agreement: how far people agree with one another, which is the ceiling, with each judge, and judges with one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Literal

from pydantic import Field

from sitegen_tui.domain.agreement import Agreement, BlandAltman, Confusion
from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, View, model_of
from sitegen_tui.domain.ratings import SEVERITIES, RaterKind, Rating
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.providers import registry
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.services.ratings import ratings
from sitegen_tui.stats.agreement import confusion, gwet, kappa, percent
from sitegen_tui.stats.agreement_scores import bland_altman, icc_agreement, krippendorff
from sitegen_tui.stats.families import Deducted, family_interaction

SEED = 0
RESAMPLES = 500
LEAST_ITEMS = 30
"""Steps rated by both below which no figure of a pair is to be relied on."""
ENOUGH_FOR_KAPPA = 100
"""Steps from which on weighted kappa is sure to about a tenth where agreement is good."""
LABELS = (False, True)
_KINDS: dict[RaterKind, int] = {"person": 0, "checkers": 1, "llm": 2}

Relation = Literal["person × person", "person × judge", "judge × judge"]


class RaterRow(Frozen):
    """One rater, and on how many steps they said something."""

    name: str
    kind: RaterKind
    steps: int


class IdAgreement(Frozen):
    """Two raters on one id, over the steps on which both were asked about it.

    `both`, `first_only` and `second_only` name the steps (`run/step`) by who saw it; on `neither` steps nobody did.
    """

    violation: str
    n: int
    both: tuple[str, ...]
    first_only: tuple[str, ...]
    second_only: tuple[str, ...]
    neither: int
    percent: Agreement
    kappa: Agreement
    ac1: Agreement

    @property
    def differing(self) -> int:
        """Steps on which one saw it and the other did not."""
        return len(self.first_only) + len(self.second_only)


class ScorePair(Frozen):
    """What both made of one step, in points on one scale."""

    key: str = Field(description="run/step")
    first: float
    second: float


class PairAgreement(Frozen):
    """Two raters. `severity` is of the worst thing that each saw in a step, with quadratic weights.

    Scores are there for the steps on which both came to one; `bland` is first minus second, in points. `silent` ids were asked of
    both and marked by neither in any step.
    """

    first: str
    second: str
    relation: Relation
    steps: tuple[str, ...]
    severity: Agreement
    severities: Confusion
    icc: Agreement
    alpha: Agreement
    bland: BlandAltman
    scores: tuple[ScorePair, ...]
    ids: tuple[IdAgreement, ...]
    silent: int

    @property
    def key(self) -> str:
        """What tells it from other pairs."""
        return f"{self.first}\n{self.second}"


class FamilyRow(Frozen):
    """How a family's LLM judges treat models of their own family, over steps that another family's judge scored, too.

    `estimate` is in points a step: how many more they leave their own models than other judges leave those, beyond what they leave
    others' models; above 0 they favour their own. Runs are what is drawn. `steps` (`run/step`) are all those it rests on. Where
    `families` is 2, both rows are the same number: which of the two it comes from cannot be told.
    """

    family: str
    judges: tuple[str, ...]
    own_runs: int
    other_runs: int
    estimate: Estimate
    steps: tuple[str, ...]
    families: int = Field(description="how many families have judges here")

    @property
    def reading(self) -> str:
        """What the interval says."""
        low, high = self.estimate.low, self.estimate.high
        if low is None or high is None:
            return ""
        who = "" if self.families > 2 else "one "
        return f"{who}favours its own" if low > 0 else f"{who}harder on its own" if high < 0 else "no favour seen"


class AgreementView(View):
    """Pairs of raters that rated a step in common: people first. `everyone` is Krippendorff's alpha of all people's scores."""

    raters: tuple[RaterRow, ...] = ()
    pairs: tuple[PairAgreement, ...] = ()
    families: tuple[FamilyRow, ...] = ()
    everyone: Agreement | None = None
    titles: dict[str, str] = {}


def load(frame: Frame, samples: Samples | None) -> AgreementView:
    """The view of a scope."""
    if samples is None:
        return build(frame, ())
    models = {run.run_id: run.model for run in samples.runs}
    found = ratings(samples.store, models, frame.scope.actions)
    names = {one.rater for one in found if one.kind == "llm"}
    names |= {one.model for one in found} if names else set()
    return build(frame, found, {name: registry.family(model_of(name)) for name in names})


def build(frame: Frame, found: Sequence[Rating], families: Mapping[str, str] | None = None) -> AgreementView:
    """The view of ratings, of steps that may be looked at together; `families` of judges and models by name, '' for unknown."""
    by_rater: dict[str, dict[str, Rating]] = defaultdict(dict)
    for one in found:
        by_rater[one.rater][one.key] = one
    raters = [RaterRow(name=name, kind=next(iter(own.values())).kind, steps=len(own)) for name, own in by_rater.items()]
    raters.sort(key=lambda row: (_KINDS[row.kind], row.name))
    pairs = [
        made for one, two in combinations(raters, 2) if (made := pair(one, two, by_rater[one.name], by_rater[two.name])) is not None
    ]
    pairs.sort(key=lambda made: (_RELATIONS.index(made.relation), -len(made.steps)))
    people = [by_rater[row.name] for row in raters if row.kind == "person"]
    marked = {one.violation for made in pairs for one in made.ids}
    rows = favours([one for one in found if one.kind == "llm"], families or {})
    return AgreementView(
        **dict(frame),
        raters=tuple(raters),
        pairs=tuple(pairs),
        families=rows,
        everyone=_everyone(people) if len(people) > 1 else None,
        titles={one.id: one.title for one in catalogue().violations if one.id in marked},
        notes=_notes(raters, pairs, rows),
    )


_RELATIONS: tuple[Relation, ...] = ("person × person", "person × judge", "judge × judge")


def relation(one: RaterKind, two: RaterKind) -> Relation:
    """What two raters are to each other."""
    return _RELATIONS[(one != "person") + (two != "person")]


def pair(one: RaterRow, two: RaterRow, first: Mapping[str, Rating], second: Mapping[str, Rating]) -> PairAgreement | None:
    """Two raters on the steps that both rated; None where there is none."""
    keys = sorted(first.keys() & second.keys(), key=_by_step)
    if not keys:
        return None
    worst, other_worst = ([rating[key].worst for key in keys] for rating in (first, second))
    scores = [
        ScorePair(key=key, first=a, second=b)
        for key in keys
        if (a := first[key].score) is not None and (b := second[key].score) is not None
    ]
    points, other_points = [pair.first for pair in scores], [pair.second for pair in scores]
    ids, silent = _ids(keys, first, second)
    severities = confusion(worst, other_worst, range(len(SEVERITIES)))
    return PairAgreement(
        first=one.name,
        second=two.name,
        relation=relation(one.kind, two.kind),
        steps=tuple(keys),
        severity=kappa(worst, other_worst, range(len(SEVERITIES)), "quadratic"),
        severities=severities.model_copy(update={"labels": SEVERITIES}),
        icc=icc_agreement((points, other_points)),
        alpha=_alpha((tuple(points), tuple(other_points))),
        bland=bland_altman(points, other_points),
        scores=tuple(scores),
        ids=ids,
        silent=silent,
    )


def _ids(keys: Sequence[str], first: Mapping[str, Rating], second: Mapping[str, Rating]) -> tuple[tuple[IdAgreement, ...], int]:
    asked: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        for one in first[key].asked & second[key].asked:
            asked[one].append(key)
    found: list[IdAgreement] = []
    for violation, steps in asked.items():
        a = [violation in first[key].present for key in steps]
        b = [violation in second[key].present for key in steps]
        if any(a) or any(b):
            found.append(_id(violation, steps, a, b))
    found.sort(key=lambda one: (-one.differing, -len(one.both), one.violation))
    return tuple(found), len(asked) - len(found)


def _id(violation: str, steps: Sequence[str], a: Sequence[bool], b: Sequence[bool]) -> IdAgreement:
    def where(one: bool, other: bool) -> tuple[str, ...]:
        return tuple(key for key, x, y in zip(steps, a, b, strict=True) if (x, y) == (one, other))

    return IdAgreement(
        violation=violation,
        n=len(steps),
        both=where(True, True),
        first_only=where(True, False),
        second_only=where(False, True),
        neither=len(where(False, False)),
        percent=percent(a, b, LABELS),
        kappa=kappa(a, b, LABELS),
        ac1=gwet(a, b, LABELS),
    )


def favours(found: Sequence[Rating], families: Mapping[str, str]) -> tuple[FamilyRow, ...]:
    """One row for each family of LLM judges, over the steps to which judges of two families or more gave a score."""
    by_step: dict[str, list[Rating]] = defaultdict(list)
    for one in found:
        if one.score is not None and families.get(one.rater):
            by_step[one.key].append(one)
    shared = [own for own in by_step.values() if len({families[one.rater] for one in own}) > 1]
    told = [
        Deducted(families[one.rater], families.get(one.model, ""), one.run_id, -(one.score or 0.0)) for own in shared for one in own
    ]
    rows: list[FamilyRow] = []
    made = family_interaction(told)
    for row in made:
        own = [one for step in shared for one in step if families[one.rater] == row.family]
        few = min(row.own_runs, row.other_runs) < 2
        lacking = f"own runs {row.own_runs}, other runs {row.other_runs}" if few else "no spread"
        reason = "" if row.low is not None else f"N/A ({lacking})"
        rows.append(
            FamilyRow(
                family=row.family,
                judges=tuple(sorted({one.rater for one in own})),
                own_runs=row.own_runs,
                other_runs=row.other_runs,
                estimate=Estimate(
                    value=row.points if row.low is not None else None,
                    low=row.low,
                    high=row.high,
                    n=row.own_runs + row.other_runs,
                    reason=reason,
                ),
                steps=tuple(sorted({one.key for one in own}, key=_by_step)),
                families=len(made),
            )
        )
    return tuple(rows)


def _everyone(people: Sequence[Mapping[str, Rating]]) -> Agreement:
    keys = sorted({key for own in people for key in own}, key=_by_step)
    return _alpha(tuple(tuple(own[key].score if key in own else None for key in keys) for own in people))


@lru_cache(maxsize=256)
def _alpha(scores: tuple[tuple[float | None, ...], ...]) -> Agreement:
    """Krippendorff's alpha; kept, since a view is made again whenever any run goes on, and resampling takes long."""
    return krippendorff(scores, "ordinal", seed=SEED, resamples=RESAMPLES)


def _by_step(key: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", key))


def _notes(raters: Sequence[RaterRow], pairs: Iterable[PairAgreement], families: Sequence[FamilyRow]) -> tuple[str, ...]:
    notes: list[str] = []
    people = [row for row in raters if row.kind == "person"]
    few = [f"{one.first} and {one.second} ({len(one.steps)})" for one in pairs if len(one.steps) < LEAST_ITEMS]
    if len(people) == 1:
        notes.append(f"only {people[0].name} has labelled: a second person on the same steps gives the ceiling for every judge")
    if few:
        told = ", ".join(few[:3]) + (f" and {len(few) - 3} more" if len(few) > 3 else "")
        notes.append(f"fewer than {LEAST_ITEMS} steps in common, too few to rely on: {told}")
    if len(families) == 2:
        notes.append("judges of two families alone: one that favours its own models looks like the other being harder on them")
    return tuple(notes)
