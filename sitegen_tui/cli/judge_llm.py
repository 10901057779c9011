"""LLM judges measured, and stored outputs judged again: `sitegen judge audit --llm`, `judge blindness` and `rejudge`."""

from __future__ import annotations

import sys
from contextlib import aclosing
from typing import TYPE_CHECKING

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.options import database, db_option, go, json_option
from sitegen_tui.domain.audits import GRADES, Share
from sitegen_tui.domain.judge_audits import JudgeAuditReport, JudgeAuditRow, JudgeAuditWanted
from sitegen_tui.errors import SitegenError

if TYPE_CHECKING:
    from sitegen_tui.services.blindness import Blindness
    from sitegen_tui.services.rejudging import Rejudged
    from sitegen_tui.stats.authorship import Guessing


class JudgeUnfit(SitegenError):
    """A judge has earned nothing."""


def audit_llm(db: str | None, wanted: JudgeAuditWanted, *, as_json: bool) -> None:
    """Audit an LLM judge and print what it was measured at. Raises JudgeUnfit where it has earned no id."""
    report = go(_audited(db, wanted))
    if as_json:
        output.say_json({**report.model_dump(mode="json"), "fit": list(report.fit)})
    else:
        _show(report)
    if not report.fit:
        raise JudgeUnfit(f"{report.judge} is unfit to score: {report.overall.why or 'it was fit for no id'}")


async def _audited(db: str | None, wanted: JudgeAuditWanted) -> JudgeAuditReport:
    from sitegen_tui.services.root import Services

    async with await Services.open(database(db)) as services, aclosing(services.audit_judge(wanted)) as events:
        async for event in events:
            if isinstance(event, JudgeAuditReport):
                return event
            if sys.stderr.isatty():
                said = event.outcome.unjudged or ", ".join(event.outcome.present) or "nothing found"
                output.note(f"{event.done}/{event.total}  {event.outcome.item}: {output.line(said)}")
    raise AssertionError("an audit ends with its report")


def _show(report: JudgeAuditReport) -> None:
    shown = ", ".join(f"{number} {kind}" for kind, number in report.shown.items())
    family = f" ({report.family})" if report.family else ""
    output.say(
        f"{report.judge}{family}, settings {report.settings}, rubric {report.rubric}, wording {report.wording}; "
        f"steps: {shown or 'none'}, {report.samples} samples each"
    )
    output.table(
        ("violation", "recall", "n", "95 % interval", *GRADES, "precision", "n", "false alarms", "n", "it is", "because"),
        [_cells(row) for row in (*report.rows, report.overall)],
        right=(1, 2, 4, 5, 6, 7, 8, 9, 10),
    )
    output.say(f"evidence that did not hold: {_counted(report.rejected)}")
    output.say(f"planted faults shown within five lines: {_counted(report.located)}")
    output.say(f"could not tell: {_counted(report.cannot_tell)}; verdicts that changed: {_part(report.flips)}")
    output.say(f"said nothing of: {_counted(report.unjudged)} steps")
    for reason, times in sorted(report.reasons.items(), key=lambda one: -one[1])[:5]:
        output.say(f"  {times} times: {output.line(reason)}")
    usage = report.usage
    tokens = (
        f"{words.tokens(usage.input_tokens, usage.estimated)} tokens in, {words.tokens(usage.output_tokens, usage.estimated)} out"
    )
    output.say(f"{tokens}, {words.dollars(usage.usd, usage.unpriced)}, {words.seconds(report.milliseconds)}")
    output.say(f"fit to score: {', '.join(report.fit)}" if report.fit else "unfit: it has earned no id")


def _cells(row: JudgeAuditRow) -> tuple[str, ...]:
    grades = [_value(share) if (share := row.by_grade.get(grade)) is not None else "-" for grade in GRADES]
    interval = "-" if row.recall.low is None or row.recall.high is None else f"{row.recall.low:.3f} to {row.recall.high:.3f}"
    return (
        row.violation or "all",
        *(_value(row.recall), str(row.recall.n), interval),
        *grades,
        *(_value(row.precision), str(row.precision.n), _value(row.false_alarms), str(row.false_alarms.n)),
        *(row.fitness if row.violation else "", row.why if row.violation else ""),
    )


