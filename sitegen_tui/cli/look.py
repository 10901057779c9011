"""`sitegen runs`, `show`, `diff` and `site`: looking at what is stored."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.options import db_option, go, json_option, reading
from sitegen_tui.domain.diffs import SiteDiff
from sitegen_tui.domain.rows import ExperimentRow, RunRow


@click.command()
@click.argument("experiment", required=False)
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="Runs to list.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Runs to pass over.")
@db_option
@json_option
def runs(experiment: str | None, limit: int, offset: int, db: str | None, as_json: bool) -> None:
    """Experiments and their runs, newest first, or the runs of one EXPERIMENT."""
    experiments, rows = go(_runs(db, experiment, limit, offset))
    if as_json:
        output.say_json({"experiments": experiments, "runs": rows})
        return
    if not experiments:
        output.say("no experiment yet: sitegen demo makes one")
        return
    _show_experiments(experiments)
    output.say()
    _show_runs(rows)


@click.command()
@click.argument("run")
@click.option("--step", type=click.IntRange(1, 16), help="One step, down to finding, line and rule.")
@db_option
@json_option
def show(run: str, step: int | None, db: str | None, as_json: bool) -> None:
    """A RUN and its steps; with --step every finding with its place in the file and its rule."""
    from sitegen_tui.cli import show as showing

    go(showing.show_step(db, run, step, as_json) if step else showing.show_run(db, run, as_json))


@click.command()
@click.argument("run")
@click.argument("step", type=click.IntRange(1, 16))
@click.option("--against", default="before", show_default=True, metavar="before|gold|RUN2", help="The left side.")
@click.option("--context", type=click.IntRange(0, 1000), default=3, show_default=True, help="Lines around changes.")
@db_option
@json_option
def diff(run: str, step: int, against: str, context: int, db: str | None, as_json: bool) -> None:
    """What STEP of RUN changed, or how its output differs from gold or from another run's same step.

    Printed as a patch that `git apply` takes.
    """
    found = go(_diff(db, run, step, against))
    if as_json:
        from sitegen_tui.site.diff_output import to_json

        output.say_json({"run_id": run, "step": step, "against": against, **to_json(found, context)})
    else:
        _show_diff(found, context)


@click.command()
@click.argument("run")
@click.argument("step", type=click.IntRange(1, 16))
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
@click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
@db_option
@json_option
def site(run: str, step: int, folder: Path, force: bool, db: str | None, as_json: bool) -> None:
    """Write the site after STEP of RUN to a folder."""
    from sitegen_tui.services.reads import write_site

    files = go(_site(db, run, step))
    write_site(files, folder, force=force)
    if as_json:
        sizes = {path: len(content) for path, content in sorted(files.items())}
        output.say_json({"run_id": run, "step": step, "folder": str(folder), "files": sizes})
    else:
        output.say(f"{len(files)} files written to {folder}")


async def _runs(
    db: str | None, experiment: str | None, limit: int, offset: int
) -> tuple[tuple[ExperimentRow, ...], tuple[RunRow, ...]]:
    async with reading(db) as services:
        if experiment is not None:
            return (await services.experiment(experiment),), await services.runs(experiment, limit, offset)
        return await services.experiments(), await services.runs(None, limit, offset)


async def _diff(db: str | None, run: str, step: int, against: str) -> SiteDiff:
    async with reading(db) as services:
        return await services.diff(run, step, against)


async def _site(db: str | None, run: str, step: int) -> dict[str, bytes]:
    async with reading(db) as services:
        return await services.site(run, step)


def _show_experiments(rows: tuple[ExperimentRow, ...]) -> None:
    output.table(
        ("experiment", "name", "state", "runs", "incomplete", "steps", "unscored", "usd", "models", "templates", "created"),
        [
            (
                row.id,
                row.name,
                row.state.value,
                f"{row.finished}/{row.runs}",
                str(row.incomplete),
                f"{row.steps_done}/{row.steps_total}",
                str(row.unscored),
                words.dollars(row.usd, row.unpriced),
                ", ".join(row.models),
                ", ".join(row.templates),
                words.moment(row.created_at),
            )
            for row in rows
        ],
    )


def _show_runs(rows: tuple[RunRow, ...]) -> None:
    output.table(
        ("run", "model", "template", "requirements", "repeat", "mode", "state", "steps", "points", "usd"),
        [
            (
                row.run_id,
                words.model_name(row.model, row.simulated),
                row.template,
                row.requirements,
                str(row.repeat),
                row.mode,
                row.state.value,
                words.run_progress(row),
                words.run_total(row),
                words.dollars(row.usd, row.unpriced),
            )
            for row in rows
        ],
        right=(4,),
    )


def _show_diff(found: SiteDiff, context: int) -> None:
    from sitegen_tui.site.diff_output import unified_text

    if not found.files:
        output.note("no difference")
    for file in found.files:
        output.say(unified_text(file, context).removesuffix("\n"))
