"""An audit of published tables: which claims their own figures bear out, which they do not, and which cannot be told."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from sitegen_tui.domain.claims import Claim, Published, PublishedModel, PublishedPower
from sitegen_tui.errors import ContentError
from sitegen_tui.stats.claim_tables import category_claims, gap_claims, heatmap_claims, template_claims
from sitegen_tui.stats.claim_words import word_claims
from sitegen_tui.stats.comparisons import holm, welch
from sitegen_tui.stats.intervals import MINIMUM_FOR_INTERVAL, half_width, t_quantile
from sitegen_tui.stats.power import apart_probability, plan, power_at
from sitegen_tui.stats.rounding import claim_of, listed, rounding, same


def audit(tables: Mapping[str, Any]) -> tuple[Claim, ...]:
    """Every claim of a mapping of published tables (models, templates, heatmap, gap, categories, power), in that order.

    Raises ContentError for a mapping that is not of that form.
    """
    from pydantic import ValidationError

    try:
        study = Published.model_validate(tables)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ContentError(
            f"published tables: {where}: {first['msg']}",
            hint="a mapping with models, actions, templates, heatmap, gap, categories and power, each of them optional",
        ) from error
    return audited(study)


def audited(study: Published) -> tuple[Claim, ...]:
    """Every claim of published tables: intervals, spreads, extremes, ranks, templates, heatmap, categories, gaps, power, words."""
    found: list[Claim] = []
    for model in study.models:
        found += _of_model(study, model)
    found += _other_convention(study)
    found += _ranks(study)
    found += template_claims(study)
    found += heatmap_claims(study)
    found += category_claims(study)
    found += gap_claims(study)
    found += _power(study)
    found += word_claims(study)
    return tuple(found)


def own_runs(study: Published, model: PublishedModel) -> list[float] | None:
    """A model's run totals, where as many template means as runs are published, so that each of them is one run."""
    values = [value for row in study.templates.values() if (value := row.get(model.id)) is not None]
    if len(values) != model.runs:
        return None
    allowed = rounding(model.mean) + max(map(rounding, values))
    return [float(value) for value in values] if same(model.mean, statistics.fmean(values), allowed) else None


def _measured(study: Published) -> list[PublishedModel]:
    """Models whose spread was measured: at least two runs and an sd above 0."""
    return [model for model in study.models if model.runs > 1 and model.sd]


def _of_model(study: Published, model: PublishedModel) -> Iterable[Claim]:
    yield from _interval(model)
    yield from _sd(study, model)
    yield from _extremes(study, model)


def _interval(model: PublishedModel) -> Iterable[Claim]:
    subject, method = model.id, "Student t interval from mean, sd and n"
    half = half_width(model.runs, model.sd) if model.sd is not None else None
    if model.interval is None:
        if model.runs < MINIMUM_FOR_INTERVAL:
            wide = t_quantile(0.975, model.runs - 1) * model.sd / math.sqrt(model.runs) if model.runs == 2 and model.sd else None
            computed = "N/A" if wide is None else f"N/A; it would be {model.mean - wide:.1f} to {model.mean + wide:.1f}"
            yield Claim(
                section="intervals",
                subject=subject,
                claimed="no interval",
                computed=computed,
                method=f"under {MINIMUM_FOR_INTERVAL} runs none",
                verdict="reproduces",
                steps=(
                    f"n {model.runs} is under {MINIMUM_FOR_INTERVAL}",
                    *_interval_steps(model.mean, model.sd if wide is not None else None, model.runs),
                ),
            )
        return
    if half is None:
        yield _unknown(
            "intervals", subject, f"[{model.interval[0]}, {model.interval[1]}]", f"no spread of {model.runs} runs", method
        )
        return
    sd = model.sd or 0
    slack = rounding(model.mean) + half * rounding(sd) / sd if sd else rounding(model.mean)
    for name, end, value in (("low", model.interval[0], model.mean - half), ("high", model.interval[1], model.mean + half)):
        yield claim_of(
            "intervals", f"{subject} {name}", end, value, slack + rounding(end), method, _interval_steps(model.mean, sd, model.runs)
        )