def _value(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.3f}"


def _counted(share: Share) -> str:
    if share.value is None or share.low is None or share.high is None:
        return f"{share.hits} of {share.n}"
    return f"{share.hits} of {share.n}, {share.value:.3f} ({share.low:.3f} to {share.high:.3f})"


def _part(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f} of ids"


@click.command()
@click.argument("experiments", nargs=-1)
@db_option
@json_option
def blindness(experiments: tuple[str, ...], db: str | None, as_json: bool) -> None:
    """Whether a judge could tell models apart: a classifier guesses them from what each step added, written and blinded."""
    found = go(_measured(db, experiments))
    if as_json:
        output.say_json(
            {
                "steps": found.steps,
                "models": found.models,
                "written": {**found.written._asdict(), "above_chance": found.written.above_chance},
                "blinded": {**found.blinded._asdict(), "above_chance": found.blinded.above_chance},
            }
        )
        return
    output.say(f"{found.steps} steps by {len(found.models)} models; each guessed from the steps of other actions")
    rows = [("as written", found.written), ("blinded", found.blinded)]
    output.table(
        ("text", "guessed right", "n", "95 % interval", "chance", "reading"),
        [(name, *_guess(one)) for name, one in rows],
        right=(1, 2, 4),
    )


def _guess(one: Guessing) -> tuple[str, ...]:
    if one.accuracy is None or one.low is None or one.high is None or one.chance is None:
        return "-", str(one.n), "-", "-", "too little to guess from"
    reading = "better than chance: models can be told apart" if one.above_chance else "no better than chance"
    return f"{one.accuracy:.3f}", str(one.n), f"{one.low:.3f} to {one.high:.3f}", f"{one.chance:.3f}", reading


async def _measured(db: str | None, experiments: tuple[str, ...]) -> Blindness:
    from sitegen_tui.services.root import Services

    async with await Services.open(database(db), create=False) as services:
        return await services.blindness(experiments)


@click.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN...")
@click.option("--judges", help="static, rendered, llm:MODEL, audit:MODEL, separated by commas.  [default: those each run had]")
@db_option
@json_option
def rejudge(runs: tuple[str, ...], judges: str | None, db: str | None, as_json: bool) -> None:
    """Judge stored outputs again under today's rubric.

    The new judging counts from then on, and the one before stays in the events, shown beside it. With audit judges alone scores
    stay as they are. The exit status is 1 if a step had to be left as it was.
    """
    named = tuple(part.strip() for part in (judges or "").split(",") if part.strip())
    steps = go(_rejudged(db, runs, named))
    for step in steps:
        if as_json:
            output.say_json(_step_json(step))
    if not as_json:
        output.table(
            ("run", "step", "action", "before", "now", "LLM judges"),
            [
                (
                    one.run_id,
                    str(one.step),
                    one.action,
                    _score(one, "before"),
                    _score(one, "after"),
                    one.left or words.judges(one.llm),
                )
                for one in steps
            ],
            right=(1,),
        )
    if left := [step for step in steps if step.left]:
        raise LeftAsItWas(f"{len(left)} of {len(steps)} steps were left as they were: {left[0].left}")


class LeftAsItWas(SitegenError):
    """Some steps could not be judged again."""


def _score(step: Rejudged, side: str) -> str:
    score = step.before if side == "before" else step.after
    return "-" if score is None else words.score(score.value, score.assessed, score.full, score.layers)


def _step_json(step: Rejudged) -> dict[str, object]:
    return {
        "run": step.run_id,
        "step": step.step,
        "action": step.action,
        "before": step.before,
        "after": step.after,
        "llm": step.llm,
        "left": step.left,
    }


async def _rejudged(db: str | None, runs: tuple[str, ...], judges: tuple[str, ...]) -> list[Rejudged]:
    from sitegen_tui.services.root import Services

    async with await Services.open(database(db), create=False) as services, aclosing(services.rejudge(runs, judges)) as steps:
        return [step async for step in steps]
