"""Claims that lie between tables: heatmap against totals, categories, gaps and templates."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice

from sitegen_tui.domain.claims import Claim, Published, PublishedModel
from sitegen_tui.stats.rounding import added, claim_of, listed, rounding, same

MOST_SPLITS = 100_000
"""Ways to split runs, or sets of models, that are tried at most."""


def columns(study: Published) -> tuple[PublishedModel, ...]:
    """The models of the heatmap's columns: as named, or the models in their order whose means its sums come nearest to."""
    width = max((len(row) for row in study.heatmap.values()), default=0)
    if any(len(row) != width for row in study.heatmap.values()) or not 0 < width <= len(study.models):
        return ()
    if study.heatmap_models:
        by_id = {model.id: model for model in study.models}
        named = tuple(by_id[name] for name in study.heatmap_models if name in by_id)
        return named if len(named) == width else ()
    if math.comb(len(study.models), width) > MOST_SPLITS:
        return ()
    sums = [math.fsum(row[index] for row in study.heatmap.values()) for index in range(width)]
    return min(
        combinations(study.models, width),
        key=lambda chosen: math.fsum(abs(total - model.mean) for total, model in zip(sums, chosen, strict=True)),
    )


def heatmap_claims(study: Published) -> Iterable[Claim]:
    """Whether each model's action means add up to its total."""
    for index, model in enumerate(columns(study)):
        cells = [row[index] for row in study.heatmap.values()]
        absent = [action for action, _ in study.actions if action not in study.heatmap]
        if absent:
            yield _unknown("heatmap", model.id, f"mean {model.mean}", f"{len(absent)} actions are not in the heatmap")
            continue
        allowed = math.fsum(map(rounding, cells)) + rounding(model.mean)
        method = "sum of the action means, where every run has every action"
        steps = (f"{added(cells)} = {math.fsum(cells):.1f}",)
        yield claim_of("heatmap", model.id, float(model.mean), math.fsum(cells), allowed, method, steps)
    if study.max_score is not None and study.actions:
        yield claim_of(
            "heatmap",
            "maximum",
            study.max_score,
            10.0 * len(study.actions),
            0.0,
            "ten points an action",
            (f"10 x {len(study.actions)}",),
        )


def category_claims(study: Published) -> Iterable[Claim]:
    """Whether category means are means over the heatmap: weighted by runs, by models, or by any weights at all."""
    models = columns(study)
    if not models or not study.categories:
        return
    members = {name: [action for action, own in study.actions if own == name] for name in study.categories}
    by_model: dict[str, list[float]] = {}
    for name, actions in members.items():
        rows = [study.heatmap[action] for action in actions if action in study.heatmap]
        if not actions or len(rows) < len(actions):
            yield _unknown("categories", name, str(study.categories[name]), "not all of its actions are in the heatmap")
            continue
        by_model[name] = [statistics.fmean(row[index] for row in rows) for index in range(len(models))]
        runs = [model.runs for model in models]
        weighted = math.fsum(mean * n for mean, n in zip(by_model[name], runs, strict=True)) / sum(runs)
        simple = statistics.fmean(by_model[name])
        published = study.categories[name]
        allowed = rounding(published) + max(rounding(cell) for row in rows for cell in row)
        steps = (
            f"actions: {', '.join(actions)}",
            *(
                f"{model.id}: mean over them {mean:.2f}, {model.runs} runs"
                for model, mean in zip(models, by_model[name], strict=True)
            ),
            f"weighted by runs {weighted:.2f}, each model counting the same {simple:.2f}",
        )
        method = "mean of action means, models weighted by runs"
        found = claim_of("categories", name, published, weighted, allowed, method, steps)
        either = same(published, simple, allowed) or found.verdict == "reproduces"
        yield found.model_copy(
            update={
                "computed": f"{weighted:.2f} (each model counting the same: {simple:.2f})",
                "verdict": "reproduces" if either else "does not reproduce",
            }
        )
    if by_model:
        miss = least_miss([by_model[name] for name in by_model], [float(study.categories[name]) for name in by_model])
        allowed = max(rounding(study.categories[name]) for name in by_model) + max(
            rounding(cell) for row in study.heatmap.values() for cell in row
        )
        told = "of all weights that are not negative and add up to 1, those whose largest miss is smallest (a linear program)"
        method = "smallest largest miss over convex weights"
        yield claim_of("categories", "any weights of models", 0.0, miss, allowed, method, (told,))
    yield from _whole(study, models, members)


