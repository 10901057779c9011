"""Published figures beside ours: the shipped study's tables by model name, never put together with runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.claims import Published
from sitegen_tui.domain.insights import View, last_part
from sitegen_tui.services.insights.gap import GapView
from sitegen_tui.services.insights.heatmap import HeatmapView
from sitegen_tui.services.insights.results import ResultsView
from sitegen_tui.services.insights.templates import TemplatesView
from sitegen_tui.stats.claim_tables import columns

PUBLISHED = ("results", "heatmap", "gap", "templates")
"""The views that the study has a table of."""
Ours = Mapping[tuple[str, str], tuple[float, int]]
"""Row and published model to our mean and its number of runs or steps."""
Named = Callable[[str], str | None]
"""Our model's name to the study's."""


class PublishedRow(Frozen):
    """One published figure in points with what was printed beside it, and ours where that model has run here.

    `row` is an action or a template, '' where the figure is a total; `model` is the name in the study.
    """

    row: str
    model: str
    published: float
    printed: str = ""
    ours: float | None = None
    n: int = 0

    @property
    def difference(self) -> float | None:
        """Ours minus the published figure."""
        return None if self.ours is None else self.ours - self.published


class PublishedTable(Frozen):
    """Rows whose model has run here first; `matched` are those models, `notes` what keeps the figures from being pooled."""

    title: str
    rows: tuple[PublishedRow, ...]
    matched: tuple[str, ...]
    notes: tuple[str, ...]


def beside(view: View, study: Published, aliases: Mapping[str, str]) -> PublishedTable | None:
    """The study's figures of a view; None for a view that it has no table of.

    `aliases` map whole names of models to short ones; a model is the study's where its name, its alias or its last part is.
    """
    ids = {model.id for model in study.models}

    def named(model: str) -> str | None:
        return next((name for name in (model, aliases.get(model, ""), last_part(model)) if name in ids), None)

    match view:
        case ResultsView():
            rows, models = _totals(view, study, named), [row.model for row in view.models]
        case HeatmapView():
            rows, models = _heatmap(view, study, named), list(view.models)
        case GapView():
            rows, models = _gaps(view, study, named), [view.reference, *view.models]
        case TemplatesView():
            rows, models = _templates(view, study, named), list(view.models)
        case _:
            return None
    matched = tuple(dict.fromkeys(name for model in models if (name := named(model)) is not None))
    notes = ["Other runs and another judge: published figures are in no mean of ours."]
    if not matched:
        notes.append("None of the models here is in the study.")
    if view.conditions is not None and not view.conditions.full:
        notes.append("Ours are judged in part: they are not on the same scale.")
    ordered = sorted(rows, key=lambda row: row.ours is None)
    return PublishedTable(title=study.title, rows=tuple(ordered), matched=matched, notes=tuple(notes))


def _totals(view: ResultsView, study: Published, named: Named) -> list[PublishedRow]:
    ours = {("", name): (row.mean, row.complete) for row in view.models if row.mean is not None and (name := named(row.model))}
    found: list[PublishedRow] = []
    for model in study.models:
        sd = "" if model.sd is None else f"sd {model.sd}, "
        interval = "" if model.interval is None else f", 95 % {model.interval[0]} to {model.interval[1]}"
        found.append(_row(ours, "", model.id, model.mean, f"{sd}n {model.runs}{interval}"))
    return found


def _heatmap(view: HeatmapView, study: Published, named: Named) -> list[PublishedRow]:
    ours = {
        (cell.row, name): (cell.mean, cell.n) for cell in view.by_action if cell.mean is not None and (name := named(cell.model))
    }
    names = [model.id for model in columns(study)]
    return [
        _row(ours, action, name, cell)
        for action, _ in study.actions
        for name, cell in zip(names, study.heatmap.get(action, ()), strict=False)
    ]


def _gaps(view: GapView, study: Published, named: Named) -> list[PublishedRow]:
    """The study prints a mean gap of several models; ours is set beside it where the reference is the study's own."""
    others = [model.id for model in study.models if model not in columns(study)]
    reference = others[0] if len(others) == 1 else ""
    same = bool(reference) and named(view.reference) == reference
    ours = {(row.row, reference): (row.average, len(row.averaged)) for row in view.by_action if same and row.average is not None}
    return [
        _row(ours, action, reference, gap.gap, f"mean gap of several models to {reference}, {gap.reference}")
        for action, gap in study.gap.items()
    ]


def _templates(view: TemplatesView, study: Published, named: Named) -> list[PublishedRow]:
    ours: dict[tuple[str, str], tuple[float, int]] = {}
    for cell in view.cells:
        name, site = named(cell.model), re.split(r"[+~]", cell.site)[0]
        # Two versions of a template are no one template: then nothing is set beside the figure.
        alone = sum(re.split(r"[+~]", row.site)[0] == site for row in view.sites) == 1
        if name and alone:
            ours[site, name] = cell.mean, cell.n
    return [
        _row({(template, one): value for (site, one), value in ours.items() if site == _slug(template)}, template, model, mean)
        for template, means in study.templates.items()
        for model, mean in means.items()
        if mean is not None
    ]


def _row(ours: Ours, row: str, model: str, published: float, printed: str = "") -> PublishedRow:
    mean, n = ours.get((row, model), (None, 0))
    return PublishedRow(row=row, model=model, published=float(published), printed=printed, ours=mean, n=n)


def _slug(template: str) -> str:
    """`Safari Lodge` as templates are named here."""
    return re.sub(r"[^a-z0-9]+", "-", template.lower()).strip("-")
