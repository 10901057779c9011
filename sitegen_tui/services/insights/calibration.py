"""The calibration: what people would have given each model, and what judged figures stand for, from few labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from pydantic import Field

from sitegen_tui.domain.agreement import Calibrated, LabelGain, ScoreMap
from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, View
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ratings import CHECKERS, Rating
from sitegen_tui.domain.statistics import Estimate, Interval
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.services.insights.judged_steps import Steps
from sitegen_tui.services.insights.results import ModelResult, ResultsView
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.services.ratings import judgings_of, people_words, rated
from sitegen_tui.stats.calibration import ENOUGH_LABELS, after_more, calibrate_all
from sitegen_tui.stats.intervals import interval
from sitegen_tui.stats.judged import Judged
from sitegen_tui.stats.sampling import labelled_probabilities
from sitegen_tui.stats.score_maps import rogan_gladen, score_map

MORE = 30
"""Labels that a session gives."""
SEED = 0


class ModelCalibration(Frozen):
    """A model's mean over complete runs, in points of a run: as judged, and as people would have scored it.

    `raw` is over the same steps as `calibrated`, those that could be drawn for people. `corrected` is the difference. `next` says
    what more labels would do to half the interval's width, None where there is no interval of this model's own.
    """

    model: str
    simulated: bool
    runs: int
    raw: Interval
    calibrated: Calibrated
    corrected: float | None
    next: LabelGain | None


class Prevalence(Frozen):
    """In how many steps an id is present: the judges' share and the true one behind it (Rogan and Gladen).

    Of `present` labelled steps with it the judges found `found`, of `absent` ones without it they cleared `cleared`. `sensitivity`
    and `specificity` weigh these steps by how likely they were drawn, since low scores are drawn more often than others.
    """

    violation: str
    title: str
    n: int
    flagged: int
    found: int
    present: int
    cleared: int
    absent: int
    sensitivity: float | None
    specificity: float | None
    estimate: Estimate


class CurvePoint(Frozen):
    """A labelled step: what it was judged to be, and what people made of it, in points."""

    key: str = Field(description="run/step")
    judged: float
    human: float


class CalibrationView(View):
    """Models by falling calibrated mean. `curve` maps judged scores of a step to people's, `raters` labelled the `labels` steps."""

    models: tuple[ModelCalibration, ...] = ()
    prevalences: tuple[Prevalence, ...] = ()
    curve: ScoreMap | None = None
    points: tuple[CurvePoint, ...] = ()
    labels: int = 0
    raters: tuple[str, ...] = ()
    weighted: bool = Field(default=False, description="labels are weighted by how likely they were drawn")
    outside: int = Field(default=0, description="steps that came after the last draw, in no calibrated mean")


class _Skill(NamedTuple):
    """How often a judge was right: in steps, as a weighted share, and how many evenly drawn steps these are worth."""

    right: int
    n: int
    share: float | None
    worth: float

    @classmethod
    def of(cls, outcomes: Iterable[tuple[bool, float]]) -> _Skill:
        """From (right, weight) of every step."""
        told = list(outcomes)
        whole = sum(weight for _, weight in told)
        if not told:
            return cls(0, 0, None, 0.0)
        share = sum(weight for right, weight in told if right) / whole
        return cls(sum(right for right, _ in told), len(told), share, whole**2 / sum(weight**2 for _, weight in told))


class Flags(NamedTuple):
    """How often an id was looked for and flagged over all steps."""

    n: int
    flagged: int


def load(frame: Frame, samples: Samples | None) -> CalibrationView:
    """The view of a scope."""
    if samples is None:
        return CalibrationView(**dict(frame))
    store = samples.store
    table = samples.scores.of(samples.scores.complete)
    models = dict(zip(table.runs, table.models, strict=True))
    words = people_words(store, models)
    judged = judgings_of(store, words)
    found = rated(catalogue(), words, judged, models, frame.scope.actions)
    decided = {f"{run}/{step}": one.value for (run, step), one in judged.items() if one.decisions and one.value is not None}
    own = store.decided_steps()
    steps = Steps.of(table)
    steps = steps.changed({f"{run}/{step}": value for (run, step), value in own.items() if value is not None})
    drawn = {item.key for item in store.labels.items()}
    if drawn.isdisjoint(one.key for one in found if one.kind == "person"):
        drawn = None
    probabilities = _probabilities(samples) if drawn else None
    marked = _marked(found)
    flags = _flags(samples, models, steps.by_action(), marked, own)
    return build(frame, steps, found, probabilities, flags, decided, drawn)


def calibrated_results(view: ResultsView, samples: Samples) -> ResultsView:
    """The results with people's means and intervals in the place of the judges', and nothing that was reckoned from raw totals.

    Ties are not told: tests of raw totals say nothing about corrected ones.
    """
    # A correction of a part of the actions would not add up to a total.
    found = load(samples.frame.model_copy(update={"scope": samples.frame.scope.model_copy(update={"actions": ()})}), samples)
    by_model = {row.model: row.calibrated.estimate for row in found.models}
    rows = [_with_estimate(view, row, by_model.get(row.model)) for row in view.models]
    rows.sort(key=lambda row: (row.mean is None, -(row.mean or 0.0), row.model))
    told = f"means are what {figures_of(found)} labels say people would have given; ties are not tested"
    update = {"models": tuple(rows), "comparison": None, "mixed": None, "mixed_note": "", "scores": "calibrated"}
    return view.model_copy(update={**update, "notes": (told, *found.notes)})


