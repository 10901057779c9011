"""What points were lost to: violations by cost, the cost of earlier errors, and where runs went wrong first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sitegen_tui.domain.insights import ChargeSums
from sitegen_tui.domain.statistics import Cause, Estimate, FirstWrong
from sitegen_tui.domain.violations import Kind
from sitegen_tui.stats.gaps import Run, difference, of_action
from sitegen_tui.stats.intervals import share


def pareto(sums: Sequence[ChargeSums]) -> tuple[Cause, ...]:
    """Violations by points lost, most first (then by number and id), with shares of all points and their running sum.

    Without any points lost the shares are 0. Completion is what an action did not do; all else is damage and counts as regression.
    """
    by_id: dict[str, list[ChargeSums]] = {}
    for one in sums:
        by_id.setdefault(one.violation, []).append(one)
    points = {violation: math.fsum(one.amount for one in own) for violation, own in by_id.items()}
    counts = {violation: sum(one.count for one in own) for violation, own in by_id.items()}
    whole = math.fsum(points.values())
    found: list[Cause] = []
    before = 0.0
    for violation in sorted(by_id, key=lambda name: (-points[name], -counts[name], name)):
        own = by_id[violation]
        before += points[violation]
        found.append(
            Cause(
                violation=violation,
                points=points[violation],
                count=counts[violation],
                charged=sum(one.charged for one in own),
                inherited_count=sum(one.count for one in own if one.provenance == "inherited"),
                share=points[violation] / whole if whole else 0.0,
                cumulative=min(1.0, before / whole) if whole else 0.0,
                own=math.fsum(one.amount for one in own if one.provenance == "own"),
                inherited=math.fsum(one.amount for one in own if one.provenance == "inherited"),
                completion=math.fsum(one.amount for one in own if one.kind is Kind.COMPLETION),
                regression=math.fsum(one.amount for one in own if one.kind is not Kind.COMPLETION),
                by_model={
                    model: math.fsum(one.amount for one in own if one.model == model)
                    for model in dict.fromkeys(one.model for one in own)
                },
            )
        )
    return tuple(found)


def compounding(
    chain: Sequence[Run], isolated: Sequence[Run], actions: Sequence[str], confidence: float = 0.95
) -> dict[str, Estimate]:
    """What earlier errors cost later actions: chain minus isolated by action, in points, with Welch's interval.

    Below 0 the action did worse on the model's own earlier output than on the reference's.
    """
    return {action: difference(of_action(chain, action), of_action(isolated, action), confidence) for action in actions}


def first_wrong(
    runs: Sequence[Mapping[str, float | None]], actions: Sequence[str], below: float, confidence: float = 0.95
) -> FirstWrong:
    """At which action, in their order, runs first scored below a bound in points.

    A run with an unscored step before that is unknown: it may have gone wrong there. `never` is a share of the known runs.
    """
    counts = dict.fromkeys(actions, 0)
    never = unknown = 0
    for run in runs:
        for action in actions:
            score = run.get(action)
            if score is None:
                unknown += 1
                break
            if score < below:
                counts[action] += 1
                break
        else:
            never += 1
    return FirstWrong(below=below, counts=counts, never=share(never, len(runs) - unknown, confidence), unknown=unknown)
