"""Compounding: chain beside isolated, by action: what earlier errors cost later ones, and where runs went wrong first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Conditions, FirstStep, Frame, Group, RunSample, View
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.runs import Mode
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.services.insights.guard import left_out
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.gaps import difference_by_cell
from sitegen_tui.stats.intervals import share
from sitegen_tui.stats.summaries import Summary, difference_of_cells, pooled
from sitegen_tui.store.samples import CellSums

Wrong = Literal["charge", "score"]
MOST_RUNS = 200
"""Runs that are named behind a number of first wrong steps."""


class CompoundingRow(Frozen):
    """A model on an action in both modes. `cost` is chain minus isolated, in points: below 0, earlier errors cost something.

    Only sites that have both are in it. `action` None is the whole run: totals of complete runs.
    """

    model: str
    action: str | None
    chain: float | None
    chain_n: int
    isolated: float | None
    isolated_n: int
    cost: Estimate


class FirstWrongRow(Frozen):
    """Where a model's runs of one mode went wrong first: runs by action, those that never did, and those nobody can tell of.

    `never` is a share of the runs that can be told of. `examples` names runs by action, the first few of many.
    """

    model: str
    mode: Mode
    runs: int
    counts: dict[str, int]
    never_n: int
    never: Estimate
    unknown: int
    examples: dict[str, tuple[str, ...]]


class CompoundingView(View):
    """`chain` and `isolated` are the conditions of the two sides, None where no run was made so. `models` have both."""

    chain: Conditions | None = None
    isolated: Conditions | None = None
    models: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    rows: tuple[CompoundingRow, ...] = ()
    wrong: Wrong = "charge"
    below: float | None = Field(default=None, description="points out of 10, a share of what was assessed; None: own charges")
    first: tuple[FirstWrongRow, ...] = ()

    def side(self, mode: Mode) -> Conditions | None:
        """The conditions of one mode."""
        return self.chain if mode == "chain" else self.isolated

    def row(self, model: str, action: str | None) -> CompoundingRow | None:
        """A model's row of an action, or of the whole run."""
        return next((row for row in self.rows if (row.model, row.action) == (model, action)), None)


class Side(NamedTuple):
    """What is known of one mode."""

    runs: Sequence[RunSample] = ()
    cells: Sequence[CellSums] = ()
    firsts: Sequence[FirstStep] = ()


def load(frame: Frame, samples: Samples | None, *, wrong: Wrong = "charge", below: float = 5.0) -> CompoundingView:
    """The view of a scope; `below` counts where `wrong` is "score"."""
    if samples is None or frame.conditions is None:
        return CompoundingView(**dict(frame), wrong=wrong)
    pair = pair_of(frame)
    limit = below if wrong == "score" else None
    sides: dict[Mode, Side] = {}
    for mode, conditions in pair.items():
        own = Samples(samples.store, frame, conditions)
        sides[mode] = Side(own.runs, own.cells, samples.store.samples.firsts(frame.scope, conditions, limit))
    return build(frame, pair, sides, below=limit)


def pair_of(frame: Frame) -> dict[Mode, Conditions]:
    """The conditions that are set side by side, by mode; one alone where no run was made in the other mode.

    They differ in nothing but the mode. Those of the frame were asked for; else the pair with the most complete runs on its weaker
    side is taken, if there is one.
    """
    by_conditions = {group.conditions: group for group in frame.groups}
    chosen = frame.conditions
    if frame.scope.conditions is None:
        pairs = [group for group in frame.groups if _weaker(group, by_conditions)]
        # The order of groups decides between equals.
        chosen = max(pairs, key=lambda group: _weaker(group, by_conditions)).conditions if pairs else chosen
    if chosen is None:
        return {}
    other = _other(chosen)
    found: dict[Mode, Conditions] = {chosen.mode: chosen}
    if other in by_conditions:
        found[other.mode] = other
    return found


def _other(conditions: Conditions) -> Conditions:
    return conditions.model_copy(update={"mode": "isolated" if conditions.mode == "chain" else "chain"})


def _weaker(group: Group, groups: Mapping[Conditions, Group]) -> int:
    other = groups.get(_other(group.conditions))
    return min(group.complete, other.complete) if other else 0


