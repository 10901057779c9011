"""The program `sitegen`: finds the command, loads it, and turns every ending into a message and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn, cast

import click

from sitegen_tui import __version__
from sitegen_tui.cli import output
from sitegen_tui.errors import SitegenError

INTERRUPTED = 130
WRONG_USE = 2
BROKEN = 3
"""What an unforeseen error returns: the thing asked about is neither so nor not so."""

DEBUG_VARIABLE = "SITEGEN_DEBUG"


class LazyGroup(click.Group):
    """A group whose commands are named here and loaded from their files when they are called.

    `lazy` maps a command's name to its module (in `sitegen_tui.cli`), the object there, and a line of help.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order they are given."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        if cmd_name not in self._lazy:
            return None
        module, name, _ = self._lazy[cmd_name]
        return cast(click.Command, getattr(import_module(f"sitegen_tui.cli.{module}"), name))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a mistyped one is told its neighbours."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self._lazy:
            from sitegen_tui.errors import UnknownName

            raise UnknownName("command", name, tuple(self._lazy))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in self._lazy.items()])


class Program(LazyGroup):
    """The whole program: no ending shows a traceback unless `--debug` asks for it."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run with the given arguments and leave with an exit status."""
        if not standalone_mode:
            return super().main(*args, standalone_mode=False, **extra)
        try:
            status = super().main(*args, standalone_mode=False, **extra)
        except SitegenError as error:
            _complain(error.message, error.hint)
            status = error.exit_status
        except click.Abort:
            output.note("interrupted")
            status = INTERRUPTED
        except click.ClickException as error:
            _complain(error.format_message(), _usage_hint(error))
            status = WRONG_USE
        except KeyboardInterrupt:
            output.note("interrupted")
            status = INTERRUPTED
        except Exception as error:
            if os.environ.get(DEBUG_VARIABLE):
                raise
            _complain(
                f"unforeseen: {type(error).__name__}: {error}",
                "this is a bug; sitegen --debug COMMAND shows where it happened",
            )
            status = BROKEN
        sys.exit(status if isinstance(status, int) else 0)


COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "demo": ("demo", "demo", "An offline experiment on Safari Lodge, live."),
    "run": ("run", "run", "An experiment from flags or from a file, without the TUI."),
    "resume": ("run", "resume", "Go on where runs were interrupted."),
    "fork": ("fork", "fork", "Branch off a run at any step, with another model or from gold."),
    "runs": ("look", "runs", "Experiments and runs."),
    "show": ("look", "show", "A run, or one step down to finding, line and rule."),
    "diff": ("look", "diff", "What a step changed, or how it differs from gold or another run."),
    "site": ("look", "site", "Write the site after a step to a folder."),
    "stats": ("stats", "stats", "Views over many runs: results, heatmap and more."),
    "judge": ("judge", "judge", "Judge two folders, or the judge itself: planted faults found, harmless changes free."),
    "override": ("override", "override", "Decide on a step: its score, a finding to drop or to add; with author and reason."),
    "rejudge": ("judge_llm", "rejudge", "Judge stored outputs again; the old judgement stays."),
    "label": ("label", "label", "Human labels: what waits, what there is, export and import."),
    "template": ("content", "template", "List and check templates."),
    "requirements": ("content", "requirements", "List and check requirements."),
    "models": ("models", "models", "Contestants, their prices, whether they are reachable."),
    "doctor": ("doctor", "doctor", "What is installed, what is missing and how to mend it."),
}


@click.group(
    cls=Program,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="sitegen", message="%(prog)s %(version)s")
@click.option("--db", type=click.Path(), envvar="SITEGEN_DB", help="Database file (default runs.db; or SITEGEN_DB).")
@click.option("--no-graphics", is_flag=True, help="Pictures by half blocks in any terminal (or SITEGEN_GRAPHICS=off).")
@click.option("--debug", is_flag=True, help="Show the traceback of an unforeseen error.")
@click.pass_context
def program(ctx: click.Context, db: str | None, no_graphics: bool, debug: bool) -> None:
    """The debugger for models that build websites. Without a command the TUI opens."""
    if debug:
        os.environ[DEBUG_VARIABLE] = "1"
    elif not os.environ.get(DEBUG_VARIABLE):
        import logging

        # Without any handler Python would write tracebacks of recovered errors over the screen or between the lines.
        logging.getLogger("sitegen_tui").addHandler(logging.NullHandler())
    if no_graphics:
        from sitegen_tui.settings import GRAPHICS_VARIABLE

        os.environ[GRAPHICS_VARIABLE] = "off"
    if ctx.invoked_subcommand is None:
        from sitegen_tui.cli.screen import open_screen

        open_screen(db)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The console script."""
    from sitegen_tui.settings import collect_seldom

    collect_seldom()
    program.main(list(arguments) if arguments is not None else None, prog_name="sitegen")
    raise AssertionError("a program that leaves does not return")


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.command_path} --help shows what it takes" if isinstance(context, click.Context) else ""


def _complain(message: str, hint: str) -> None:
    output.note(f"error: {message}")
    if hint:
        output.note(f"hint: {hint}")
