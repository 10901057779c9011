"""`sitegen fork`: a run that branches off another one before one of its steps, with another model or from gold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import database, db_option, go, json_option

if TYPE_CHECKING:
    from sitegen_tui.services.forks import ForkWanted


@click.command()
@click.argument("run")
@click.argument("step", type=click.IntRange(1, 16))
@click.option("-m", "--model", "models", multiple=True, help="Who goes on; may be given again.  [default: the same model]")
@click.option("--from-gold", "gold", is_flag=True, help="Begin with the reference's site instead of the run's own.")
@click.option("--repeat", type=click.IntRange(1, 1000), default=1, show_default=True, help="Runs of each model.")
@click.option("--judges", help="static, rendered, separated by commas.  [default: those of RUN]")
@click.option("--seed", type=click.IntRange(0), help="Decides all that is random.  [default: that of RUN]")
@click.option("--jobs", type=click.IntRange(1, 64), help="Runs at a time.  [default: 4]")
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="US dollars that may be spent.")
@click.option("--pace", type=click.FloatRange(0, min_open=True), help="Tokens a second of offline models.  [default: that of RUN]")
@click.option("--name", help="What the new experiment is called.")
@db_option
@json_option
def fork(run: str, step: int, db: str | None, as_json: bool, **flags: Any) -> None:
    """Make STEP and all later steps of RUN again in a new experiment, beginning with the site that RUN had before STEP.

    A fork is shown as one and never put together with runs that began at the beginning. `sitegen resume` goes on with it.
    """
    from sitegen_tui.services.forks import ForkWanted

    given = {name: value for name, value in flags.items() if value is not None}
    if "judges" in given:
        given["judges"] = tuple(part.strip() for part in str(given["judges"]).split(",") if part.strip())
    go(_fork(db, ForkWanted.model_validate({"run_id": run, "step": step, **given}), as_json))


async def _fork(db: str | None, wanted: ForkWanted, as_json: bool) -> None:
    from sitegen_tui.cli.run import follow
    from sitegen_tui.services.root import Services

    async with await Services.open(database(db), create=False) as services:
        plan = await services.plan_fork(wanted)
        events = services.subscribe()
        experiment_id = await services.start(plan)
        if not as_json:
            count = len(plan.models) * plan.repeats
            runs = "1 run" if count == 1 else f"{count} runs"
            output.note(f"experiment {experiment_id}: {plan.name}, {runs} of {len(plan.actions)} actions")
        await follow(services, events, (experiment_id,), as_json=as_json)
