"""What the commands of `sitegen stats` share: what they take, how they read, and what stands above and below their tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict, TypeVar, Unpack

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import db_option, go, json_option, reading
from sitegen_tui.domain.insights import Frame, Scope, View
from sitegen_tui.errors import UsageError
from sitegen_tui.services.insights.guard import again, left_out, settings, words

Function = TypeVar("Function", bound=Callable[..., Any])


class Asked(TypedDict):
    """What every command of `sitegen stats` is asked."""

    experiments: tuple[str, ...]
    models: tuple[str, ...]
    templates: tuple[str, ...]
    actions: tuple[str, ...]
    group: int
    db: str | None
    as_json: bool


def view_options(function: Function) -> Function:
    """Adds EXPERIMENTS, what narrows them, the number of a comparable group, `--db` and `--json`: a command's `Asked`."""
    for option in (
        json_option,
        db_option,
        click.option("--group", type=click.IntRange(1), default=1, help="The first, second ... group of comparable runs."),
        click.option("--action", "actions", multiple=True, help="Only this action; may be repeated."),
        click.option("-t", "--template", "templates", multiple=True, help="Only this template; may be repeated."),
        click.option("-m", "--model", "models", multiple=True, help="Only this model; may be repeated."),
        click.argument("experiments", nargs=-1),
    ):
        function = option(function)
    return function


def scope_of(asked: Asked) -> Scope:
    """What is asked about; the guard chooses the conditions."""
    return Scope(experiments=asked["experiments"], models=asked["models"], templates=asked["templates"], actions=asked["actions"])


def load(name: str, *, options: dict[str, object] | None = None, **asked: Unpack[Asked]) -> View:
    """A view under the conditions that are asked for. Raises UnknownName, StoreError, or UsageError for no such group."""
    return go(_load(name, options or {}, asked))


def load_all(name: str, *, options: dict[str, object] | None = None, **asked: Unpack[Asked]) -> tuple[View, ...]:
    """A view under each of the conditions in the scope, the one that is asked for first."""
    return go(_load_all(name, options or {}, asked))


def show_frame(view: Frame) -> None:
    """What the tables below are about; says so where there is nothing."""
    if view.conditions is None:
        output.say("no run has begun yet")
    else:
        output.say(words(view.conditions))


def show_rest(view: View) -> None:
    """What has to be known besides: notes, and the runs that are left out."""
    for note in view.notes:
        output.say(note)
    if view.apart:
        output.say(settings(view))
    for place, group in enumerate(view.groups, 1):
        one = left_out(view.conditions, group) if view.conditions else ""
        if group.conditions != view.conditions and one in view.left_out:
            output.say(f"left out: {one} (--group {place})")
    if view.repeated:
        output.say(f"left out: {again(view.repeated)}")


async def _load(name: str, options: dict[str, object], asked: Asked) -> View:
    async with reading(asked["db"]) as services:
        view = await services.insight(name, scope_of(asked), **options)
        if asked["group"] == 1:
            return view
        if asked["group"] > len(view.groups):
            raise UsageError(f"there are {len(view.groups)} groups of comparable runs", hint="leave --group out to see the largest")
        conditions = view.groups[asked["group"] - 1].conditions
        return await services.insight(name, view.scope.model_copy(update={"conditions": conditions}), **options)


async def _load_all(name: str, options: dict[str, object], asked: Asked) -> tuple[View, ...]:
    first = await _load(name, options, asked)
    async with reading(asked["db"]) as services:
        others = [group.conditions for group in first.groups if group.conditions != first.conditions]
        scopes = [first.scope.model_copy(update={"conditions": one}) for one in others]
        return (first, *[await services.insight(name, scope, **options) for scope in scopes])
