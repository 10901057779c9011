"""`sitegen stats`: every view over many runs, one file a command, named by the registry of views."""

from __future__ import annotations

import click

from sitegen_tui.cli.main import LazyGroup
from sitegen_tui.services.insights import INSIGHTS


@click.group(
    cls=LazyGroup,
    lazy={one.name: (f"stats.{one.module}", "command", one.question) for one in INSIGHTS},
)
def stats() -> None:
    """Numbers over many runs. Only runs under the same conditions are put together; what is left out is said."""