def build(
    frame: Frame, pair: Mapping[Mode, Conditions], sides: Mapping[Mode, Side], *, below: float | None = None
) -> CompoundingView:
    """The view of two sides; `below` None: steps went wrong that have a charge of their own."""
    chain, isolated = sides.get("chain", Side()), sides.get("isolated", Side())
    both = _common(chain.cells, isolated.cells)
    models = tuple(sorted({model for model, _ in both}))
    summed = {mode: _summed(side.cells, both) for mode, side in (("chain", chain), ("isolated", isolated))}
    actions = tuple(one.id for one in PIPELINE if any(key[1] == one.id for part in summed.values() for key in part))
    totals = _totals(chain.runs), _totals(isolated.runs)
    rows: list[CompoundingRow] = []
    for model in models:
        rows.append(_whole(model, *totals))
        for action in actions:
            one, two = summed["chain"].get((model, action), {}), summed["isolated"].get((model, action), {})
            if one or two:
                rows.append(_row(model, action, one, two, difference_of_cells(one, two)))
    shown = set(pair.values())
    conditions = pair.get("chain") or pair.get("isolated")
    if frame.conditions in shown:
        conditions = frame.conditions
    others = [group for group in frame.groups if group.conditions not in shown]
    lacking = tuple(left_out(conditions, group) for group in others) if conditions else ()
    frame = frame.model_copy(update={"conditions": conditions, "left_out": lacking})
    return CompoundingView(
        **dict(frame),
        chain=pair.get("chain"),
        isolated=pair.get("isolated"),
        models=models,
        actions=actions,
        rows=tuple(rows),
        wrong="charge" if below is None else "score",
        below=below,
        first=tuple(row for mode, side in sides.items() for row in first_wrong(side.firsts, mode)),
        notes=_notes(pair, sides, both),
    )


def first_wrong(firsts: Sequence[FirstStep], mode: Mode) -> list[FirstWrongRow]:
    """Where each model's runs went wrong first, by model. A run that is not whole, or that lacks a score before, is unknown."""
    by_model: dict[str, list[FirstStep]] = defaultdict(list)
    for run in firsts:
        by_model[run.model].append(run)
    found: list[FirstWrongRow] = []
    for model, runs in sorted(by_model.items()):
        at: dict[str, list[str]] = defaultdict(list)
        never = unknown = 0
        for run in runs:
            if run.wrong is not None and (run.unscored is None or run.wrong < run.unscored):
                at[PIPELINE[run.wrong - 1].id].append(run.run_id)
            elif run.unscored is not None or run.steps_done < run.steps_total:
                unknown += 1
            else:
                never += 1
        found.append(
            FirstWrongRow(
                model=model,
                mode=mode,
                runs=len(runs),
                counts={one.id: len(at[one.id]) for one in PIPELINE if one.id in at},
                never_n=never,
                never=share(never, len(runs) - unknown),
                unknown=unknown,
                examples={action: tuple(ids[:MOST_RUNS]) for action, ids in at.items()},
            )
        )
    return found


def _common(chain: Iterable[CellSums], isolated: Iterable[CellSums]) -> set[tuple[str, str]]:
    """Models with the sites on which they have scores in both modes."""
    one, two = ({(cell.model, str(cell.site)) for cell in cells if cell.sums.n} for cells in (chain, isolated))
    return one & two


def _summed(cells: Iterable[CellSums], both: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Summary]]:
    found: dict[tuple[str, str], dict[str, Summary]] = defaultdict(dict)
    for cell in cells:
        mean, site = cell.sums.mean, str(cell.site)
        if mean is not None and (cell.model, site) in both:
            found[cell.model, cell.action][site] = Summary(cell.sums.n, mean, cell.sums.sd or 0.0)
    return dict(found)


Totals = Mapping[str, Mapping[str, Sequence[float]]]
"""Totals of complete runs by model and site."""


def _totals(runs: Iterable[RunSample]) -> Totals:
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        if run.complete:
            found[run.model][run.site].append(run.total)
    return found


def _whole(model: str, chain: Totals, isolated: Totals) -> CompoundingRow:
    one, two = chain.get(model, {}), isolated.get(model, {})
    sites = one.keys() & two.keys()
    one, two = ({site: values[site] for site in sorted(sites)} for values in (one, two))
    parts = [{site: _summary(values) for site, values in side.items()} for side in (one, two)]
    return _row(model, None, parts[0], parts[1], difference_by_cell(one, two))


def _summary(values: Sequence[float]) -> Summary:
    return Summary(len(values), sum(values) / len(values), 0.0)


def _row(
    model: str, action: str | None, chain: Mapping[str, Summary], isolated: Mapping[str, Summary], cost: Estimate
) -> CompoundingRow:
    one, two = pooled(chain), pooled(isolated)
    return CompoundingRow(
        model=model,
        action=action,
        chain=one.mean if one.n else None,
        chain_n=one.n,
        isolated=two.mean if two.n else None,
        isolated_n=two.n,
        cost=cost,
    )


def _notes(pair: Mapping[Mode, Conditions], sides: Mapping[Mode, Side], both: set[tuple[str, str]]) -> tuple[str, ...]:
    if len(pair) < 2:
        return tuple(f"no run was made {_LACKS[mode]} under these conditions" for mode in _LACKS if mode not in pair)
    counts = {mode: sum(run.complete for run in sides[mode].runs) for mode in pair}
    notes = [f"side by side, never put together: {counts['chain']} complete chain runs, {counts['isolated']} isolated"]
    alone = {(cell.model, str(cell.site)) for side in sides.values() for cell in side.cells if cell.sums.n} - both
    if alone:
        what = "pair of model and site was" if len(alone) == 1 else "pairs of model and site were"
        notes.append(f"{len(alone)} {what} run in one mode alone and in no difference")
    return tuple(notes)


_LACKS: dict[Mode, str] = {"chain": "as a chain", "isolated": "in isolated mode"}
