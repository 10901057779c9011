"""`sitegen models`: who can be asked, at what price, and whether they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.options import database, db_option, go, json_option
from sitegen_tui.errors import ProviderError

if TYPE_CHECKING:
    from sitegen_tui.domain.models import ModelInfo


@click.group()
def models() -> None:
    """Contestants. Simulated ones make up their replies here and are shown as simulated everywhere."""


@models.command("list")
@db_option
@json_option
def list_models(db: str | None, as_json: bool) -> None:
    """Every model that has an entry; nothing is asked.

    Others can be named too: openrouter/MAKER/MODEL, openai/MODEL@BASE-URL and replay/RUN.
    """
    from sitegen_tui.providers import registry

    _show(registry.models(), as_json)


@models.command()
@click.argument("names", nargs=-1)
@db_option
@json_option
def check(names: tuple[str, ...], db: str | None, as_json: bool) -> None:
    """Ask the services, servers and programs of these NAMES (default: all listed) whether a run could begin now.

    No model is asked anything, so it costs nothing. Exit status 3 if one cannot be asked.
    """
    from sitegen_tui.providers import registry

    found = go(_checked(tuple(registry.model(name) for name in names) or registry.models(), db))
    _show(found, as_json)
    away = [info for info in found if info.reachable is False]
    if away:
        raise ProviderError(
            f"cannot be asked now: {', '.join(info.name for info in away)}",
            hint="; ".join(dict.fromkeys(info.note for info in away if info.note)),
        )


async def _checked(infos: Sequence[ModelInfo], db: str | None) -> tuple[ModelInfo, ...]:
    from sitegen_tui.domain.models import REPLAY
    from sitegen_tui.providers import registry
    from sitegen_tui.providers.reach import reached

    played = [info.name for info in infos if info.kind == "replay"]
    if played:
        from sitegen_tui.services.replays import recorded_plan

        plans = {name: recorded_plan(database(db), name) for name in played}
        notes = {name: f"replay of {plan.model}, run {name.removeprefix(REPLAY)}" for name, plan in plans.items()}
        infos = [
            info.model_copy(update={"reachable": True, "note": notes[info.name], "simulated": plans[info.name].simulated})
            if info.name in plans
            else info
            for info in infos
        ]
    try:
        return await reached(infos)
    finally:
        await registry.close()


def _show(found: Sequence[ModelInfo], as_json: bool) -> None:
    if as_json:
        output.say_json({"models": list(found)})
        return
    output.table(
        ("model", "alias", "kind", "in $/M", "out $/M", "as of", "context", "reachable", "note"),
        [
            (
                words.model_name(info.name, info.simulated),
                info.alias or "-",
                info.kind,
                output.number(info.price.input, 2) if info.price else "-",
                output.number(info.price.output, 2) if info.price else "-",
                str(info.price.as_of) if info.price and info.price.as_of else "-",
                f"{info.context:,}" if info.context else "-",
                {True: "yes", False: "no", None: "unknown"}[info.reachable],
                info.note,
            )
            for info in found
        ],
        right=(3, 4, 6),
    )