def _interval_steps(mean: float, sd: float | None, n: int) -> tuple[str, ...]:
    if not sd or n < 2:
        return ()
    t = t_quantile(0.975, n - 1)
    half = t * sd / math.sqrt(n)
    return (
        f"t(0.975, {n - 1} degrees of freedom) = {t:.3f}",
        f"half width = {t:.3f} x {sd:.4g} / sqrt({n}) = {half:.2f}",
        f"interval = {mean:.4g} - {half:.2f} to {mean:.4g} + {half:.2f} = {mean - half:.2f} to {mean + half:.2f}",
    )


def _sd(study: Published, model: PublishedModel) -> Iterable[Claim]:
    if model.sd is None:
        return
    if model.sd == 0 and model.runs > 1:
        yield Claim(
            section="spread",
            subject=model.id,
            claimed=f"sd 0 over {model.runs} runs",
            computed="a constant: no two runs ever differed",
            method="sd of 0 over more than one run is no measurement",
            verdict="does not reproduce",
            published=0.0,
            steps=(f"{model.runs} runs, all {model.mean}: sd 0", "measured runs differ; one value copied so often does not"),
        )
        return
    runs = own_runs(study, model)
    if runs is None:
        why = f"the {model.runs} single runs are not published"
        yield _unknown("spread", model.id, f"sd {model.sd}", why, "sd of the runs, dividing by n - 1")
        return
    sample, population = statistics.stdev(runs), statistics.pstdev(runs)
    allowed = rounding(model.sd) + max(map(rounding, runs)) * math.sqrt(len(runs) / (len(runs) - 1))
    centre = statistics.fmean(runs)
    squares = math.fsum((value - centre) ** 2 for value in runs)
    steps = (
        f"{len(runs)} template means for {len(runs)} runs: each is one run",
        f"mean of {listed(runs)} = {centre:.2f}",
        f"sum of squared differences from it = {squares:.2f}",
        f"sd = sqrt({squares:.2f} / ({len(runs)} - 1)) = {sample:.2f}; dividing by {len(runs)}: {population:.2f}",
    )
    found = claim_of("spread", model.id, model.sd, sample, allowed, "sd of the runs, one a template, dividing by n - 1", steps)
    if found.verdict == "does not reproduce" and same(model.sd, population, allowed):
        told = f"{sample:.2f} (dividing by n: {population:.2f}, which is what was published)"
        found = found.model_copy(update={"computed": told})
    yield found
    half = half_width(len(runs), sample)
    if model.interval is not None and half is not None and found.verdict == "does not reproduce":
        mean = statistics.fmean(runs)
        method = "Student t interval of the runs themselves"
        for name, end, value in (("low", model.interval[0], mean - half), ("high", model.interval[1], mean + half)):
            yield claim_of(
                "intervals",
                f"{model.id} {name}, from runs",
                end,
                value,
                rounding(end) + 2 * allowed,
                method,
                _interval_steps(mean, sample, len(runs)),
            )


def _population_sd(study: Published, model: PublishedModel) -> bool:
    """Whether a model's sd provably divides by n."""
    runs = own_runs(study, model)
    if runs is None or len(runs) < 2 or not model.sd:
        return False
    allowed = rounding(model.sd) + 2 * max(map(rounding, runs))
    return same(model.sd, statistics.pstdev(runs), allowed) and not same(model.sd, statistics.stdev(runs), allowed)


def _other_convention(study: Published) -> Iterable[Claim]:
    """What other models' intervals would be if their sds divide by n as a proven one does."""
    if not any(_population_sd(study, model) for model in study.models):
        return
    for model in study.models:
        if model.interval is None or not model.sd or own_runs(study, model) is not None:
            continue
        half = half_width(model.runs, model.sd * math.sqrt(model.runs / (model.runs - 1)))
        if half is not None:
            low, high = model.mean - half, model.mean + half
            yield Claim(
                section="intervals",
                subject=f"{model.id}, if its sd divides by n too",
                claimed=f"[{model.interval[0]}, {model.interval[1]}]",
                computed=f"[{low:.1f}, {high:.1f}]",
                method="Student t interval with the sd times the root of n / (n - 1)",
                verdict="cannot be computed",
                steps=(
                    "another model's sd provably divides by n; whether this one's does cannot be told without its runs",
                    f"sd dividing by n - 1 = {model.sd} x sqrt({model.runs} / {model.runs - 1})",
                    *_interval_steps(model.mean, model.sd * math.sqrt(model.runs / (model.runs - 1)), model.runs),
                ),
            )


