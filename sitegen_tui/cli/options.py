"""Options and openings that commands share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sitegen_tui.settings import database_path

if TYPE_CHECKING:
    from sitegen_tui.services.root import Services

Function = TypeVar("Function", bound=Callable[..., Any])
T = TypeVar("T")


def db_option(function: Function) -> Function:
    """Adds `--db`, which may stand before or after the command's name."""
    return click.option("--db", type=click.Path(), default=None, help="Database file (default runs.db; or SITEGEN_DB).")(function)


def json_option(function: Function) -> Function:
    """Adds `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(function)


def database(db: str | None) -> Path:
    """The database named by the command, by the program's own option, by the environment, or the default."""
    context = click.get_current_context(silent=True)
    program = context.find_root().params.get("db") if context is not None else None
    return database_path(db or program)


@asynccontextmanager
async def reading(db: str | None) -> AsyncGenerator[Services, None]:
    """Services that only read. Raises StoreError where there is no database."""
    from sitegen_tui.services.root import Services

    services = await Services.open(database(db), drive=False)
    try:
        yield services
    finally:
        await services.close()


def go(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's asynchronous part to its end."""
    return asyncio.run(work)
