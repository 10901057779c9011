"""`sitegen label`: human labels without the TUI: what waits, what there is, out to others and in from them."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import database, db_option, go, json_option, reading
from sitegen_tui.domain.events import LabelRecorded
from sitegen_tui.domain.labels import Done
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.errors import SitegenError, UsageError

if TYPE_CHECKING:
    from sitegen_tui.report.label_rows import Located
    from sitegen_tui.report.label_studio import StudioTask
    from sitegen_tui.services.labelling import Added, Progress
    from sitegen_tui.services.root import Services

FORMATS = ("jsonl", "csv", "label-studio")
SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".json": "label-studio"}
LARGEST = 64_000_000
"""Bytes of a file of labels."""


@click.group()
def label() -> None:
    """Human labels, to hold the judge against. The TUI is where steps are looked at: key l on Home."""


@label.command()
@click.option("--n", "wanted", type=click.IntRange(1, 10_000), default=30, show_default=True, help="Steps that are to wait.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Decides what is drawn.")
@click.option("--rater", help="For whom.  [default: whoever labelled here last]")
@db_option
@json_option
def queue(wanted: int, seed: int, rater: str | None, db: str | None, as_json: bool) -> None:
    """Draw steps until N of them wait for a rater, by action and score band, with recorded probabilities."""
    name, new, progress, actions = go(_queued(db, rater, wanted, seed))
    if as_json:
        waiting = [{"position": place, "action": action} for place, action in actions]
        told = {"rater": name, "drawn": new, "done": progress.done, "total": progress.total, "waiting": waiting}
        output.say_json(told)
        return
    output.say(f"{name}: {new} drawn, {progress.total - progress.done} wait, {progress.done} of {progress.total} done")
    output.table(("item", "action"), [(str(place), action) for place, action in actions], right=(0,))
    if not progress.total:
        output.note("hint: there is no scored step yet; sitegen demo makes some")


async def _queued(db: str | None, rater: str | None, wanted: int, seed: int) -> tuple[str, int, Progress, list[tuple[int, str]]]:
    from sitegen_tui.services.root import Services

    async with await Services.open(database(db)) as services:
        labelling = services.labelling
        name = rater or next(iter(await labelling.raters()), None)
        if name is None:
            raise UsageError("nobody has labelled here yet", hint="say who you are with --rater NAME")
        name = await labelling.use(name)
        new = await labelling.draw(name, wanted, seed)
        done = {(one.run_id, one.step) for one in await labelling.labels() if one.rater == name}
        items = await labelling.items(name)
        waiting = [(at, item.action) for at, item in enumerate(items, 1) if (item.run_id, item.step) not in done]
        return name, new, await labelling.progress(name), waiting


@label.command("list")
@click.option("--rater", help="One rater's only.")
@db_option
@json_option
def listed(rater: str | None, db: str | None, as_json: bool) -> None:
    """Every label that stands, with the score it comes to."""
    from sitegen_tui.report.label_files import rows_of

    labels, scores = go(_labels(db, rater))
    rows = rows_of(labels, lambda one: scores[id(one)])
    if as_json:
        output.say_json(rows)
        return
    output.table(
        ("rater", "run", "step", "action", "score", "seconds", "marked"),
        [_cells(one, scores.get(id(one))) for one in labels],
        right=(2, 4, 5),
    )


def _cells(one: Done, score: float | None) -> tuple[str, ...]:
    marked = ", ".join(one.violations) or "nothing" if isinstance(one, LabelRecorded) else f"skipped: {one.reason}"
    number = output.number(score)
    return one.rater, one.run_id, str(one.step), ACTION_IDS[one.step - 1], number, output.number(one.seconds), marked


async def _labels(db: str | None, rater: str | None) -> tuple[list[Done], dict[int, float]]:
    async with reading(db) as services:
        labels = [one for one in await services.labelling.labels() if rater in (None, one.rater)]
        return labels, {id(one): services.labelling.score(one) for one in labels if isinstance(one, LabelRecorded)}


@label.command()
@click.option("--format", "form", type=click.Choice(FORMATS), help="How.  [default: by the file's name, else jsonl]")
@click.option("-o", "--output", "target", required=True, type=click.Path(dir_okay=False), help="Where to; - is standard output.")
@click.option("--rater", help="One rater's only.")
@db_option
@json_option
def export(form: str | None, target: str, rater: str | None, db: str | None, as_json: bool) -> None:
    """Write labels as JSONL, CSV, or as Label Studio's tasks with annotations. With --json what was written is told as JSON."""
    if as_json and target == "-":
        raise UsageError("the labels and --json would both go to standard output", hint="give -o a file, or leave --json out")
    form = form or SUFFIXES.get(Path(target).suffix.lower(), "jsonl")
    text, count = go(_exported(db, rater, form))
    if target == "-":
        click.echo(text, nl=False)
        return
    _write(Path(target), text)
    if as_json:
        output.say_json({"written": count, "file": target, "format": form})
        return
    output.note(f"{count} {'label' if count == 1 else 'labels'} written to {target}")


