"""The comparison: two experiments, models or runs side by side, by total, by step and by finding."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, Group, RunSample, Scope, Site, View
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.statistics import Change
from sitegen_tui.errors import UsageError
from sitegen_tui.services.insights.guard import again
from sitegen_tui.services.insights.sides import Chosen, Found, Side, SideKind, by_models, chosen, known_models, understood
from sitegen_tui.stats.changes import change, changes
from sitegen_tui.stats.score_table import ScoreTable
from sitegen_tui.store import Store
from sitegen_tui.store.samples import site_names

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RUNS_READ = 1000
"""Runs of a side whose findings are read at most."""
CHOICES = 300
"""Runs that are offered to be compared at most."""

Where = Literal["first", "second", "both"]


class StepChange(Frozen):
    """An action from one side to the other, in points. `pair` are the two runs on one site that differ in it most."""

    action: str
    change: Change
    pair: tuple[str, str] | None = None


class FindingChange(Frozen):
    """A violation on an action: in how many of each side's runs a step of their own caused it, and what it cost a run (points).

    `subject` tells findings of one violation apart where single runs are compared; it is '' where there are more.
    """

    action: str
    violation: str
    subject: str = ""
    where: Where
    first: int
    of_first: int
    second: int
    of_second: int
    points_first: float
    points_second: float


class Choice(Frozen):
    """Something that can be a side."""

    name: str
    kind: SideKind
    words: str


class CompareView(View):
    """Second minus first everywhere. `differing` are conditions that differ, `refused` why something is not compared."""

    first: Side | None = None
    second: Side | None = None
    differing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    total: Change | None = Field(default=None, description="points of complete runs")
    actions: tuple[StepChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    runs_first: tuple[str, ...] = ()
    runs_second: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


def load(frame: Frame, store: Store, first: str = "", second: str = "") -> CompareView:
    """The view of two names; without them, of the two models with most runs, else of the two newest experiments.

    Raises UnknownName, or UsageError for twice the same.
    """
    known = known_models(store, frame.scope)
    offered = _choices(store, frame.scope, known)
    if not (first and second):
        sides = _default(offered, first or second)
        if sides is None:
            note = "there is nothing to compare yet: run another model, or the same again"
            return CompareView(**dict(frame), choices=offered, notes=(note,))
        first, second = sides
    return compared(store, frame, first, second, known).model_copy(update={"choices": offered})


def compared(store: Store, frame: Frame, first: str, second: str, known: Sequence[str]) -> CompareView:
    """As `load`, of two names, without choices; `known` are the models that have run in the scope."""
    sides = understood(store, first, frame.scope, known), understood(store, second, frame.scope, known)
    if sides[0] == sides[1]:
        raise UsageError(f"{first} and {second} are the same", hint="give two experiments, two runs or two models")
    conditions = chosen(sides[0].groups(store), sides[1].groups(store))
    if conditions is None:
        empty = [side.name for side in sides if not side.groups(store)]
        return CompareView(**dict(frame), notes=(f"no run of {' and '.join(empty)} has begun yet",))
    runs = sides[0].runs(store, conditions.first), sides[1].runs(store, conditions.second)
    differing: tuple[str, ...] = ()
    if sides[0].kind == sides[1].kind == "experiment":
        runs, differing = by_models(runs)
    both = {run.run_id for run in runs[0]} & {run.run_id for run in runs[1]}
    named = (_side(sides[0], runs[0]), _side(sides[1], runs[1]))
    group = Group(
        conditions=conditions.first, runs=sum(map(len, runs)), complete=sum(run.complete for side in runs for run in side)
    )
    repeated = sum(len(store.samples.repeated(side.scope)) for side in sides if side.run is None)
    changed = {
        "conditions": conditions.first,
        "groups": (group,),
        "left_out": (again(repeated),) if repeated else (),
        "repeated": repeated,
        "apart": (),
    }
    shown = frame.model_copy(update=changed)
    if both:
        refused = f"nothing is compared: {len(both)} {'run is' if len(both) == 1 else 'runs are'} on both sides"
        return CompareView(**dict(shown), first=named[0], second=named[1], refused=(refused,))
    conditions = replace(conditions, differing=(*conditions.differing, *differing))
    return build(store, shown, sides, named, runs, conditions)


def build(
    store: Store,
    frame: Frame,
    sides: tuple[Found, Found],
    named: tuple[Side, Side],
    runs: tuple[Sequence[RunSample], Sequence[RunSample]],
    conditions: Chosen,
) -> CompareView:
    """The comparison of runs that are not the same."""
    by_model = sides[0].kind == sides[1].kind == "experiment"
    cells = [{run.run_id: _cell(run, by_model) for run in side} for side in runs]
    common = set(cells[0].values()) & set(cells[1].values())
    notes, differing = list[str](), list(conditions.differing)
    if common:
        first, second = ([run for run in side if cells[at][run.run_id] in common] for at, side in enumerate(runs))
        kept = first, second
        lost = sum(map(len, runs)) - sum(map(len, kept))
        if lost:
            what = "model and site" if by_model else "site"
            notes.append(f"left out: {lost} {'run' if lost == 1 else 'runs'} of a {what} that the other side does not have")
    else:
        kept = runs
        differing.append(_no_common(runs))
    one, two = kept
    scores = [_scores(store, side, {run.run_id for run in kept[at]}) for at, side in enumerate(_under(sides, conditions))]
    total, steps = None, list[StepChange]()
    refused = list(conditions.refused)
    if not refused:
        actions = [action for action in ACTION_IDS if action in conditions.first.actions and action in conditions.second.actions]
        steps = _steps(actions, scores, cells)
        if conditions.first.actions != conditions.second.actions:
            refused.append("totals are not compared: the sides do not have the same actions")
        else:
            total = change(
                *(_by_cell((cells[at][run.run_id], run.total) for run in side if run.complete) for at, side in enumerate(kept)),
                resamples=2000 if len(one) + len(two) <= RUNS_READ else 0,
            )
        unfinished = sum(not run.complete for side in kept for run in side)
        if unfinished:
            notes.append(f"{unfinished} {'run is' if unfinished == 1 else 'runs are'} not complete and in no total")
        notes += _how(total, by_model)
    if max(map(len, kept)) > RUNS_READ:
        notes.append(f"findings are those of the first {RUNS_READ} runs of a side")
    return CompareView(
        **dict(frame),
        notes=tuple(notes),
        first=named[0],
        second=named[1],
        differing=tuple(differing),
        refused=tuple(refused),
        total=total,
        actions=tuple(steps),
        findings=_findings(store, kept, scores, single=sides[0].kind == sides[1].kind == "run"),
        runs_first=tuple(run.run_id for run in one),
        runs_second=tuple(run.run_id for run in two),
    )


def _under(sides: tuple[Found, Found], conditions: Chosen) -> tuple[Scope, Scope]:
    return (
        sides[0].scope.model_copy(update={"conditions": conditions.first}),
        sides[1].scope.model_copy(update={"conditions": conditions.second}),
    )


def _scores(store: Store, scope: Scope, wanted: set[str]) -> ScoreTable:
    assert scope.conditions is not None
    return store.samples.scores(scope, scope.conditions).only(wanted)


Ends = Mapping[str, tuple[Sequence[float], Sequence[str]]]
"""By cell, the points of an action and the runs that have them."""


def _steps(actions: Sequence[str], scores: Sequence[ScoreTable], cells: Sequence[Mapping[str, str]]) -> list[StepChange]:
    groups = [_places(side, own) for side, own in zip(scores, cells, strict=True)]
    ends = {action: tuple(_of_action(side, own, action) for side, own in zip(scores, groups, strict=True)) for action in actions}
    values = {
        action: ({cell: own for cell, (own, _) in one.items()}, {cell: own for cell, (own, _) in two.items()})
        for action, (one, two) in ends.items()
    }
    found = changes(values)
    return [StepChange(action=action, change=found[action], pair=_pair(*ends[action])) for action in actions]


def _places(side: ScoreTable, cells: Mapping[str, str]) -> dict[str, NDArray[np.int64]]:
    """Where the runs of each cell stand."""
    import numpy as np

    found: dict[str, list[int]] = defaultdict(list)
    for place, run in enumerate(side.runs):
        found[cells[run]].append(place)
    return {cell: np.array(places, dtype=np.int64) for cell, places in found.items()}


def _of_action(side: ScoreTable, cells: Mapping[str, NDArray[np.int64]], action: str) -> Ends:
    import numpy as np

    column = side.column(action)
    known = np.isfinite(column)
    found: dict[str, tuple[list[float], list[str]]] = {}
    for cell, places in cells.items():
        own = places[known[places]]
        if len(own):
            found[cell] = column[own].tolist(), [side.runs[place] for place in own.tolist()]
    return found


def _pair(first: Ends, second: Ends) -> tuple[str, str] | None:
    """The two runs of one cell that are furthest apart in an action; where no cell is shared, of all runs."""
    pools = [(first[cell], second[cell]) for cell in sorted(first.keys() & second.keys())]
    if not pools and first and second:
        one, two = (
            ([*chain(*(own for own, _ in side.values()))], [*chain(*(runs for _, runs in side.values()))])
            for side in (first, second)
        )
        pools = [(one, two)]
    # The furthest apart are the least of one side and the most of the other.
    tried = [
        (abs(one[0] - two[0]), one[1], two[1])
        for here, there in pools
        for one, two in ((_least(*here), _most(*there)), (_most(*here), _least(*there)))
    ]
    if not tried:
        return None
    _, one, two = max(tried, key=lambda pair: pair[0])
    return one, two


def _least(values: Sequence[float], runs: Sequence[str]) -> tuple[float, str]:
    least = min(values)
    return least, runs[values.index(least)]


def _most(values: Sequence[float], runs: Sequence[str]) -> tuple[float, str]:
    most = max(values)
    return most, runs[values.index(most)]


def _findings(
    store: Store, kept: tuple[Sequence[RunSample], Sequence[RunSample]], tables: Sequence[ScoreTable], *, single: bool
) -> tuple[FindingChange, ...]:
    """Violations by action, what costs most more or less on the second side first."""
    import numpy as np

    read = [{run.run_id for run in side[:RUNS_READ]} for side in kept]
    few = [table.only(own) for table, own in zip(tables, read, strict=True)]
    counts: dict[tuple[str, str, str], list[list[float]]] = defaultdict(lambda: [[0, 0.0], [0, 0.0]])
    for at, (table, own) in enumerate(zip(few, read, strict=True)):
        scored = {(run, action) for place, run in enumerate(table.runs) for action in table.of_run(place)}
        seen: dict[tuple[str, str, str, str], float] = defaultdict(float)
        for run_id, action, violation, subject, amount in store.samples.own_charges(sorted(own)):
            if (run_id, action) in scored:
                seen[run_id, action, violation, subject if single else ""] += amount
        for (_, action, violation, subject), amount in seen.items():
            count = counts[action, violation, subject][at]
            count[0] += 1
            count[1] += amount
    of = [Counter(dict(zip(table.actions, np.isfinite(table.points).sum(axis=0).tolist(), strict=True))) for table in few]
    found = [
        FindingChange(
            action=action,
            violation=violation,
            subject=subject,
            where="both" if one[0] and two[0] else "first" if one[0] else "second",
            first=int(one[0]),
            of_first=of[0][action],
            second=int(two[0]),
            of_second=of[1][action],
            points_first=one[1] / of[0][action] if of[0][action] else 0.0,
            points_second=two[1] / of[1][action] if of[1][action] else 0.0,
        )
        for (action, violation, subject), (one, two) in counts.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda row: (
                -abs(row.points_second - row.points_first),
                row.where == "both",
                ACTION_IDS.index(row.action),
                row.violation,
                row.subject,
            ),
        )
    )


def _by_cell(values: Iterable[tuple[str, float]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for cell, value in values:
        found[cell].append(value)
    return dict(found)


def _cell(run: RunSample, by_model: bool) -> str:
    site = f"{run.template}+{run.requirements}~{run.content}"
    return f"{run.model} on {site}" if by_model else site


def _no_common(runs: tuple[Sequence[RunSample], Sequence[RunSample]]) -> str:
    """What the sides do not share, where they share no cell."""
    sites = [{(run.template, run.requirements) for run in side} for side in runs]
    if not sites[0] & sites[1]:
        return "no site in common: a difference may be the sites' and not the sides'"
    if {run.content for run in runs[0]} & {run.content for run in runs[1]}:
        return "no model in common: a difference may be the models'"
    return "the template's contents were changed in between"


def _how(total: Change | None, by_model: bool) -> list[str]:
    if total is None or total.change is None:
        return []
    if total.method == "paired by cell":
        return [f"differences of {'model and site' if by_model else 'site'}, those of actions by Holm over all actions"]
    return ["Welch's test over runs, those of actions by Holm over all actions"] if total.p is not None else []


def _side(found: Found, runs: Sequence[RunSample]) -> Side:
    models = tuple(dict.fromkeys(run.model for run in runs))
    simulated = bool(runs) and all(run.simulated for run in runs)
    count = f"{len(runs)} {'run' if len(runs) == 1 else 'runs'}"
    sites = site_names(frozenset(Site(run.template, run.requirements, run.content) for run in runs))
    where = f"{next(iter(sites.values()))}" if len(sites) == 1 else f"{len(sites)} sites"
    match found.kind:
        case "run":
            words = f"run {found.name}, {', '.join(models)} on {where}"
        case "experiment":
            of = models[0] if len(models) == 1 else f"{len(models)} models"
            words = f"experiment {found.name}, {count} of {of} on {where}"
        case _:
            words = f"model {found.name}, {count} on {where}"
    return Side(
        name=found.name,
        kind=found.kind,
        words=words,
        simulated=simulated,
        models=models,
        runs=len(runs),
        complete=sum(run.complete for run in runs),
    )


def _choices(store: Store, scope: Scope, known: Sequence[str]) -> tuple[Choice, ...]:
    """Models, experiments and runs that can be compared: those in the scope, experiments everywhere."""
    models = [Choice(name=model, kind="model", words="model") for model in known]
    # The name of an experiment lists models that a narrowed scope leaves out.
    experiments = [
        Choice(name=number, kind="experiment", words=f"experiment, {runs} runs" + ("" if scope.models else f", {name}"))
        for number, name, runs in store.experiment_sizes(CHOICES)
    ]
    runs = [
        Choice(name=row.run_id, kind="run", words=f"run, {row.model} on {row.template}")
        for row in store.runs(limit=CHOICES)
        if row.state != "queued"
        and (not scope.experiments or row.experiment_id in scope.experiments)
        and (not scope.models or row.model in scope.models)
    ]
    return (*models, *experiments, *runs)


def _default(offered: Sequence[Choice], given: str) -> tuple[str, str] | None:
    """Two sides where not both are named: two of a kind, the older experiment first."""
    for kind in ("model", "experiment", "run"):
        names = [choice.name for choice in offered if choice.kind == kind and choice.name != given]
        if given and any(choice.name == given and choice.kind == kind for choice in offered) and names:
            return given, names[0]
        if not given and len(names) > 1:
            return (names[1], names[0]) if kind == "experiment" else (names[0], names[1])
    return None