def _extremes(study: Published, model: PublishedModel) -> Iterable[Claim]:
    if model.best is None or model.worst is None:
        return
    if model.sd:
        above, below = model.mean + model.sd, model.mean - model.sd
        slack = rounding(model.mean) + rounding(model.sd)
        made_up = same(model.best, above, slack + rounding(model.best)) and same(model.worst, below, slack + rounding(model.worst))
        yield Claim(
            section="extremes",
            subject=model.id,
            claimed=f"best {model.best}, worst {model.worst}",
            computed=f"mean plus and minus one sd: {above:.1f} and {below:.1f}",
            method="extremes that equal mean plus and minus one sd are no runs",
            verdict="does not reproduce" if made_up else "cannot be computed",
            steps=(
                f"{model.mean} + {model.sd} = {above:.1f}, published best {model.best}",
                f"{model.mean} - {model.sd} = {below:.1f}, published worst {model.worst}",
                "both are mean and one sd, rounded" if made_up else "they are something else, and the runs are not published",
            ),
        )
    runs = own_runs(study, model)
    if runs is not None:
        method = "extremes of the runs, one a template"
        for name, end, value in (("best", model.best, max(runs)), ("worst", model.worst, min(runs))):
            steps = (f"the runs, one a template: {listed(sorted(runs))}",)
            yield claim_of("extremes", f"{model.id} {name}", end, value, rounding(end) + rounding(value), method, steps)
        yield claim_of(
            "extremes",
            f"{model.id} range",
            float(model.best - model.worst),
            max(runs) - min(runs),
            rounding(model.best) + rounding(model.worst) + 2 * max(map(rounding, runs)),
            method,
            (f"{max(runs)} - {min(runs)} = {max(runs) - min(runs):.1f}",),
        )


def _ranks(study: Published) -> Iterable[Claim]:
    ranked = sorted(_measured(study), key=lambda model: -model.mean)
    pairs = list(combinations(ranked, 2))
    tests = [welch(a.mean, a.sd or 0, a.runs, b.mean, b.sd or 0, b.runs) for a, b in pairs]
    adjusted = holm([None if test is None else test.p for test in tests])
    for (first, second), test, p in zip(pairs, tests, adjusted, strict=True):
        if test is None or p is None:
            continue
        apart = p <= 0.05
        yield Claim(
            section="ranks",
            subject=f"{first.id} above {second.id}",
            claimed=f"{first.mean} and {second.mean}",
            computed=f"t {test.t:.2f}, p {test.p:.3g}, Holm {p:.3g}: {'apart' if apart else 'a tie'}",
            method="Welch's test from mean, sd and n, Holm over all pairs",
            verdict="reproduces" if apart else "does not reproduce",
            value=p,
            steps=(
                f"{first.mean} - {second.mean} = {test.difference:.1f}",
                f"standard error = sqrt({first.sd}^2 / {first.runs} + {second.sd}^2 / {second.runs})"
                + (f" = {test.difference / test.t:.2f}" if test.t else ""),
                f"t = {test.t:.2f} with {test.degrees:.1f} degrees of freedom, p = {test.p:.3g}",
                f"95 % interval of the difference = {test.low:.1f} to {test.high:.1f}",
                f"Holm over {len(pairs)} pairs: {p:.3g}, {'at most' if apart else 'more than'} 0.05",
            ),
        )


