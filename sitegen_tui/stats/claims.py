"""An audit of published tables: which claims their own figures bear out, which they do not, and which cannot be told."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from sitegen_tui.domain.claims import Claim, Published, PublishedModel
from sitegen_tui.errors import ContentError
from sitegen_tui.stats.claim_tables import category_claims, gap_claims, heatmap_claims, template_claims
from sitegen_tui.stats.comparisons import holm, welch
from sitegen_tui.stats.intervals import MINIMUM_FOR_INTERVAL, half_width, t_quantile
from sitegen_tui.stats.power import apart_probability, plan, power_at
from sitegen_tui.stats.rounding import claim_of, rounding, same


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
        yield claim_of("intervals", f"{subject} {name}", end, value, slack + rounding(end), method)


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
        )
        return
    runs = own_runs(study, model)
    if runs is None:
        why = f"the {model.runs} single runs are not published"
        yield _unknown("spread", model.id, f"sd {model.sd}", why, "sd of the runs, dividing by n - 1")
        return
    sample, population = statistics.stdev(runs), statistics.pstdev(runs)
    allowed = rounding(model.sd) + max(map(rounding, runs)) * math.sqrt(len(runs) / (len(runs) - 1))
    found = claim_of("spread", model.id, model.sd, sample, allowed, "sd of the runs, one a template, dividing by n - 1")
    if found.verdict == "does not reproduce" and same(model.sd, population, allowed):
        told = f"{sample:.2f} (dividing by n: {population:.2f}, which is what was published)"
        found = found.model_copy(update={"computed": told})
    yield found
    half = half_width(len(runs), sample)
    if model.interval is not None and half is not None and found.verdict == "does not reproduce":
        mean = statistics.fmean(runs)
        method = "Student t interval of the runs themselves"
        for name, end, value in (("low", model.interval[0], mean - half), ("high", model.interval[1], mean + half)):
            yield claim_of("intervals", f"{model.id} {name}, from runs", end, value, rounding(end) + 2 * allowed, method)


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
        )
    runs = own_runs(study, model)
    if runs is not None:
        method = "extremes of the runs, one a template"
        for name, end, value in (("best", model.best, max(runs)), ("worst", model.worst, min(runs))):
            yield claim_of("extremes", f"{model.id} {name}", end, value, rounding(end) + rounding(value), method)
        yield claim_of(
            "extremes",
            f"{model.id} range",
            float(model.best - model.worst),
            max(runs) - min(runs),
            rounding(model.best) + rounding(model.worst) + 2 * max(map(rounding, runs)),
            method,
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
        )


def _unknown(section: str, subject: str, claimed: str, why: str, method: str) -> Claim:
    return Claim(section=section, subject=subject, claimed=claimed, computed=why, method=method, verdict="cannot be computed")
