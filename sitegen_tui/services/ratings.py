"""Everybody's word on the steps that somebody was asked about: people's labels, the checkers' findings, LLM judges' votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sitegen_tui.domain.events import LabelRecorded
from sitegen_tui.domain.findings import Charge, Provenance
from sitegen_tui.domain.labels import marks_of, standing
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.ratings import CHECKERS, SEVERITIES, RaterKind, Rating
from sitegen_tui.domain.violations import CHANNEL_LAYER, Catalogue, Kind, Layer
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.charging import charge, score
from sitegen_tui.judge.decisions import EXPLAINED, countable
from sitegen_tui.judge.llm.votes import verdicts_by_judge
from sitegen_tui.judge.people import checklist, findings_of
from sitegen_tui.store import Store
from sitegen_tui.store.decided import Judging

MOST_OF_THE_CHECKLIST = 0.9
"""The share of an action's checklist that an LLM judge has to be asked about before its ids come to a score."""


class Word(NamedTuple):
    """What somebody other than the checkers says of a step: marks, the ids asked about (None for the whole checklist), and odds."""

    rater: str
    kind: RaterKind
    run_id: str
    step: int
    marks: tuple[Mark, ...]
    asked: frozenset[str] | None = None
    pi: float | None = None


def ratings(store: Store, models: Mapping[str, str], actions: Collection[str] = ()) -> tuple[Rating, ...]:
    """Every rating of steps that a person or an LLM judge rated, in runs by id with their models; of all actions, or of some."""
    words = [*people_words(store, models), *judge_words(store, models)]
    return rated(catalogue(), words, judgings_of(store, words), models, actions)


def judgings_of(store: Store, words: Iterable[Word]) -> dict[tuple[str, int], Judging]:
    """What the judges made of the steps that words are about, by run and step; those without a score are not there."""
    by_run: dict[str, set[int]] = defaultdict(set)
    for word in words:
        by_run[word.run_id].add(word.step)
    return {(one.run_id, one.step): one for one in store.judgings(by_run) if one.score is not None}


def people_words(store: Store, runs: Collection[str]) -> list[Word]:
    """The labels that stand on these runs."""
    return [
        Word(label.rater, "person", label.run_id, label.step, marks_of(label), None, label.pi)
        for label in standing(store.labels.events())
        if isinstance(label, LabelRecorded) and label.run_id in runs
    ]


def judge_words(store: Store, runs: Collection[str]) -> list[Word]:
    """What LLM judges say of these runs, by majority of their samples."""
    wanted = list(runs)
    found = verdicts_by_judge(store.judgements.samples(wanted), store.judgements.verdicts(wanted))
    return [
        Word(judge, "llm", run_id, step, tuple(Mark(violation=one) for one in sorted(votes.present)), votes.present | votes.absent)
        for (judge, run_id, step), votes in found.items()
        if run_id in runs and not votes.unjudged
    ]


def rated(
    known: Catalogue,
    words: Iterable[Word],
    judged: Mapping[tuple[str, int], Judging],
    models: Mapping[str, str],
    actions: Collection[str] = (),
) -> tuple[Rating, ...]:
    """Words as ratings, beside what the checkers said of the same steps; steps without a score are left out."""
    found: list[Rating] = []
    seen: set[tuple[str, int]] = set()
    # Hundreds of steps share sixteen actions, and a catalogue is long.
    lists: dict[str, frozenset[str]] = {}
    asked: dict[tuple[str, tuple[Layer, ...]], frozenset[str]] = {}
    for word in words:
        step = judged.get((word.run_id, word.step))
        if step is None or step.score is None or (actions and step.action not in actions):
            continue
        if (word.run_id, word.step) not in seen:
            seen.add((word.run_id, word.step))
            key = (step.action, step.score.layers)
            if key not in asked:
                asked[key] = _asked_of_checkers(known, *key)
            found.append(_checkers(known, step, models[word.run_id], asked[key]))
        if step.action not in lists:
            lists[step.action] = frozenset(one.id for one in checklist(known, step.action))
        found.append(_rating(known, word, step, models[word.run_id], lists[step.action]))
    return tuple(found)


def _rating(known: Catalogue, word: Word, step: Judging, model: str, everything: frozenset[str]) -> Rating:
    assert step.score is not None
    asked = everything if word.asked is None else word.asked & everything
    marks = [mark for mark in word.marks if mark.violation in asked]
    present = frozenset(mark.violation for mark in marks)
    enough = word.kind == "person" or len(asked) >= MOST_OF_THE_CHECKLIST * len(everything)
    points = scored(known, step.action, marks, step.score.layers) if enough else None
    worst = worst_of(known, present)
    return Rating(word.rater, word.kind, step.run_id, step.step, step.action, model, present, asked, points, worst, word.pi)


def scored(known: Catalogue, action: str, marks: Iterable[Mark], layers: tuple[Layer, ...]) -> float:
    """The points that marks come to on the scale of these layers: what they could not assess is neither earned nor lost."""
    counted = [mark for mark in marks if countable(known, action, mark.violation, layers)]
    charges = charge(known, action, [finding for mark in counted for finding in findings_of(mark)])
    return score(known, action, charges, layers).value


def _asked_of_checkers(known: Catalogue, action: str, layers: Collection[Layer]) -> frozenset[str]:
    look = {layer for layer in layers if layer in (Layer.STATIC, Layer.RENDERED)}
    return frozenset(
        one.id
        for one in known.violations
        if any(CHANNEL_LAYER[channel] in look for channel in one.channels) and one.term(action) is not None
    )


def _checkers(known: Catalogue, step: Judging, model: str, asked: frozenset[str]) -> Rating:
    assert step.score is not None
    present = frozenset(one.charge.finding.violation for one in step.charges if _counts(one.charge)) & asked
    worst = worst_of(known, present)
    value = step.score.value
    return Rating(CHECKERS, "checkers", step.run_id, step.step, step.action, model, present, asked, value, worst)


def _counts(entry: Charge) -> bool:
    """Whether a person who looks at the step alone would say so, too: not what another finding explains or an earlier step did."""
    finding = entry.finding
    own = finding.provenance is Provenance.OWN or (finding.provenance is Provenance.INHERITED and entry.kind is Kind.COMPLETION)
    return own and not entry.reason.startswith(EXPLAINED) and finding.layer in (Layer.STATIC, Layer.RENDERED)


def worst_of(known: Catalogue, present: Iterable[str]) -> int:
    """The place in `SEVERITIES` of the worst of some ids."""
    return max((SEVERITIES.index(known.by_id[one].severity.value) for one in present), default=0)