def _power(study: Published) -> Iterable[Claim]:
    claim = study.power
    if claim is None:
        return
    difference, runs = float(claim.difference), claim.runs
    known = [model for model in _measured(study) if model.runs >= MINIMUM_FOR_INTERVAL]
    spreads = {f"the spread of {model.id}": float(model.sd or 0) for model in known}
    if len(known) > 1:
        freedom = sum(model.runs - 1 for model in known)
        spreads["the pooled spread"] = math.sqrt(sum((model.runs - 1) * (model.sd or 0) ** 2 for model in known) / freedom)
    spreads["a spread as large as the difference"] = difference
    for name, sd in spreads.items():
        need = plan(difference, sd, power=claim.power, alpha=claim.alpha)
        reached = power_at(runs, difference, sd, alpha=claim.alpha)
        apart = apart_probability(runs, difference, sd)
        yield Claim(
            section="power",
            subject=f"{runs} runs, {name} ({sd:.1f})",
            claimed=f"{runs} runs show {claim.difference} points with power {claim.power}",
            computed=f"{need.n_normal} runs by the normal approximation, {need.n} by t; power of {runs} runs {reached:.3f}; "
            f"their intervals part with probability {apart:.2f}",
            method="two-sided t test of two models with equally many runs",
            verdict="reproduces" if need.n_normal is not None and need.n_normal <= runs else "does not reproduce",
            published=float(runs),
            value=None if need.n_normal is None else float(need.n_normal),
            difference=None if need.n_normal is None else float(runs - need.n_normal),
            allowed=0.0,
            steps=(
                f"n = 2 x (z(1 - {claim.alpha} / 2) + z({claim.power}))^2 x {sd:.1f}^2 / {difference:g}^2",
                f"= {need.n_normal} runs of each model, {need.n} where the spread is estimated (t)",
                f"{runs} runs have power {reached:.3f}",
                f"95 % intervals of {runs} runs each do not overlap with probability {apart:.2f}",
            ),
        )
    for first, second in combinations(sorted(known, key=lambda model: -model.mean), 2):
        gap = float(first.mean - second.mean)
        if gap == 0:
            continue
        both = math.sqrt(((first.sd or 0) ** 2 + (second.sd or 0) ** 2) / 2)
        need = plan(gap, both, power=claim.power, alpha=claim.alpha)
        yield Claim(
            section="power",
            subject=f"{runs} runs, {first.id} and {second.id}",
            claimed=f"{runs} runs tell models apart",
            computed=f"{need.n_normal} runs each for the published difference of {gap:.1f}",
            method="normal approximation with the two models' own spreads",
            verdict="reproduces" if need.n_normal is not None and need.n_normal <= runs else "does not reproduce",
            published=float(runs),
            value=None if need.n_normal is None else float(need.n_normal),
            steps=(
                f"{first.mean} - {second.mean} = {gap:.1f}",
                f"sd = sqrt(({first.sd}^2 + {second.sd}^2) / 2) = {both:.1f}",
                f"n = 2 x (z(1 - {claim.alpha} / 2) + z({claim.power}))^2 x {both:.1f}^2 / {gap:.1f}^2 = {need.n_normal}",
            ),
        )
    if claim.minimum is not None:
        yield from _minimum(claim, known)


def _minimum(claim: PublishedPower, known: Sequence[PublishedModel]) -> Iterable[Claim]:
    """Whether the fewer runs that are called enough elsewhere have the power that is claimed."""
    least, difference = claim.minimum or 0, float(claim.difference)
    reached = {
        sd: power_at(least, difference, sd, alpha=claim.alpha) for sd in (difference, *(float(model.sd or 0) for model in known))
    }
    steps = [f"power of {least} runs at sd {sd:.1f} = {power:.3f}" for sd, power in reached.items()]
    yield Claim(
        section="power",
        subject=f"{least} runs are enough",
        claimed=f"{claim.runs} runs in one place, {least} in another, for power {claim.power}",
        computed=f"power of {least} runs {reached[difference]:.3f} where the spread is as large as the difference",
        method="two-sided t test of two models with equally many runs",
        verdict="reproduces" if reached[difference] >= claim.power else "does not reproduce",
        published=float(claim.power),
        value=reached[difference],
        difference=float(claim.power) - reached[difference],
        steps=tuple(steps),
    )


def _unknown(section: str, subject: str, claimed: str, why: str, method: str) -> Claim:
    return Claim(section=section, subject=subject, claimed=claimed, computed=why, method=method, verdict="cannot be computed")
