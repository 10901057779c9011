"""`sitegen stats agreement`: raters and judges in pairs, on scores and id by id."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.agreement import Agreement
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.insights.agreement import AgreementView, FamilyRow, PairAgreement


@click.command("agreement")
@click.option("--pair", "names", nargs=2, help="Two raters, whose ids are listed.  [default: the first pair]")
@sharing.view_options
def command(names: tuple[str, str] | None, **asked: Unpack[Asked]) -> None:
    """How far people agree with one another (the ceiling), with each judge, and judges with one another."""
    view = cast("AgreementView", sharing.load("agreement", **asked))
    chosen = _chosen(view, names)
    if asked["as_json"]:
        output.say_json(view)
        return
    sharing.show_frame(view)
    if chosen is None:
        output.say("nobody has labelled a step here yet; sitegen label queue draws some, and key l on Home shows them")
        sharing.show_rest(view)
        return
    output.table(
        ("pair", "of", "n", "severity kappa", "ICC(2,1)", "alpha", "first - second, points", "limits of agreement"),
        [_cells(pair) for pair in view.pairs],
        right=(2,),
        title="score: each with its 95 % interval and how the literature reads it",
    )
    if view.everyone is not None:
        output.say(f"all people together: alpha {figure(view.everyone)}")
    output.table(
        ("id", "n", "both", "first only", "second only", "neither", "agree", "kappa", "AC1", "present"),
        [
            (
                one.violation,
                str(one.n),
                str(len(one.both)),
                str(len(one.first_only)),
                str(len(one.second_only)),
                str(one.neither),
                share(one.percent.estimate),
                figure(one.kappa),
                figure(one.ac1),
                "-" if one.percent.prevalence is None else f"{100 * one.percent.prevalence:.1f} %",
            )
            for one in chosen.ids
        ],
        right=(1, 2, 3, 4, 5, 9),
        title=f"{chosen.first} (first) and {chosen.second} (second), {chosen.relation}, {len(chosen.steps)} steps",
    )
    if chosen.silent:
        output.say(f"{chosen.silent} more ids were asked of both and seen by neither")
    if view.families:
        output.table(
            ("family of judges", "judges", "own runs", "other runs", "points a step more for its own", ""),
            [_family_cells(one) for one in view.families],
            right=(2, 3),
            title="family by judge: beside judges of other families on the same steps",
        )
    sharing.show_rest(view)


def _chosen(view: AgreementView, names: tuple[str, str] | None) -> PairAgreement | None:
    if names is None:
        return view.pairs[0] if view.pairs else None
    found = next((pair for pair in view.pairs if {pair.first, pair.second} == set(names)), None)
    if found is None:
        raise UnknownName("pair", " and ".join(names), tuple(f"{pair.first} and {pair.second}" for pair in view.pairs))
    return found


def _family_cells(one: FamilyRow) -> tuple[str, ...]:
    judges, points = ", ".join(one.judges), interval(one.estimate, 2, signed=True)
    return one.family, judges, str(one.own_runs), str(one.other_runs), points, one.reading


def _cells(pair: PairAgreement) -> tuple[str, ...]:
    bland = pair.bland
    bias, lower, upper = bland.bias, bland.lower.value, bland.upper.value
    limits = bland.reason if lower is None or upper is None else f"{lower:+.2f} to {upper:+.2f}"
    return (
        f"{pair.first} and {pair.second}",
        pair.relation.replace("×", "x"),
        str(len(pair.steps)),
        figure(pair.severity),
        figure(pair.icc),
        figure(pair.alpha),
        interval(bias, 2, signed=True),
        limits,
    )


def figure(found: Agreement) -> str:
    """`0.62 [0.41, 0.83] substantial`."""
    return " ".join(part for part in (interval(found.estimate, 2), found.reading) if part)


def interval(found: Estimate, places: int, *, signed: bool = False) -> str:
    """A value with its interval, or why there is none."""
    if found.value is None:
        return found.reason or "-"
    form = f"{'+' if signed else ''}.{places}f"
    if found.low is None or found.high is None:
        return f"{found.value:{form}} {found.reason}".rstrip()
    return f"{found.value:{form}} [{found.low:{form}}, {found.high:{form}}]"


def share(found: Estimate) -> str:
    """A share in per cent with its interval."""
    if found.value is None or found.low is None or found.high is None:
        return found.reason or "-"
    return f"{100 * found.value:.0f} % [{100 * found.low:.0f}, {100 * found.high:.0f}]"
