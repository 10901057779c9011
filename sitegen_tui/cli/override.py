"""`sitegen override`: decisions of people on a step, which count in every view; the judges' own score stays beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import database, db_option, go, json_option, reading
from sitegen_tui.errors import UsageError

if TYPE_CHECKING:
    from sitegen_tui.domain.events import OverrideRecorded
    from sitegen_tui.domain.marks import Mark
    from sitegen_tui.services.overriding import Decided, DecisionWanted
    from sitegen_tui.store.decided import Judging


@click.command()
@click.argument("run")
@click.argument("step", type=click.IntRange(1, 16))
@click.option("--score", "value", type=float, help="What the step is worth, in points.")
@click.option("--drop", "drops", multiple=True, help="A finding that is none: its number below, or an id for all of that id.")
@click.option("--add", "adds", multiple=True, help="What was missed: ID, ID:SUBJECT, or ID@FILE:LINE with where it is.")
@click.option("--of", "of", type=click.IntRange(1, 999), default=1, help="Of how many a missed one is, where its weight is shared.")
@click.option("--agree", is_flag=True, help="The judges are right: nothing changes, and it is settled.")
@click.option("--withdraw", is_flag=True, help="Take back the newest decision that stands.")
@click.option("--author", help="Who decides.  [default: whoever labelled here last]")
@click.option("--reason", default="", help="Why.")
@db_option
@json_option
def override(
    run: str,
    step: int,
    value: float | None,
    drops: tuple[str, ...],
    adds: tuple[str, ...],
    of: int,
    agree: bool,
    withdraw: bool,
    author: str | None,
    reason: str,
    db: str | None,
    as_json: bool,
) -> None:
    """Decide on STEP of RUN. Without any option it lists findings by number, and what was decided so far.

    Decisions are appended, never changed: the newest that stands says what counts.
    """
    from sitegen_tui.services.overriding import DecisionWanted

    told = [value is not None, bool(drops or adds), agree, withdraw]
    if not any(told):
        _show(go(_judging(db, run, step)), as_json)
        return
    if sum(told) > 1:
        raise UsageError("one decision at a time", hint="--score, --agree, --withdraw, or findings with --drop and --add")
    marks = tuple(_mark(text, of) for text in adds)
    wanted = DecisionWanted(run, step, author or "", reason, value, drops, marks, 0 if withdraw else None)
    made = go(_decide(db, wanted))
    if as_json:
        output.say_json(_json(made))
        return
    judged = f" (judged {output.number(made.judged.value, 2)})" if made.judged else ""
    output.say(f"{run} step {step}: {output.number(made.before, 2)} -> {output.number(made.after, 2)}{judged}")


async def _judging(db: str | None, run: str, step: int) -> Judging:
    async with reading(db) as services:
        return await services.overriding.judging(run, step)


async def _decide(db: str | None, wanted: DecisionWanted) -> Decided:
    from dataclasses import replace

    from sitegen_tui.services.root import Services

    async with await Services.open(database(db), create=False) as services:
        if not wanted.author:
            last = next(iter(await services.labelling.raters()), None)
            if last is None:
                raise UsageError("nobody has labelled here yet", hint="say who decides with --author NAME")
            wanted = replace(wanted, author=last)
        return await services.overriding.decide(wanted)


def _mark(text: str, of: int) -> Mark:
    """`id`, `id:subject`, either with `@file:line`."""
    from pydantic import ValidationError

    from sitegen_tui.domain.marks import Lines, Mark

    name, _, place = text.partition("@")
    violation, _, subject = name.partition(":")
    try:
        places: tuple[Lines, ...] = ()
        if place:
            file, _, line = place.rpartition(":")
            places = (Lines(file=file, first=int(line), last=int(line)),)
        return Mark(violation=violation, subject=subject, places=places, of=of)
    except (ValidationError, ValueError) as error:
        raise UsageError(f"{text!r} does not say what was missed", hint="for instance html.parse-error@index.html:12") from error


def _show(judging: Judging, as_json: bool) -> None:
    if as_json:
        output.say_json(
            {
                "run": judging.run_id,
                "step": judging.step,
                "action": judging.action,
                "judged": judging.score.value if judging.score else None,
                "value": judging.value,
                "findings": [one.charge.model_dump(mode="json") for one in judging.now],
                "decisions": [_event_json(one) for one in judging.decisions],
            }
        )
        return
    judged = f", judged {output.number(judging.score.value, 2)}" if judging.score else ", not judged"
    output.say(f"{judging.run_id} step {judging.step} {judging.action}: {output.number(judging.value, 2)}{judged}")
    output.table(
        ("#", "points", "violation", "about", "where", "why not all of it"),
        [
            (
                str(number),
                f"-{one.charge.amount:.2f}",
                one.charge.finding.violation,
                output.line(one.charge.finding.subject) or "-",
                _place(one.charge.finding.evidence.file, one.charge.finding.evidence.line),
                output.line(one.charge.reason) or "-",
            )
            for number, one in enumerate(judging.now, 1)
        ],
        right=(0, 1),
    )
    for event in judging.decisions:
        output.say(f"{event.at:%Y-%m-%d %H:%M} {output.line(event.author)}: {output.line(event.reason)}")


def _place(file: str | None, line: int | None) -> str:
    return "-" if not file else output.line(file) + (f":{line}" if line else "")


def _event_json(event: OverrideRecorded) -> dict[str, object]:
    return event.model_dump(mode="json", exclude={"effect"})


def _json(made: Decided) -> dict[str, object]:
    return {
        "run": made.event.run_id,
        "step": made.event.step,
        "author": made.event.author,
        "reason": made.event.reason,
        "number": made.event.seq,
        "withdraws": made.event.withdraws,
        "judged": made.judged.value if made.judged else None,
        "before": made.before,
        "value": made.after,
        "findings": [one.charge.model_dump(mode="json") for one in made.effect.charges],
    }
