"""`sitegen judge check`: what the judge says of two folders that no run made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.options import db_option, go, json_option
from sitegen_tui.errors import ContentError

if TYPE_CHECKING:
    from sitegen_tui.domain.findings import Judgement


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--action", required=True, help="The action that was to turn BEFORE into AFTER: an id or a number.")
@click.option("--requirements", required=True, help="The business's requirements.")
@click.option("--template", help="The template the site began as.  [default: the one the requirements are written for]")
@click.option("--judges", help="static, rendered, separated by commas.  [default: both where there is a browser]")
@click.option("--at-least", type=float, help="Exit with status 1 when the score is lower than this.")
@db_option
@json_option
def check(
    before: Path,
    after: Path,
    action: str,
    requirements: str,
    template: str | None,
    judges: str | None,
    at_least: float | None,
    db: str | None,
    as_json: bool,
) -> None:
    """Judge the step from folder BEFORE to folder AFTER, each a whole site with its index.html. Nothing is stored."""
    from sitegen_tui.content.shelf import library
    from sitegen_tui.domain.runs import Pairing
    from sitegen_tui.errors import UsageError
    from sitegen_tui.services.checking import check_folders
    from sitegen_tui.services.eyes import rendering_fault
    from sitegen_tui.services.plans import read_actions, read_layers

    actions = read_actions((action,))
    if len(actions) != 1:
        raise UsageError(f"{action!r} names {len(actions)} actions", hint="give one: its id or its number")
    pack = library().pack(requirements)
    pairing = Pairing(template=template or pack.requirements.template, requirements=requirements)
    library().template(pairing.template)
    named = tuple(part.strip() for part in (judges or "").split(",") if part.strip())
    layers = read_layers(named, rendering_fault)
    if not named and (fault := rendering_fault()):
        output.note(f"judging files alone, so the score is partial: {fault}")
    judgement = go(check_folders(before, after, actions[0], pairing, layers))
    _say(judgement, actions[0], as_json=as_json)
    if at_least is not None and judgement.score.value < at_least:
        raise ContentError(f"the score is {judgement.score.value:g}, lower than {at_least:g}")


def _say(judgement: Judgement, action: str, *, as_json: bool) -> None:
    from sitegen_tui.cli.show import charge_json, say_charge
    from sitegen_tui.judge.catalogue import catalogue

    rubric, score = catalogue(), judgement.score
    if as_json:
        charges = [charge_json(charge, rubric) for charge in judgement.charges]
        output.say_json({"action": action, "score": score, "findings": charges, "not_assessed": judgement.not_assessed})
        return
    output.say(f"{action}: {words.score(score.value, score.assessed, score.full, score.layers)}  (rubric {score.rubric})")
    for charge in judgement.charges:
        say_charge(charge, rubric.by_id.get(charge.finding.violation))
    if not judgement.charges:
        output.say("no finding")
    if judgement.not_assessed:
        output.say(f"not assessed, since no judge at hand can see it: {', '.join(judgement.not_assessed)}")
