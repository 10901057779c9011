"""`sitegen judge gold`: that the reference earns everything on a template and doing nothing next to nothing."""

from __future__ import annotations

import sys
from contextlib import aclosing
from typing import cast

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import db_option, go, json_option
from sitegen_tui.domain.proofs import IDLE_MOST, GoldFinding, PairProof, ProofReport, ProofWanted
from sitegen_tui.errors import SitegenError

MOST_FINDINGS = 40
"""Findings of one pair that are listed; --json has all of them."""


@click.command()
@click.option("-t", "--template", "templates", multiple=True, help="A template; may be given again.  [default: all]")
@click.option("--requirements", multiple=True, help="A brief; may be given again.  [default: those of the templates]")
@click.option("--renders", type=click.IntRange(1, 20), default=3, show_default=True, help="Looks at each gold site.")
@click.option("--files-alone", is_flag=True, help="Judge without a browser, even where there is one.")
@db_option
@json_option
def gold(
    templates: tuple[str, ...], requirements: tuple[str, ...], renders: int, files_alone: bool, db: str | None, as_json: bool
) -> None:
    """Judge the reference editor, and a run that changes nothing, on templates with their briefs.

    The reference must earn every point without a finding, a reply that changes nothing 0 to 2 points in every action. The exit
    status is 1 if a pair does not hold. Nothing is stored. Both --template and --requirements try each with each.
    """
    report = go(_proven(ProofWanted(templates=templates, requirements=requirements, renders=renders), files_alone))
    if as_json:
        output.say_json(_as_json(report))
    else:
        _show(report)
    if not report.holds:
        wrong = sum(1 for pair in report.pairs if not pair.holds)
        raise GoldFailed(f"{wrong} of {len(report.pairs)} pairs do not hold")
    if not report.pairs:
        raise GoldFailed("there is no pair of a template and a brief to judge")


class GoldFailed(SitegenError):
    """The reference was charged something on a template, or doing nothing earned more than it may."""


async def _proven(wanted: ProofWanted, files_alone: bool) -> ProofReport:
    import os

    from sitegen_tui.content.shelf import library
    from sitegen_tui.engine.pool import ProcessPool
    from sitegen_tui.services.eyes import SiteEyes, rendering_fault
    from sitegen_tui.services.proving import prove

    note = "asked for" if files_alone else rendering_fault()
    eyes, workers = SiteEyes(), ProcessPool(min(4, os.cpu_count() or 1), roots=library().roots)
    try:
        async with aclosing(prove(wanted, workers, None if note else eyes, note=note)) as events:
            async for event in events:
                if isinstance(event, ProofReport):
                    return event
                if sys.stderr.isatty():
                    output.note(f"{_pair(event)}  {'holds' if event.holds else 'does not hold'}  {event.seconds:.0f} s")
    finally:
        await eyes.close()
        await workers.close()
    raise AssertionError("a proof ends with its report")


def _show(report: ProofReport) -> None:
    looks = f"{report.renders} looks at each site" if report.renders else f"files alone were judged: {report.note}"
    output.say(f"rubric {report.rubric}, {' and '.join(report.layers)}; {looks}")
    output.table(
        ("template", "requirements", "tier", "gold", "of", "findings", "no-op mean", "worst", "in", "seconds"),
        [_cells(pair) for pair in report.pairs],
        right=(2, 3, 4, 5, 6, 7, 9),
    )
    for pair in report.pairs:
        if pair.error:
            output.say(f"{_pair(pair)}: {pair.error}")
        for found in pair.findings[:MOST_FINDINGS]:
            output.say(f"{_pair(pair)}: {_finding(found, max(1, report.renders))}")
        if len(pair.findings) > MOST_FINDINGS:
            output.say(f"{_pair(pair)}: ... and {len(pair.findings) - MOST_FINDINGS} more; --json lists all")
        for score in pair.idle:
            if not score.sound:
                output.say(
                    f"{_pair(pair)}: {score.action} left as it is ({score.left}) earns {score.value:g}, not 0 to {IDLE_MOST:g}"
                )


def _cells(pair: PairProof) -> tuple[str, ...]:
    worst = pair.worst
    return (
        pair.pairing.template,
        pair.pairing.requirements,
        str(pair.tier or "-"),
        *((f"{pair.gold:g}", f"{pair.assessed:g}", str(len(pair.findings))) if not pair.error else ("-", "-", "-")),
        output.number(pair.mean, 2),
        output.number(worst.value if worst else None, 2),
        f"{worst.action} ({worst.left})" if worst else "-",
        f"{pair.seconds:.1f}",
    )


def _finding(found: GoldFinding, renders: int) -> str:
    """`action: points violation [subject] at file:line: message (measured M, expected E) in N of M looks`, what there is of it."""
    finding = found.finding
    evidence = finding.evidence
    place = f" at {evidence.file}:{evidence.line}" if evidence.line else f" in {evidence.file}" if evidence.file else ""
    facts = [f"{name} {text}" for name, text in (("measured", evidence.measured), ("expected", evidence.expected)) if text]
    said = f"{found.action}: {found.amount:g} {finding.violation} [{finding.subject}]{place}: {finding.message}"
    quote = f" | {evidence.quote}" if evidence.quote else ""
    often = "" if found.times >= renders else f" in {found.times} of {renders} looks"
    return said + (f" ({', '.join(facts)})" if facts else "") + quote + often


def _pair(pair: PairProof) -> str:
    return f"{pair.pairing.template}/{pair.pairing.requirements}"


def _as_json(report: ProofReport) -> dict[str, object]:
    document = cast("dict[str, object]", report.model_dump(mode="json"))
    pairs = [
        {**pair.model_dump(mode="json"), "holds": pair.holds, "idle_mean": pair.mean, "idle_worst": _worst(pair)}
        for pair in report.pairs
    ]
    return {**document, "holds": report.holds, "pairs": pairs}


def _worst(pair: PairProof) -> dict[str, object] | None:
    return pair.worst.model_dump(mode="json") if pair.worst else None
