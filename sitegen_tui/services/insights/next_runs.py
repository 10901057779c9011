"""Which runs to make next: what is lacking by model and site, what it costs, and experiments that make it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Conditions, RunSample, model_of
from sitegen_tui.domain.models import REPLAY
from sitegen_tui.domain.runs import Mode
from sitegen_tui.domain.statistics import RunNext

Why = Literal["balance", "power"]
MOST_REPEATS = 1000


class NextRuns(Frozen):
    """Runs to add: `runs` more of a model on a site, and why. `usd` and `seconds` are for all of them, None where not known.

    Seconds are those of waiting for the model and of judging, one run after another.
    """

    model: str
    site: str
    template: str
    requirements: str
    runs: int
    why: Why
    usd: float | None
    seconds: float | None


class NextBlock(Frozen):
    """Runs to add as one experiment, in the words of an experiment file; `seed` is one that was not used yet."""

    models: tuple[str, ...]
    templates: tuple[str, ...]
    requirements: tuple[str, ...]
    repeat: int = Field(ge=1, le=MOST_REPEATS)
    mode: Mode
    actions: tuple[str, ...]
    judges: tuple[str, ...]
    seed: int
    why: Why
    runs: int
    usd: float | None
    unpriced: int = Field(description="runs whose price is not known")
    seconds: float


@dataclass(frozen=True, slots=True)
class Sampled:
    """A design as it is: totals by model and site, on the newest version of each site, and what a run of each model took."""

    totals: Mapping[str, Mapping[str, Sequence[float]]]
    places: Mapping[str, tuple[str, str]]
    usd: Mapping[str, float | None]
    seconds: Mapping[str, float | None]
    seed: int
    older: bool

    @classmethod
    def of(cls, by_model: Mapping[str, Sequence[RunSample]]) -> Sampled:
        """The design of runs in the order they were planned; replays are no part of it, since they cannot be run anew."""
        runs = [run for model, own in by_model.items() if not model.startswith(REPLAY) for run in own]
        # Runs are many and sites few: what a site is, its newest run tells.
        last: dict[str, RunSample] = {}
        for run in runs:
            had = last.get(run.site)
            if had is None or run.experiment >= had.experiment:
                last[run.site] = run
        newest: dict[tuple[str, str], RunSample] = {}
        for run in last.values():
            place = (run.template, run.requirements)
            if place not in newest or run.experiment >= newest[place].experiment:
                newest[place] = run
        sites = {run.site: place for place, run in newest.items()}
        totals: dict[str, dict[str, list[float]]] = {}
        for run in runs:
            cells = totals.setdefault(run.model, {})
            if run.complete and run.site in sites:
                cells.setdefault(run.site, []).append(run.total)
        complete = {model: [run for run in own if run.complete] for model, own in by_model.items()}
        return cls(
            totals=totals,
            places=sites,
            usd={model: _mean([run.usd for run in own if not run.unpriced]) for model, own in complete.items()},
            seconds={model: _mean([(run.model_ms + run.judge_ms) / 1000 for run in own]) for model, own in complete.items()},
            seed=max((run.seed for run in runs), default=-1) + 1,
            older=any(run.site not in sites for run in runs),
        )


def next_of(wanted: Sequence[RunNext], design: Sampled) -> tuple[NextRuns, ...]:
    """What is wanted, with where it is and what it takes."""
    found: list[NextRuns] = []
    for one in wanted:
        usd, seconds = design.usd.get(one.model), design.seconds.get(one.model)
        template, requirements = design.places[one.cell]
        found.append(
            NextRuns(
                model=one.model,
                site=one.cell,
                template=template,
                requirements=requirements,
                runs=one.runs,
                why=one.why,
                usd=None if usd is None else usd * one.runs,
                seconds=None if seconds is None else seconds * one.runs,
            )
        )
    return tuple(found)


def blocks_of(wanted: Sequence[NextRuns], design: Sampled, conditions: Conditions) -> tuple[NextBlock, ...]:
    """The same runs as experiments, each of whose models has as many runs on each of its sites; those for balance first."""
    blocks: list[NextBlock] = []
    by_share: dict[tuple[Why, int], dict[str, list[NextRuns]]] = defaultdict(lambda: defaultdict(list))
    for one in wanted:
        by_share[one.why, one.runs][one.model].append(one)
    for (why, runs), by_model in by_share.items():
        alike: dict[frozenset[str], list[str]] = defaultdict(list)
        for model, own in by_model.items():
            alike[frozenset(one.site for one in own)].append(model)
        for sites, models in alike.items():
            members = [one for model in models for one in by_model[model]]
            places = [design.places[site] for site in sorted(sites)]
            prices = [one.usd for one in members if one.usd is not None]
            blocks.append(
                NextBlock(
                    models=tuple(dict.fromkeys(map(model_of, models))),
                    templates=tuple(dict.fromkeys(template for template, _ in places)),
                    requirements=tuple(requirements for _, requirements in places),
                    repeat=min(runs, MOST_REPEATS),
                    mode=conditions.mode,
                    actions=conditions.actions,
                    judges=tuple(layer.value for layer in conditions.layers),
                    # Two experiments with one seed would give a model that is decided by it the same runs twice.
                    seed=design.seed + len(blocks),
                    why=why,
                    runs=sum(one.runs for one in members),
                    usd=math.fsum(prices) if prices else None,
                    unpriced=sum(one.runs for one in members if one.usd is None),
                    seconds=math.fsum(one.seconds for one in members if one.seconds is not None),
                )
            )
    return tuple(sorted(blocks, key=lambda block: block.why != "balance"))


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None