def _whole(study: Published, models: Sequence[PublishedModel], members: dict[str, list[str]]) -> Iterable[Claim]:
    left_out = [name for name in dict.fromkeys(category for _, category in study.actions) if name not in study.categories]
    runs = sum(model.runs for model in models)
    for name in left_out:
        yield _unknown("categories", name, "not published", "the category has actions and no mean")
    total = math.fsum(float(study.categories[name]) * len(actions) for name, actions in members.items())
    slack = math.fsum(rounding(study.categories[name]) * len(actions) for name, actions in members.items())
    extra = 0.0
    for action, category in study.actions:
        if category in left_out and action in study.heatmap:
            row = study.heatmap[action]
            extra += math.fsum(cell * model.runs for cell, model in zip(row, models, strict=True)) / runs
            slack += max(map(rounding, row))
    weighted = math.fsum(float(model.mean) * model.runs for model in models) / runs
    method = "category means times their actions, what is left out from the heatmap, against totals weighted by runs"
    parts = " + ".join(f"{study.categories[name]} x {len(actions)}" for name, actions in members.items())
    steps = (
        f"{parts} = {total:.1f}",
        *((f"{', '.join(left_out)} from the heatmap, weighted by runs: {extra:.1f}",) if extra else ()),
        f"implied total = {total + extra:.1f}",
        f"totals weighted by runs: ({' + '.join(f'{m.mean} x {m.runs}' for m in models)}) / {runs} = {weighted:.1f}",
    )
    allowed = slack + max(rounding(model.mean) for model in models)
    yield claim_of("categories", "implied total", total + extra, weighted, allowed, method, steps)


