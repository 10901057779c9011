"""`sitegen stats claims`: which figures of a published study follow from its other figures, and which do not."""

from __future__ import annotations

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import json_option
from sitegen_tui.domain.claims import Claim
from sitegen_tui.services.insights.claims import VERDICTS, audit_file


@click.command("claims")
@click.argument("file", required=False, type=click.Path())
@click.option("--steps", is_flag=True, help="Show the arithmetic of each claim.")
@json_option
def command(file: str | None, steps: bool, as_json: bool) -> None:
    """Hold the tables of FILE.yaml against one another; without a FILE, those of the published study that is shipped."""
    view = audit_file(file)
    if as_json:
        output.say_json(view)
        return
    output.say(f"{view.title}" + (f" ({view.source})" if view.source else ""))
    counts = ", ".join(f"{len(view.of(verdict))} {words(verdict, len(view.of(verdict)))}" for verdict in VERDICTS)
    output.say(f"{len(view.claims)} claims: {counts}")
    for verdict in VERDICTS:
        claims = view.of(verdict)
        if claims and steps:
            output.say(f"\n{verdict}")
            for claim in claims:
                _say_steps(claim)
        elif claims:
            output.say()
            output.table(
                ("table", "of", "claimed", "difference", "computed"),
                [_cells(claim) for claim in claims],
                right=(3,),
                title=verdict,
            )
    for note in view.notes:
        output.say(note)


def words(verdict: str, count: int) -> str:
    """A verdict after a number: `1 does not reproduce`, `3 do not reproduce`."""
    if count == 1:
        return verdict
    return {"does not reproduce": "do not reproduce", "reproduces": "reproduce"}.get(verdict, verdict)


def _cells(claim: Claim) -> tuple[str, ...]:
    difference = "-" if claim.difference is None else f"{claim.difference:+.2f}"
    return claim.section, claim.subject, claim.claimed, difference, claim.computed


def _say_steps(claim: Claim) -> None:
    output.say(f"  {claim.section}, {output.line(claim.subject)}: claimed {output.line(claim.claimed)}")
    output.say(f"    {output.line(claim.computed)}")
    if claim.method:
        output.say(f"    by: {output.line(claim.method)}")
    for step in claim.steps:
        output.say(f"      {output.line(step)}")
