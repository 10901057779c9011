"""`sitegen stats power`: runs that a difference needs, what the runs at hand can show, and which runs to make next."""

from __future__ import annotations

import shlex
from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.statistics import PowerPlan
from sitegen_tui.services.insights.next_runs import NextBlock
from sitegen_tui.services.insights.power import PairPower, PowerView


@click.command("power")
@click.option("--difference", type=float, help="Points of a run that are to be found.  [default: 20 of 160]")
@click.option("--power", type=float, default=0.8, show_default=True, help="How probably it is to be found.")
@click.option(
    "--alpha", type=float, default=0.05, show_default=True, help="How often nothing may be taken for a difference, in all."
)
@click.option("--paired", is_flag=True, help="Plan with pairs of runs on the same sites.")
@sharing.view_options
def command(difference: float | None, power: float, alpha: float, paired: bool, **asked: Unpack[Asked]) -> None:
    """Runs that a difference needs for the spread seen, of all or of the given EXPERIMENTS, and which to make next."""
    options: dict[str, object] = {"difference": difference, "power": power, "alpha": alpha, "paired": paired}
    view = cast("PowerView", sharing.load("power", options=options, **asked))
    if asked["as_json"]:
        output.say_json(view.model_dump(mode="json"))
        return
    sharing.show_frame(view)
    if view.models:
        _show_plans(view)
        _show_looks(view)
        _show_pairs(view)
        _show_next(view)
    sharing.show_rest(view)


def _show_plans(view: PowerView) -> None:
    if view.sd is None:
        return
    spread = f"sd {view.sd:.1f}" + ("" if view.correlation is None else f", correlation of pairs {view.correlation:.2f}")
    rows: list[tuple[str, ...]] = []
    for name, plans in (("unpaired", view.unpaired_plans), ("paired", view.paired_plans)):
        if plans is not None:
            rows.append((name, _n(plans.single), _n(plans.first_step)))
    output.table(
        ("design", "one test", f"first of {view.tests} (Holm)"),
        rows,
        right=(1, 2),
        title=f"runs of each model for {view.difference:g} points at power {view.power:g}, alpha {view.alpha:g}; {spread}",
    )


def _show_looks(view: PowerView) -> None:
    if view.looks:
        at = ", ".join(f"after {look.n} where |z| > {look.z:.2f} (p < {look.p:.2g})" for look in view.looks)
        output.say(f"looks at which such an experiment may stop, planned beforehand: {at}")


def _show_pairs(view: PowerView) -> None:
    if view.pairs:
        output.table(
            (
                "model",
                "and",
                "n",
                "difference",
                "sd",
                "detectable",
                "matched",
                "correlation",
                "detectable paired",
                "needed",
                "stop at",
                "",
            ),
            [_pair(view, pair) for pair in view.pairs],
            right=(2, 3, 4, 5, 6, 7, 8, 9, 10),
            title=f"what these runs can show at power {view.power:g}, alpha {view.first_alpha:.2g} (Holm's first step), in points",
        )  # fmt: skip


def _show_next(view: PowerView) -> None:
    if not view.blocks:
        return
    output.say()
    takes = _takes(view.next_usd, view.next_unpriced, view.next_seconds)
    output.say(f"run these next: {_runs(sum(block.runs for block in view.blocks))}{takes}")
    for block in view.blocks:
        output.say(f"  for {block.why}: {_runs(block.runs)}{_takes(block.usd, block.unpriced, block.seconds)}")
        output.say(f"    {command_of(block)}")


def command_of(block: NextBlock) -> str:
    """The command that makes these runs."""
    words_ = ["sitegen", "run"]
    for model in block.models:
        words_ += ["-m", model]
    for template in block.templates:
        words_ += ["-t", template]
    for requirements in block.requirements:
        words_ += ["--requirements", requirements]
    words_ += ["--repeat", str(block.repeat), "--seed", str(block.seed), "--judges", ",".join(block.judges)]
    if block.mode != "chain":
        words_ += ["--mode", block.mode]
    if block.actions != ACTION_IDS:
        words_ += ["--actions", ",".join(block.actions)]
    return shlex.join(words_)


def _takes(usd: float | None, unpriced: int, seconds: float) -> str:
    cost = f", about {words.dollars(usd)}" if usd is not None else ", at no known price"
    lacks = f" and {_runs(unpriced)} without a price" if unpriced and usd is not None else ""
    return f"{cost}{lacks}, {words.seconds(seconds * 1000)} one after another"


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count} runs"


def _n(plan: PowerPlan) -> str:
    return str(plan.n) if plan.n is not None else plan.reason


def _stop(pair: PairPower) -> str:
    stop = pair.stopping
    return "-" if stop is None else str(stop.stopped) if stop.stopped is not None else stop.reason


def _pair(view: PowerView, pair: PairPower) -> tuple[str, ...]:
    return (
        words.model_name(pair.first, pair.first in view.simulated),
        words.model_name(pair.second, pair.second in view.simulated),
        str(pair.n),
        output.number(pair.difference),
        output.number(pair.sd),
        output.number(pair.detectable),
        str(pair.matched),
        output.number(pair.correlation, 2),
        output.number(pair.detectable_paired),
        "-" if pair.needed is None else str(pair.needed),
        _stop(pair),
        pair.reason,
    )
