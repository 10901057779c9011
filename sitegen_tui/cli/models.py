"""`sitegen models`: who can be asked, at what price, and whether they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.options import db_option, json_option
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
    """Every model that can be named with -m."""
    from sitegen_tui.providers import registry

    _show(registry.models(), as_json)


@models.command()
@click.argument("names", nargs=-1)
@db_option
@json_option
def check(names: tuple[str, ...], db: str | None, as_json: bool) -> None:
    """Whether the models of these NAMES (default: all) can be asked now. Exit status 3 if one cannot."""
    from sitegen_tui.providers import registry

    found = tuple(registry.model(name) for name in names) or registry.models()
    _show(found, as_json)
    away = [info for info in found if info.reachable is False]
    if away:
        raise ProviderError(
            f"cannot be asked now: {', '.join(info.name for info in away)}",
            hint="; ".join(dict.fromkeys(info.note for info in away if info.note)),
        )


def _show(found: Sequence[ModelInfo], as_json: bool) -> None:
    if as_json:
        output.say_json({"models": list(found)})
        return
    output.table(
        ("model", "kind", "in $/M", "out $/M", "reachable", "note"),
        [
            (
                words.model_name(info.name, info.simulated),
                info.kind,
                output.number(info.price.input, 2) if info.price else "-",
                output.number(info.price.output, 2) if info.price else "-",
                {True: "yes", False: "no", None: "unknown"}[info.reachable],
                info.note,
            )
            for info in found
        ],
        right=(2, 3),
    )
