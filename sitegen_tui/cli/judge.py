"""`sitegen judge`: the judge itself judged, by faults planted on purpose."""

from __future__ import annotations

import sys
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.check import check
from sitegen_tui.cli.gold import gold
from sitegen_tui.cli.judge_llm import audit_llm, blindness
from sitegen_tui.cli.options import database, db_option, go, json_option
from sitegen_tui.domain.audits import GRADES, SUITES, AuditProgress, AuditReport, AuditRow, AuditWanted, Share
from sitegen_tui.domain.judge_audits import JudgeAuditWanted
from sitegen_tui.errors import SitegenError, UsageError

if TYPE_CHECKING:
    from sitegen_tui.domain.audits import Outcome

MOST_WRONG = 20
"""Wrong outcomes listed in full; --json has all of them."""

MOST_NAMED = 12
"""Violations named in one line."""


@click.group()
def judge() -> None:
    """How far the judge can be trusted."""


@judge.command()
@click.option("--sample", type=click.IntRange(1), help="Mutants to make, as many violations as fit.  [default: all there are]")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Decides what is planted where.")
@click.option("-t", "--template", "templates", multiple=True, help="A template; may be given again.  [default: all]")
@click.option("--id", "violations", multiple=True, help="A violation; may be given again.  [default: all]")
@click.option("--grade", "grades", multiple=True, type=click.Choice(GRADES), help="How plainly faults show.  [default: all]")
@click.option("--suite", "suites", multiple=True, type=click.Choice(SUITES), help="Kind of mutants.  [default: all]")
@click.option("--llm", "llm", metavar="MODEL", help="Audit an LLM judge instead: what has it earned to score?")
@click.option("--samples", type=click.IntRange(1, 9), help="With --llm: how often it is asked about a step.  [default: 3]")
@click.option("--files-alone", is_flag=True, help="Judge without a browser, even where there is one.")
@db_option
@json_option
def audit(
    sample: int | None,
    seed: int,
    templates: tuple[str, ...],
    violations: tuple[str, ...],
    grades: tuple[str, ...],
    suites: tuple[str, ...],
    llm: str | None,
    samples: int | None,
    files_alone: bool,
    db: str | None,
    as_json: bool,
) -> None:
    """Plant faults in gold sites and count what the judge finds.

    The exit status is 1 if a fault is missed or something is charged that was not planted, with --llm if the judge earned no id.
    """
    if llm is not None:
        if grades or suites or files_alone:
            raise UsageError("--grade, --suite and --files-alone are for programs", hint="leave them out with --llm")
        wanted = {"judge": llm, "items": sample, "seed": seed, "templates": templates, "violations": violations}
        audit_llm(db, JudgeAuditWanted.model_validate(wanted | ({"samples": samples} if samples else {})), as_json=as_json)
        return
    if samples is not None:
        raise UsageError("--samples says how often an LLM judge is asked", hint="give --llm MODEL with it")
    wanted = AuditWanted.model_validate(
        {
            "sample": sample,
            "seed": seed,
            "templates": templates,
            "violations": violations,
            "grades": grades,
            "suites": suites or SUITES,
        }
    )
    report = go(_audited(db, wanted, files_alone))
    if as_json:
        output.say_json(_as_json(report))
    else:
        _show(report)
    if not report.holds:
        raise AuditFailed(f"{len(report.wrong)} of {sum(report.mutants.values())} mutants were judged wrongly")


class AuditFailed(SitegenError):
    """The judge missed a planted fault, or charged what was not planted."""


async def _audited(db: str | None, wanted: AuditWanted, files_alone: bool) -> AuditReport:
    from sitegen_tui.services.root import Services

    async with (
        await Services.open(database(db)) as services,
        aclosing(services.audit(wanted, files_alone=files_alone)) as events,
    ):
        async for event in events:
            if isinstance(event, AuditReport):
                return event
            _tell(event)
    raise AssertionError("an audit ends with its report")


def _tell(progress: AuditProgress) -> None:
    """Progress, for somebody who waits at a terminal."""
    if not sys.stderr.isatty():
        return
    outcome = progress.outcome
    wrong = "" if outcome.right else f"  {_wrong(outcome)}"
    output.note(f"{progress.done}/{progress.total}  {outcome.key}{wrong}")


def _wrong(outcome: Outcome) -> str:
    parts = [f"missed {one}" for one in outcome.missed] + [f"charged besides {one}" for one in outcome.extra]
    return ", ".join(parts)


def _show(report: AuditReport) -> None:
    counted = ", ".join(f"{number} {suite}" for suite, number in report.mutants.items())
    layers = " and ".join(report.layers)
    output.say(f"rubric {report.rubric}, {layers}, seed {report.seed}; mutants: {counted or 'none'}")
    if report.note:
        output.say(f"files alone were judged: {report.note}")
    output.table(
        ("violation", "recall", "n", "95 % interval", *GRADES, "precision", "n", "95 % interval", "extra"),
        [_cells(row) for row in (*report.rows, report.overall)],
        right=(1, 2, 4, 5, 6, 7, 8, 10),
    )
    if report.nulls.n:
        output.say(f"harmless changes charged: {report.nulls.hits} of {report.nulls.n} ({_interval(report.nulls)})")
    if report.unplanted:
        more = len(report.unplanted) - MOST_NAMED
        named = ", ".join(report.unplanted[:MOST_NAMED])
        output.say(f"not planted: {named}{f' and {more} more' if more > 0 else ''}")
    for outcome in report.wrong[:MOST_WRONG]:
        output.say(f"{_wrong(outcome)}: {outcome.key} at {', '.join(outcome.places) or 'the reply'}")
    if len(report.wrong) > MOST_WRONG:
        output.say(f"... and {len(report.wrong) - MOST_WRONG} more; --json lists all")


def _cells(row: AuditRow) -> tuple[str, ...]:
    grades = [_share(share) if (share := row.by_grade.get(grade)) is not None else "-" for grade in GRADES]
    extra = str(row.precision.n - row.precision.hits)
    return (
        row.violation or "all",
        *(_share(row.recall), str(row.recall.n), _interval(row.recall)),
        *grades,
        *(_share(row.precision), str(row.precision.n), _interval(row.precision)),
        extra,
    )


def _share(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.3f}"


def _interval(share: Share) -> str:
    return "-" if share.low is None or share.high is None else f"{share.low:.3f} to {share.high:.3f}"


def _as_json(report: AuditReport) -> dict[str, object]:
    """The report with the two numbers that the contract names, and each mutant's key as one word."""
    document = cast("dict[str, object]", report.model_dump(mode="json"))
    wrong = [{**one.model_dump(mode="json"), "key": str(one.key)} for one in report.wrong]
    return {**document, "recall": report.overall.recall.value, "precision": report.overall.precision.value, "wrong": wrong}


judge.add_command(check)
judge.add_command(blindness)
judge.add_command(gold)
