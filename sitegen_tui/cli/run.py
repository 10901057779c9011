"""`sitegen run` and `sitegen resume`: experiments without the TUI, told as progress or as a stream of events."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.options import database, db_option, go, json_option
from sitegen_tui.errors import BudgetSpent, Interrupted, ProviderError, UsageError

if TYPE_CHECKING:
    from sitegen_tui.domain.events import Event
    from sitegen_tui.services.hub import Subscription
    from sitegen_tui.services.plans import Wanted
    from sitegen_tui.services.root import Services


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[EXPERIMENT.yaml]")
@click.option("-m", "--model", "models", multiple=True, help="A model; may be given again.")
@click.option("-t", "--template", "templates", multiple=True, help="A template; may be given again.")
@click.option("--requirements", multiple=True, help="Requirements; default: the first written for each template.")
@click.option("--repeat", type=click.IntRange(1, 1000), help="Runs of each model on each pairing.  [default: 1]")
@click.option("--mode", type=click.Choice(["chain", "isolated"]), help="What a step starts from.  [default: chain]")
@click.option("--actions", help="Ids, numbers or ranges, separated by commas: 1-3,update-contact.  [default: all]")
@click.option("--jobs", type=click.IntRange(1, 64), help="Runs at a time.  [default: 4]")
@click.option("--judges", help="static, rendered, llm:MODEL, separated by commas.  [default: both programs]")
@click.option("--seed", type=click.IntRange(0), help="Decides all that is random.  [default: 0]")
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="US dollars that may be spent.")
@click.option("--executor", help="local.  [default: local]")
@click.option("--pace", type=click.FloatRange(0, min_open=True), help="Tokens a second of offline models.")
@click.option("--speed", type=click.FloatRange(0, min_open=True), help="Times as fast as recorded, of replays.  [default: at once]")
@click.option("--name", help="What the experiment is called.")
@db_option
@json_option
def run(file: Path | None, db: str | None, as_json: bool, **flags: Any) -> None:
    """Run an experiment: every model on every template. Flags go before what the file says.

    With --json each event is printed as one object on a line as soon as it is stored.
    """
    from sitegen_tui.services.plans import Wanted, read_wanted

    go(run_wanted(db, _merged(read_wanted(file) if file else Wanted(), flags), as_json))


@click.command()
@click.argument("experiment", required=False)
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="US dollars that EXPERIMENT may cost from now on, in all.")
@db_option
@json_option
def resume(experiment: str | None, budget: float | None, db: str | None, as_json: bool) -> None:
    """Go on with interrupted runs, of all experiments or of one, at the step that was in flight.

    Runs that another living process drives are left alone.
    """
    if budget is not None and experiment is None:
        raise UsageError("a budget is one experiment's", hint="sitegen resume EXPERIMENT --budget USD")
    go(_resume(db, experiment, budget, as_json))


def _merged(wanted: Wanted, flags: dict[str, Any]) -> Wanted:
    from sitegen_tui.services.plans import Wanted

    given = {name: value for name, value in flags.items() if value not in (None, ())}
    for name in ("actions", "judges"):
        if name in given:
            given[name] = tuple(part.strip() for part in str(given[name]).split(",") if part.strip())
    return Wanted.model_validate({**wanted.model_dump(), **given})


async def run_wanted(db: str | None, wanted: Wanted, as_json: bool) -> None:
    """Run an experiment and print what happens. Raises before the database is touched for what cannot be run."""
    from sitegen_tui.content.shelf import library
    from sitegen_tui.providers import registry
    from sitegen_tui.services.eyes import rendering_fault
    from sitegen_tui.services.judges import earned_at
    from sitegen_tui.services.plans import make_plan
    from sitegen_tui.services.replays import recorded_plan
    from sitegen_tui.services.root import Services

    path = database(db)
    plan = make_plan(wanted, library(), registry.model, rendering_fault, lambda name: recorded_plan(path, name), earned_at(path))
    if not wanted.judges and (fault := rendering_fault()):
        output.note(f"judging files alone, so scores are partial: {fault}")
    async with await Services.open(path) as services:
        events = services.subscribe()
        experiment_id = await services.start(plan)
        if not as_json:
            count = len(plan.models) * len(plan.pairings) * plan.repeats
            output.note(f"experiment {experiment_id}: {plan.name}, {count} runs of {len(plan.actions)} actions")
        await follow(services, events, (experiment_id,), as_json=as_json)


async def _resume(db: str | None, experiment: str | None, budget: float | None, as_json: bool) -> None:
    from sitegen_tui.services.root import Services

    async with await Services.open(database(db), create=False) as services:
        events = services.subscribe()
        experiment_ids = await services.resume(experiment, budget)
        if not experiment_ids:
            output.note("nothing to resume: every run is over, or another process drives it")
            return
        if not as_json:
            output.note(f"going on with {', '.join(experiment_ids)}")
        await follow(services, events, experiment_ids, as_json=as_json)


async def follow(services: Services, events: Subscription, experiment_ids: Sequence[str], *, as_json: bool) -> None:
    """Print what happens until the experiments are over. Raises Interrupted after Ctrl+C, with everything stored."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    printing = asyncio.create_task(_print(events, as_json=as_json))
    over = asyncio.create_task(_all_over(services, experiment_ids))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([over, stopping, printing], return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            output.note("stopping after what is being stored ...")
            # A second Ctrl+C ends the program where it stands; the database stays whole even so.
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)
        if not over.done():
            await services.interrupt()
        events.close()
        await printing
        await over
    finally:
        stopping.cancel()
    if stop.is_set():
        names = " ".join(experiment_ids) if len(experiment_ids) == 1 else ""
        raise Interrupted("interrupted; everything so far is stored", hint=f"sitegen resume {names}".strip() + " goes on")
    await _conclude(services, experiment_ids, as_json=as_json)


