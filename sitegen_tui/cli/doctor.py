"""`sitegen doctor`: what is here, what is missing, what that costs and how to mend it."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import database, db_option, json_option
from sitegen_tui.errors import ContentError, RenderUnavailable, SitegenError, StoreError, UsageError

State = Literal["ok", "missing", "broken"]

# What has to be there: without one of these the program is not installed as it should be.
_NEEDED = (
    "textual",
    "rich",
    "httpx",
    "pydantic",
    "beautifulsoup4",
    "scipy",
    "sqlite-utils",
    "pyyaml",
    "turbohtml",
    "tinycss2",
    "rapidfuzz",
    "zstandard",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, how it is, what is lost without it, and the mend."""

    name: str
    state: State
    detail: str
    cost: str = ""
    mend: str = ""


@click.command()
@db_option
@json_option
def doctor(db: str | None, as_json: bool) -> None:
    """What is installed, what is missing and what that costs. Exit status 1 if something is broken."""
    checks = (_python(), *_packages(), *_content(), _database(database(db)), _browser(), *_models(), _terminal())
    if as_json:
        output.say_json({"ok": not _broken(checks), "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            output.say(f"{check.state:8}{check.name}: {output.line(check.detail)}")
            if check.state != "ok":
                output.say(f"        {check.cost}; {check.mend}")
    if broken := _broken(checks):
        raise ContentError(f"broken: {', '.join(check.name for check in broken)}", hint="the lines above say the mend")


def _broken(checks: tuple[Check, ...]) -> list[Check]:
    return [check for check in checks if check.state == "broken"]


def _python() -> Check:
    return Check("python", "ok", sys.version.split()[0])


def _packages() -> list[Check]:
    checks: list[Check] = []
    for name in _NEEDED:
        try:
            checks.append(Check(name, "ok", version(name)))
        except PackageNotFoundError:
            mend = f"install sitegen-tui again, or {name} alone"
            checks.append(Check(name, "broken", "not installed", "the program does not work without it", mend))
    return checks


def _content() -> list[Check]:
    from sitegen_tui.content.shelf import library

    shelf = library()
    checks: list[Check] = []
    loads = (("templates", shelf.template_ids(), shelf.template), ("requirements", shelf.requirements_ids(), shelf.pack))
    for kind, names, load in loads:
        for name in names:
            try:
                load(name)
            except SitegenError as error:
                mend = error.hint or f"sitegen {kind.rstrip('s')} check {name}"
                checks.append(Check(name, "broken", error.message, "it cannot be used", mend))
        detail = ", ".join(names) or "none found"
        checks.append(
            Check(kind, "ok" if names else "broken", detail, "nothing can be run", f"make a folder {kind}/ or install again")
        )
    return checks


def _database(path: Path) -> Check:
    if not path.exists():
        return Check("database", "missing", f"{path} is not there yet", "nothing is stored yet", "the first run makes it")
    from sitegen_tui.store import Store

    try:
        with Store.open(path, create=False, read_only=True) as store:
            experiments = len(store.experiments(limit=-1))
    except StoreError as error:
        return Check("database", "broken", error.message, "nothing can be stored or looked at", error.hint)
    return Check("database", "ok", f"{path}, {path.stat().st_size / 1e6:.1f} MB, {experiments} experiments")


def _browser() -> Check:
    """Found, and started once, for a browser that is there and cannot run is no help."""
    from sitegen_tui.render.start import browser_version

    try:
        return Check("browser", "ok", browser_version())
    except RenderUnavailable as error:
        cost = "steps are judged from files alone, so scores are partial"
        return Check("browser", "missing", error.message, cost, error.hint)


def _models() -> list[Check]:
    """The models file, keys that it names, programs, and the small model; nothing is asked."""
    from sitegen_tui.providers import local, registry
    from sitegen_tui.providers.contestants import user_file

    try:
        own, infos = user_file(), registry.models()
    except UsageError as error:
        return [Check("models", "broken", error.message, "no model but the offline ones can be named", error.hint)]
    checks = [Check("models", "ok", f"{len(infos)} listed, {own or 'no file of your own'}")]
    for key in dict.fromkeys(info.key for info in infos if info.key):
        served = [info for info in infos if info.key == key]
        if any(info.reachable is False for info in served):
            some = f"{len(served)} models cannot be asked, such as {served[0].name}"
            checks.append(Check(key, "missing", "not set", some, f"set {key} in the environment or the keyring"))
        else:
            checks.append(Check(key, "ok", f"set, for {len(served)} models"))
    programs = {info.name: info.reachable is not False for info in infos if info.kind == "cli"}
    if absent := [name for name, there in programs.items() if not there]:
        detail = f"no program for {', '.join(absent)}"
        checks.append(Check("command lines", "missing", detail, "they cannot be asked", "install what you want to ask"))
    if present := [name for name, there in programs.items() if there]:
        checks.append(Check("command lines", "ok", ", ".join(present)))
    if fault := local.missing():
        checks.append(Check("local model", "missing", fault, "no real model can be asked without a network", local.MEND))
    else:
        checks.append(Check("local model", "ok", "llama.cpp and the weights of SmolLM2-135M"))
    return checks


def _terminal() -> Check:
    from sitegen_tui.cli.screen import on_terminal

    if on_terminal():
        from sitegen_tui.tui.graphics import way_of

        try:
            way = way_of(os.environ)
        except UsageError as error:
            return Check("terminal", "broken", error.message, "the TUI cannot be opened here", f"set it to {error.hint}")
        return Check("terminal", "ok", f"the TUI can be opened here, pictures by {way.words}")
    return Check("terminal", "missing", "this is none", "the TUI cannot be opened here", "run sitegen in a terminal")