async def _exported(db: str | None, rater: str | None, form: str) -> tuple[str, int]:
    from sitegen_tui.report.label_files import as_csv, jsonl
    from sitegen_tui.report.label_studio import studio

    async with reading(db) as services:
        labels = [one for one in await services.labelling.labels() if rater in (None, one.rater)]
        if form == "label-studio":
            return studio(await _tasks(services, rater, labels), labels), len(labels)
        return (jsonl if form == "jsonl" else as_csv)(labels, services.labelling.score), len(labels)


async def _tasks(services: Services, rater: str | None, labels: list[Done]) -> list[StudioTask]:
    """What was drawn and what was labelled, once each, by run and step."""
    from sitegen_tui.report.label_studio import StudioTask

    items = await services.labelling.items(rater)
    found: list[StudioTask] = []
    for run_id, step in sorted({(one.run_id, one.step) for one in (*items, *labels)}):
        action = ACTION_IDS[step - 1]
        shown = await services.labelling.shown(run_id, step)
        choices = tuple((one.key, one.violation.title) for one in await services.labelling.questions(action))
        found.append(StudioTask(run_id, step, action, shown.directive, shown.diff, choices))
    return found


def _write(path: Path, text: str) -> None:
    """All of it or nothing."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


@label.command("import")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--format", "form", type=click.Choice(FORMATS), help="How it is written.  [default: by the file's name]")
@click.option("--rater", default="", help="Who gave the labels, where the file does not say.")
@db_option
@json_option
def import_(file: str, form: str | None, rater: str, db: str | None, as_json: bool) -> None:
    """Read labels: all of a file, or nothing where something in it is wrong."""
    form = form or SUFFIXES.get(Path(file).suffix.lower())
    if form is None:
        raise UsageError(f"{file}: its name does not say how it is written", hint=f"give --format {'|'.join(FORMATS)}")
    found = _read(Path(file), form, rater)
    added = go(_added(db, found))
    if as_json:
        output.say_json({"read": len(found), "stored": added.stored, "duplicates": added.duplicates, "older": added.older})
        return
    older = f", {added.older} older than what is there" if added.older else ""
    output.say(f"{len(found)} read: {added.stored} stored, {added.duplicates} there already{older}")


def _read(path: Path, form: str, rater: str) -> list[Located]:
    from sitegen_tui.report.label_files import read_csv, read_jsonl
    from sitegen_tui.report.label_rows import LabelFileError
    from sitegen_tui.report.label_studio import read_studio

    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} is larger than {LARGEST:,} bytes", hint="import it in parts")
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LabelFileError(f"line {line}", "", "is not UTF-8") from error
    now = datetime.now(UTC)
    if form == "label-studio":
        return read_studio(text, now, rater)
    return (read_jsonl if form == "jsonl" else read_csv)(text, now)


async def _added(db: str | None, found: list[Located]) -> Added:
    from sitegen_tui.report.label_rows import LabelFileError
    from sitegen_tui.services.labelling import WrongField
    from sitegen_tui.services.root import Services

    async with await Services.open(database(db), create=False) as services:
        for where, one in found:
            try:
                await services.labelling.check(one)
            except WrongField as error:
                raise LabelFileError(where, error.field, error.message, error.hint) from error
            except SitegenError as error:
                raise LabelFileError(where, "run", error.message, error.hint) from error
        return await services.labelling.add([one for _, one in found])