async def _all_over(services: Services, experiment_ids: Sequence[str]) -> None:
    for experiment_id in experiment_ids:
        await services.wait(experiment_id)


async def _print(events: Subscription, *, as_json: bool) -> None:
    from sitegen_tui.domain.events import EVENT

    waits = Waits()
    async for event in events:
        if as_json:
            output.say_json(EVENT.dump_python(event, mode="json"))
        elif line := waits.line(event) or progress(event):
            output.note(line)


class Waits:
    """What steps wait for, each reason once until it is over, however many runs it holds up."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def line(self, event: Event) -> str:
        """A line where an event tells of something new to wait for, else nothing."""
        from sitegen_tui.domain.events import StepWaiting
        from sitegen_tui.services.views import waiting_of

        if not isinstance(event, StepWaiting):
            return ""
        waiting = waiting_of(event)
        if waiting is None:
            self._told = {told for told in self._told if told[0] != event.lane}
            return ""
        if (event.lane, event.reason) in self._told:
            return ""
        self._told.add((event.lane, event.reason))
        return f"{event.run_id}  {event.step:2} {output.line(waiting.words(event.at))}"


def progress(event: Event) -> str:
    """A line about an event for a person, empty for those that say little."""
    from sitegen_tui.domain.events import RunFinished, RunStarted, StepFailed, StepScored

    match event:
        case RunStarted():
            name = words.model_name(event.plan.model, event.plan.simulated)
            goes_on = f", going on at step {event.resumed_at}" if event.resumed_at else ""
            forked = f", {event.plan.fork.words}" if event.plan.fork else ""
            return f"{event.run_id}  {name} on {event.plan.pairing.template}{forked}{goes_on}"
        case StepScored():
            score = event.score
            points = words.score(score.value, score.assessed, score.full, score.layers)
            return f"{event.run_id}  {event.step:2} {event.action}: {points}, {words.seconds(event.model_ms)}"
        case StepFailed():
            return f"{event.run_id}  {event.step:2} {event.action}: unscored: {output.line(event.reason)}"
        case RunFinished():
            return f"{event.run_id}  {event.state}" + (f": {output.line(event.reason)}" if event.reason else "")
        case _:
            return ""


async def _conclude(services: Services, experiment_ids: Sequence[str], *, as_json: bool) -> None:
    """The results table for a person; an error where runs could not be completed.

    It is an outside fault unless all of them were stopped by the budget: trying again would not help then.
    """
    from sitegen_tui.engine.budget import dollars

    rows = [row for name in experiment_ids for row in await services.runs(name)]
    budgets = [budget for name in experiment_ids if (budget := services.budget(name)) is not None]
    if not as_json:
        from sitegen_tui.cli.stats.table import results_of, show_results

        show_results(await results_of(services, experiment_ids))
        for budget in budgets:
            output.note(f"{dollars(budget.spent)} of the budget of {dollars(budget.limit)} spent")
    broken = [row for row in rows if not row.complete]
    if broken:
        left_out = f"{len(broken)} of {len(rows)} runs are not complete"
        if all("the budget of" in row.reason for row in broken) and any(budget.refused for budget in budgets):
            raise BudgetSpent(
                f"{left_out}: {broken[0].reason}", hint=f"sitegen resume {broken[0].experiment_id} --budget USD goes on"
            )
        reasons = "; ".join(dict.fromkeys(f"{row.run_id}: {row.reason or row.state.value}" for row in broken[:5]))
        raise ProviderError(
            f"{left_out}: {reasons}",
            hint="sitegen show RUN has the reasons; sitegen resume tries again",
        )