def least_miss(rows: Sequence[Sequence[float]], targets: Sequence[float]) -> float:
    """How near any convex weights of the columns bring every row to its target: the smallest possible largest miss."""
    from scipy.optimize import linprog  # pyright: ignore[reportUnknownVariableType]

    width = len(rows[0])
    above = [[*row, -1.0] for row in rows]
    below = [[*(-value for value in row), -1.0] for row in rows]
    found = linprog(
        [0.0] * width + [1.0],
        A_ub=above + below,
        b_ub=[*targets, *(-target for target in targets)],
        A_eq=[[1.0] * width + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * (width + 1),
    )
    return float(found.fun)  # pyright: ignore


def gap_claims(study: Published) -> Iterable[Claim]:
    """Whether mean gaps are those of the heatmap, and over which of its models."""
    models = columns(study)
    rows = {action: gap for action, gap in study.gap.items() if action in study.heatmap}
    if not models or not rows:
        return
    subset = _gap_models(study, models)
    for action, gap in rows.items():
        cells = study.heatmap[action]
        allowed = rounding(gap.gap) + rounding(gap.reference) + max(map(rounding, cells))
        value = statistics.fmean(cells) - gap.reference
        steps = [f"({added(cells)}) / {len(cells)} - {gap.reference} = {value:.2f}"]
        if subset is not None and len(subset) < len(models):
            chosen = [cells[index] for index in subset]
            steps.append(
                f"alone ({added(chosen)}) / {len(chosen)} - {gap.reference} = {statistics.fmean(chosen) - gap.reference:.2f}"
            )
        found = claim_of("gap", action, gap.gap, value, allowed, f"mean over all {len(models)} models minus the reference", steps)
        if subset is not None and len(subset) < len(models):
            part = statistics.fmean(cells[index] for index in subset) - gap.reference
            told = f"{value:.2f} (over {', '.join(models[index].id for index in subset)} alone: {part:.2f})"
            found = found.model_copy(update={"computed": told})
        yield found
    if subset is not None:
        left = [model.id for index, model in enumerate(models) if index not in subset]
        yield Claim(
            section="gap",
            subject="models",
            claimed="gap of all models",
            computed=f"every published gap is the mean over {len(subset)} of {len(models)} models"
            + (f", without {', '.join(left)}" if left else ""),
            method="the largest set of models that reproduces every gap",
            verdict="does not reproduce" if left else "reproduces",
            steps=(f"means of every set of the {len(models)} models were tried on all {len(rows)} gaps, the largest sets first",),
        )
        yield from _explained(study, models, subset)


def _gap_models(study: Published, models: Sequence[PublishedModel]) -> tuple[int, ...] | None:
    """The largest set of columns whose mean gap is the published one in every row."""
    sets = (chosen for size in range(len(models), 0, -1) for chosen in combinations(range(len(models)), size))
    for chosen in islice(sets, MOST_SPLITS):
        if all(
            same(
                gap.gap,
                statistics.fmean(study.heatmap[action][index] for index in chosen) - gap.reference,
                rounding(gap.gap) + rounding(gap.reference) + max(map(rounding, study.heatmap[action])),
            )
            for action, gap in study.gap.items()
            if action in study.heatmap
        ):
            return chosen
    return None


def _explained(study: Published, models: Sequence[PublishedModel], subset: Sequence[int]) -> Iterable[Claim]:
    """What share of the whole gap to the reference the three deepest listed gaps are."""
    others = [model for model in study.models if model not in models]
    if len(others) != 1 or len(study.gap) < 3:
        return
    whole = float(others[0].mean) - statistics.fmean(float(models[index].mean) for index in subset)
    deepest = sorted(study.gap, key=lambda action: study.gap[action].gap)[:3]
    three = -math.fsum(study.gap[action].gap for action in deepest)
    if whole > 0:
        yield Claim(
            section="gap",
            subject="three deepest actions",
            claimed=f"{', '.join(deepest)} make most of the gap",
            computed=f"{three:.1f} of {whole:.1f} points: {100 * three / whole:.0f} %",
            method="sum of the three deepest gaps against the gap of totals",
            verdict="reproduces" if three > whole / 2 else "does not reproduce",
            value=three / whole,
            steps=(
                f"{added(-study.gap[action].gap for action in deepest)} = {three:.1f}",
                f"{others[0].id} {others[0].mean} - mean of {listed(models[index].mean for index in subset)} = {whole:.1f}",
                f"{three:.1f} / {whole:.1f} = {three / whole:.2f}",
            ),
        )


def template_claims(study: Published) -> Iterable[Claim]:
    """Whether template means can make the totals and extremes, and whether models had the same templates."""
    if not study.templates:
        return
    covered = {
        model.id: {name: value for name, row in study.templates.items() if (value := row.get(model.id)) is not None}
        for model in study.models
    }
    for model in study.models:
        if covered[model.id]:
            yield from _split(model, list(covered[model.id].values()))
            yield from _beyond(model, covered[model.id])
    for model in study.models:
        lacking = [name for name in study.templates if name not in covered[model.id]]
        if lacking:
            yield Claim(
                section="templates",
                subject=f"{model.id} coverage",
                claimed="models are compared by their means",
                computed=f"no mean on {', '.join(lacking)}",
                method="models must have the same templates for their means to be compared",
                verdict="does not reproduce",
                steps=(f"templates published: {', '.join(study.templates)}", f"of these {model.id} has {len(covered[model.id])}"),
            )
    yield from _alike(study, covered)


def _split(model: PublishedModel, values: Sequence[float]) -> Iterable[Claim]:
    if model.runs < len(values):
        yield _unknown("templates", model.id, f"{model.runs} runs", f"{len(values)} template means from fewer runs")
        return
    if math.comb(model.runs - 1, len(values) - 1) > MOST_SPLITS:
        yield _unknown("templates", model.id, f"mean {model.mean}", "too many ways to split the runs")
        return
    allowed = rounding(model.mean) + max(map(rounding, values))
    splits = [
        (abs(model.mean - math.fsum(n * value for n, value in zip(split, values, strict=True)) / model.runs), split)
        for split in _compositions(model.runs, len(values))
    ]
    fitting = [split for miss, split in splits if miss <= allowed + 1e-9]
    nearest, split = min(splits)
    value = math.fsum(n * value for n, value in zip(split, values, strict=True)) / model.runs
    found = claim_of(
        "templates",
        model.id,
        float(model.mean),
        value,
        allowed,
        "nearest mean over every split of the runs over the templates",
        (
            f"template means {listed(values)}; every way to give {model.runs} runs to them, at least one each: {len(splits)}",
            f"nearest: {' + '.join(f'{n} x {one}' for n, one in zip(split, values, strict=True))}, over {model.runs} = {value:.2f}",
        ),
    )
    told = f"{len(fitting)} of {len(splits)} splits of {model.runs} runs fit; the nearest, {split}, misses by {nearest:.2f}"
    if fitting:
        least = [min(way[index] for way in fitting) for index in range(len(values))]
        most = max(range(len(values)), key=lambda index: least[index])
        told += f"; every split that fits has at least {least[most]} runs on the template with mean {values[most]}"
    yield found.model_copy(update={"computed": told})


def _beyond(model: PublishedModel, means: dict[str, float]) -> Iterable[Claim]:
    for name, mean in means.items():
        for word, end, over in (("best", model.best, 1), ("worst", model.worst, -1)):
            if end is not None and over * (mean - end) > rounding(mean) + rounding(end):
                method = "a mean of runs lies between the worst and the best of them"
                yield claim_of(
                    "templates",
                    f"{model.id} {word} run and {name}",
                    end,
                    float(mean),
                    rounding(mean) + rounding(end),
                    method,
                    (f"the mean of runs on {name} is {mean}, the {word} of all runs {end}",),
                )
        if model.best is not None and model.worst is not None and model.worst != model.best:
            for word, end in (("best", model.best), ("worst", model.worst)):
                if same(end, mean, 0.0) and model.runs > len(means):
                    yield Claim(
                        section="templates",
                        subject=f"{model.id} swing on {name}",
                        claimed=f"runs from {model.worst} to {model.best}",
                        computed=f"the mean on {name} is the {word} run itself: every run there is {end}, others were elsewhere",
                        method="a mean equals an extreme only where all of its runs do",
                        verdict="does not reproduce",
                        steps=(
                            f"mean on {name} {mean} = {word} of all runs {end}",
                            f"{model.best} - {model.worst} is no swing there",
                        ),
                    )


def _alike(study: Published, covered: dict[str, dict[str, float]]) -> Iterable[Claim]:
    varied = [model for model in study.models if len(set(covered[model.id].values())) > 1]
    for first, second in combinations(varied, 2):
        common = [name for name in study.templates if name in covered[first.id] and name in covered[second.id]]
        if len(common) >= 3:
            value = rank_correlation([covered[first.id][name] for name in common], [covered[second.id][name] for name in common])
            if value is not None:
                yield Claim(
                    section="templates",
                    subject=f"{first.id} and {second.id} order",
                    claimed="the same templates are easy for every model",
                    computed=f"rank correlation {value:.2f} over {len(common)} templates",
                    method="Spearman's rank correlation of template means",
                    verdict="reproduces" if value > 0.5 else "does not reproduce",
                    value=value,
                    steps=(
                        *(f"{name}: {covered[first.id][name]} and {covered[second.id][name]}" for name in common),
                        f"correlation of their ranks {value:.2f}; more than 0.5 would be the same order, roughly",
                    ),
                )


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's rank correlation with mean ranks for ties, None where one side does not vary."""
    one, two = _ranks(first), _ranks(second)
    if len(set(one)) < 2 or len(set(two)) < 2:
        return None
    return statistics.correlation(one, two)


def _ranks(values: Sequence[float]) -> list[float]:
    return [sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2 for value in values]


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to write a total as that many whole numbers from 1."""
    for cuts in combinations(range(1, total), parts - 1):
        edges = (0, *cuts, total)
        yield tuple(edges[index + 1] - edges[index] for index in range(parts))


def _unknown(section: str, subject: str, claimed: str, why: str) -> Claim:
    return Claim(section=section, subject=subject, claimed=claimed, computed=why, method="", verdict="cannot be computed")