def figures_of(view: CalibrationView) -> str:
    """How many labels there are, or that there are none."""
    return str(view.labels) if view.labels else "no"


def _with_estimate(view: ResultsView, row: ModelResult, estimate: Estimate | None) -> ModelResult:
    one = estimate if estimate is not None and not row.refused else Estimate(value=None, n=0, reason="N/A (no label)")
    half = None if one.value is None or one.low is None else one.value - one.low
    update = {
        "mean": one.value,
        "low": one.low,
        "high": one.high,
        "half_width": half,
        "interval_note": one.reason,
        "percent": 100 * one.value / view.out_of if view.out_of and one.value is not None else None,
        "letters": "",
        "resampled": None,
        "sd": None,
        "minimum": None,
        "maximum": None,
    }
    return row.model_copy(update=update)


def build(
    frame: Frame,
    steps: Steps,
    found: Sequence[Rating],
    probabilities: Mapping[str, float] | None = None,
    flags: Mapping[str, Flags] | None = None,
    decided: Mapping[str, float] | None = None,
    drawn: Collection[str] | None = None,
) -> CalibrationView:
    """The view of judged steps and of the ratings of some of them.

    `probabilities` are those of having been labelled, of all steps that could be drawn; None where labels were drawn evenly.
    Labels on steps that were not `drawn` count beside those only where that is None. Where people `decided` on a step, that is its
    score if it has a label.
    """
    import numpy as np

    everybody = _human(found, decided or {})
    people = everybody if drawn is None else {key: value for key, value in everybody.items() if key in drawn}
    weighted = bool(probabilities)
    known = probabilities or {}
    label, probability = steps.column(people), steps.column(known)
    counted = np.isfinite(probability) if weighted else np.ones(len(steps), dtype=bool)
    length = len(frame.scope.actions or (frame.conditions.actions if frame.conditions else ())) or 1
    every = Judged(steps.run, steps.judged, label, probability)
    own = {model: every.of(mask & counted) for model, mask in steps.chosen_by_model().items()}
    own = {model: judged for model, judged in own.items() if len(judged)}
    made = calibrate_all(own) if people else {}
    rows = [_row(frame, model, judged, made.get(model), length) for model, judged in own.items()]
    rows.sort(key=lambda row: (-(_first(row.calibrated.estimate.value, row.raw.mean) or 0.0), row.model))
    labelled: list[int] = np.flatnonzero(counted & np.isfinite(label)).tolist()
    points = tuple(CurvePoint(key=steps.key(at), judged=float(steps.judged[at]), human=float(label[at])) for at in labelled)
    curve = score_map([one.judged for one in points], [one.human for one in points], [steps.run_of(at) for at in labelled])
    outside = len(steps) - int(counted.sum())
    unweighted = int(np.isfinite(steps.column(everybody)).sum()) - len(labelled)
    return CalibrationView(
        **dict(frame),
        models=tuple(rows),
        prevalences=_prevalences([one for one in found if one.key in people], flags or {}, known),
        curve=curve if points else None,
        points=points,
        labels=len(labelled),
        raters=tuple(sorted({one.rater for one in found if one.kind == "person"})),
        weighted=weighted,
        outside=outside,
        notes=_notes(rows, outside, unweighted),
    )


def _row(frame: Frame, model: str, judged: Judged, made: Calibrated | None, length: int) -> ModelCalibration:
    import numpy as np

    means = judged.by_run(judged.judged) / judged.by_run(np.ones(len(judged)))
    raw = interval((length * means).tolist())
    nothing = Calibrated(
        raw=None, estimate=Estimate(value=None, n=0, reason="N/A (no label)"), weight=None, labels=0, judged=len(judged), gain=None
    )
    found = _of_a_run(made or nothing, length)
    more = after_more(judged, MORE) if found.labels >= ENOUGH_LABELS else None
    value = found.estimate.value
    return ModelCalibration(
        model=model,
        simulated=model in frame.simulated,
        runs=len(means),
        raw=raw,
        calibrated=found,
        corrected=None if value is None or found.raw is None else value - found.raw,
        next=None
        if more is None
        else LabelGain(more=more.more, half_width=length * more.half_width, expected=length * more.expected),
    )


def _of_a_run(made: Calibrated, length: int) -> Calibrated:
    """From points of a step to points of a run."""

    def times(value: float | None) -> float | None:
        return None if value is None else length * value

    one = made.estimate
    estimate = one.model_copy(update={"value": times(one.value), "low": times(one.low), "high": times(one.high)})
    return made.model_copy(update={"raw": times(made.raw), "estimate": estimate})


