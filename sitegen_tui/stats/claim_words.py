"""Claims that a study makes in sentences: how many runs, what an action averages, how figures compare, what the scale is."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from sitegen_tui.domain.claims import Claim, Figure, Number, Published
from sitegen_tui.stats.claim_tables import columns, least_miss
from sitegen_tui.stats.rounding import added, claim_of, rounding, same


def word_claims(study: Published) -> Iterable[Claim]:
    """Every sentence of a study that its own tables can be held against."""
    yield from _runs(study)
    yield from _averages(study)
    yield from _scale(study)
    yield from _span(study)
    yield from _ratios(study)
    yield from _orders(study)


def _runs(study: Published) -> Iterable[Claim]:
    if study.total_runs is None or not study.models:
        return
    runs = [model.runs for model in study.models]
    steps = [f"{added(runs)} = {sum(runs)} runs in the table"]
    varied = [model.runs for model in study.models if model.sd]
    if study.actions:
        actions = len(study.actions)
        steps.append(f"{sum(runs)} x {actions} actions = {sum(runs) * actions}")
        if varied and sum(varied) != sum(runs):
            steps.append(f"{sum(varied)} runs of models that ever vary x {actions} actions = {sum(varied) * actions}")
        steps.append(f"{study.total_runs} / {actions} actions = {study.total_runs / actions:.1f} runs")
    found = claim_of(
        "words", "number of runs", study.total_runs, float(sum(runs)), 0.0, "sum of the table's numbers of runs", steps
    )
    yield found.model_copy(update={"claimed": f"{study.total_runs} runs", "computed": "; ".join(steps)})


def _averages(study: Published) -> Iterable[Claim]:
    """Whether averages of actions over models are those of the heatmap, each model or each run counting the same."""
    models = columns(study)
    rows = {action: study.heatmap[action] for action in study.averages if action in study.heatmap}
    if not models or not rows:
        return
    runs = [model.runs for model in models]
    for action, cells in rows.items():
        published = study.averages[action]
        simple = statistics.fmean(cells)
        weighted = math.fsum(cell * n for cell, n in zip(cells, runs, strict=True)) / sum(runs)
        allowed = rounding(published) + max(map(rounding, cells))
        steps = (
            f"each model the same: ({added(cells)}) / {len(cells)} = {simple:.2f}",
            f"each run the same: weights {', '.join(map(str, runs))}: {weighted:.2f}",
        )
        found = claim_of("averages", action, published, weighted, allowed, "mean over models, weighted by runs", steps)
        either = found.verdict == "reproduces" or same(published, simple, allowed)
        told = f"{weighted:.2f} (each model counting the same: {simple:.2f})"
        yield found.model_copy(update={"computed": told, "verdict": "reproduces" if either else "does not reproduce"})
    miss = least_miss(list(rows.values()), [float(study.averages[action]) for action in rows])
    allowed = max(rounding(study.averages[action]) + max(map(rounding, cells)) for action, cells in rows.items())
    told = f"over the {len(rows)} actions whose average is in the file"
    method = "smallest largest miss over convex weights"
    yield claim_of("averages", "any weights of models", 0.0, miss, allowed, method, (told,))


def _scale(study: Published) -> Iterable[Claim]:
    if study.scale is None or not study.heatmap:
        return
    low, high = study.scale
    outside = [(action, cell) for action, row in study.heatmap.items() for cell in row if not low <= cell <= high]
    yield Claim(
        section="words",
        subject="scale",
        claimed=f"an action is scored {low} to {high}",
        computed=f"{len(outside)} means lie outside" + (f", as {outside[0][0]} {outside[0][1]}" if outside else ""),
        method="every mean of the heatmap against the ends of the scale",
        verdict="does not reproduce" if outside else "reproduces",
        steps=tuple(f"{action}: {cell}" for action, cell in outside) or ("none lies outside",),
    )


def _span(study: Published) -> Iterable[Claim]:
    """Whether actions really lie further apart than any two models do on one action."""
    models = columns(study)
    if study.span is None or not models:
        return
    names = [model.id for model in models]
    others = [model.id for model in study.models if model not in models]
    found: list[tuple[float, str]] = []
    for action, cells in study.heatmap.items():
        scores: list[tuple[str, Number]] = list(zip(names, cells, strict=True))
        if action in study.gap:
            scores.append((others[0] if len(others) == 1 else "the reference", study.gap[action].reference))
        for (first, one), (second, two) in combinations(scores, 2):
            found.append((abs(one - two), f"{first} {one} and {second} {two} on {action}"))
    found.sort(key=lambda pair: -pair[0])
    beyond = [pair for pair in found if pair[0] > study.span]
    shown = beyond[:6] or found[:1]
    yield Claim(
        section="words",
        subject="easiest to hardest action",
        claimed=f"{study.span} points, more than between any two models",
        computed=f"{shown[0][1]} are {shown[0][0]:.1f} apart",
        method="largest difference of two models on one action",
        verdict="does not reproduce" if beyond else "reproduces",
        published=float(study.span),
        value=found[0][0],
        difference=study.span - found[0][0],
        steps=tuple(f"{told}: {apart:.1f}" for apart, told in shown),
    )


def _ratios(study: Published) -> Iterable[Claim]:
    for ratio in study.ratios:
        subject = f"{_words(ratio.of)} to {_words(ratio.to)}"
        one, two = _figure(study, ratio.of), _figure(study, ratio.to)
        if one is None or not two:
            lacking = _words(ratio.of if one is None else ratio.to)
            yield _unknown(subject, f"{ratio.claimed} times", f"{lacking} is not published")
            continue
        value = one / two
        slack = abs(value) * (rounding(one) / abs(one or 1) + rounding(two) / abs(two))
        steps = (f"{one} / {two} = {value:.2f}",)
        found = claim_of(
            "words", subject, ratio.claimed, value, rounding(ratio.claimed) + slack, "one figure over the other", steps
        )
        yield found.model_copy(update={"claimed": f"{ratio.claimed} times", "computed": f"{value:.2f} times"})


def _orders(study: Published) -> Iterable[Claim]:
    for order in study.orders:
        subject = " under ".join(map(_words, order.rising))
        values = [_figure(study, one) for one in order.rising]
        known = [value for value in values if value is not None]
        if len(known) < len(values) or len(values) < 2:
            yield _unknown(subject, "in this order", "not all of them are published")
            continue
        wrong = [(first, second) for first, second in pairwise(known) if first > second]
        yield Claim(
            section="words",
            subject=subject,
            claimed="in this order",
            computed=", ".join(map(str, known)),
            method="the figures themselves",
            verdict="does not reproduce" if wrong else "reproduces",
            steps=_order_steps(known),
        )


def _order_steps(values: Sequence[Number]) -> tuple[str, ...]:
    return tuple(
        f"{first} is {'over' if first > second else 'not over'} {second}, by {abs(first - second):.4g}"
        for first, second in pairwise(values)
    )


def _figure(study: Published, of: tuple[str, Figure]) -> Number | None:
    model = next((model for model in study.models if model.id == of[0]), None)
    return model.figure(of[1]) if model else None


def _words(of: tuple[str, Figure]) -> str:
    model, figure = of
    return f"{figure} price of {model}" if figure in ("input", "output") else f"{figure} of {model}"


def _unknown(subject: str, claimed: str, why: str) -> Claim:
    return Claim(section="words", subject=subject, claimed=claimed, computed=why, method="", verdict="cannot be computed")