def _human(found: Sequence[Rating], decided: Mapping[str, float]) -> dict[str, float]:
    """People's score of each step that they labelled: what was decided, else the mean of their labels."""
    scores: dict[str, list[float]] = defaultdict(list)
    for one in found:
        if one.kind == "person" and one.score is not None:
            scores[one.key].append(one.score)
    return {key: decided.get(key, fmean(own)) for key, own in scores.items()}


def _marked(found: Sequence[Rating]) -> dict[str, set[str]]:
    """Ids that anybody saw, and the actions in which the checkers were asked about them."""
    seen = {one for rating in found if rating.kind != "llm" for one in rating.present}
    actions: dict[str, set[str]] = defaultdict(set)
    for rating in found:
        if rating.kind == "checkers":
            for one in rating.asked & seen:
                actions[one].add(rating.action)
    return actions


def _flags(
    samples: Samples,
    models: Mapping[str, str],
    steps: Mapping[str, int],
    marked: Mapping[str, Collection[str]],
    own: Mapping[tuple[str, int], object],
) -> dict[str, Flags]:
    """Over the steps of complete runs in the actions for which there are labels: how many, and in how many an id was charged."""
    changed = {key for key in own if key[0] in models}
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for violation, run_id, step in samples.store.flagged(models, marked):
        if (run_id, step) not in changed:
            found[violation].add((run_id, step))
    by_run: dict[str, set[int]] = defaultdict(set)
    for run_id, step in changed:
        by_run[run_id].add(step)
    for one in samples.store.judgings(by_run):
        for entry in one.charges:
            if entry.charge.amount > 0:
                found[entry.charge.finding.violation].add((one.run_id, one.step))
    return {
        violation: Flags(
            sum(steps[action] for action in actions),
            sum(1 for _, step in found[violation] if ACTION_IDS[step - 1] in actions and steps[ACTION_IDS[step - 1]]),
        )
        for violation, actions in marked.items()
    }


def _prevalences(found: Sequence[Rating], flags: Mapping[str, Flags], odds: Mapping[str, float]) -> tuple[Prevalence, ...]:
    known = catalogue()
    votes: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    judged: dict[tuple[str, str], bool] = {}
    for rating in found:
        if rating.kind == "llm":
            continue
        for one in rating.asked & flags.keys():
            if rating.kind == "person":
                votes[one][rating.key].append(one in rating.present)
            elif rating.rater == CHECKERS:
                judged[one, rating.key] = one in rating.present
    rows: list[Prevalence] = []
    for violation, (n, flagged) in flags.items():
        both = [
            (2 * sum(own) >= len(own), judged[violation, key], 1 / odds.get(key, 1.0))
            for key, own in votes[violation].items()
            if (violation, key) in judged
        ]
        present = _Skill.of((hit, weight) for truth, hit, weight in both if truth)
        absent = _Skill.of((not hit, weight) for truth, hit, weight in both if not truth)
        rows.append(
            Prevalence(
                violation=violation,
                title=known.by_id[violation].title,
                n=n,
                flagged=flagged,
                found=present.right,
                present=present.n,
                cleared=absent.right,
                absent=absent.n,
                sensitivity=present.share,
                specificity=absent.share,
                estimate=rogan_gladen(
                    flagged,
                    n,
                    present.worth * (present.share or 0.0),
                    present.worth,
                    absent.worth * (absent.share or 0.0),
                    absent.worth,
                    seed=SEED,
                ),
            )
        )
    rows.sort(key=lambda row: (row.estimate.value is None, -(row.flagged / row.n if row.n else 0.0), row.violation))
    return tuple(rows)


def _probabilities(samples: Samples) -> dict[str, float]:
    """Of everything that could ever be drawn, whichever runs the view is about: a draw does not know of views."""
    book = samples.store.labels
    draws, items = book.chances(), book.items()
    strata = {item.key: item.stratum for item in items}
    if len(draws) > 1:
        strata |= {one.key: one.stratum for one in book.candidates()}
    labelled = {f"{one.run_id}/{one.step}" for one in people_words(samples.store, {item.run_id for item in items})}
    found = labelled_probabilities(items, draws, labelled, strata)
    return {key: one for key, one in found.items() if one > 0}


def _first(value: float | None, other: float | None) -> float | None:
    return other if value is None else value


def _notes(rows: Sequence[ModelCalibration], outside: int, unweighted: int) -> tuple[str, ...]:
    notes: list[str] = []
    borrowed = [row.model for row in rows if "of its own" in row.calibrated.warning]
    if borrowed:
        names = ", ".join(borrowed[:3]) + (f" and {len(borrowed) - 3} more" if len(borrowed) > 3 else "")
        notes.append(f"fewer than {ENOUGH_LABELS} labels, corrected as all models are together, as if judges erred alike: {names}")
    if outside:
        notes.append(f"{outside} steps could not be drawn for people yet and are in none of these means")
    if unweighted:
        notes.append(f"{unweighted} labelled steps were not drawn, so that nobody knows what they stand for: they count as judged")
    return tuple(notes)
