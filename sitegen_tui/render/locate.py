"""Finds a browser of the Chromium family: named by SITEGEN_BROWSER, installed on the system, or Playwright's own.

One without a window of its own (a headless shell) comes first: it paints the same pages at three quarters of the price.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sitegen_tui.errors import RenderUnavailable

VARIABLE = "SITEGEN_BROWSER"
_SHELLS = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "brave-browser",
)
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
_TAILS = ("chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*", "chrome-win*/chrome.exe")
_SHELL_TAILS = tuple(
    f"chrome-*/{name}" for name in ("headless_shell", "chrome-headless-shell", "headless_shell.exe", "chrome-headless-shell.exe")
)
_MEND = f"install Chromium, Chrome or Edge, or run `playwright install chromium`, or name one in {VARIABLE}"


def playwright() -> Any:
    """Playwright's asynchronous interface; RenderUnavailable unless the optional packages are installed.

    It is imported by name and not typed, so that the program can be checked where the extra is not installed.
    """
    missing = [name for name in ("playwright", "PIL", "numpy") if find_spec(name) is None]
    if missing:
        raise RenderUnavailable(f"rendering needs {', '.join(missing)}", hint="install sitegen-tui[render]")
    return import_module("playwright.async_api")


def find_browser(environ: Mapping[str, str] | None = None) -> Path:
    """The browser's program; RenderUnavailable, with the mend, if there is none."""
    environ = os.environ if environ is None else environ
    named = environ.get(VARIABLE, "").strip()
    if named:
        found = shutil.which(named, path=environ.get("PATH")) or (named if Path(named).is_file() else None)
        if found is None:
            raise RenderUnavailable(f"{VARIABLE} names no program: {named}", hint=_MEND)
        return Path(found)
    for candidate in _candidates(environ):
        if candidate.is_file():
            return candidate
    raise RenderUnavailable("no browser of the Chromium family was found", hint=_MEND)


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    yield from _on_path(_SHELLS, environ)
    yield from _playwrights_own(environ, "chromium_headless_shell-*", _SHELL_TAILS)
    yield from _on_path(_NAMES, environ)
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for name in _MAC:
                yield folder / f"{name}.app" / "Contents" / "MacOS" / name
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if variable in environ:
            for tail in _WINDOWS:
                yield Path(environ[variable]) / Path(*tail.split("\\"))
    yield from _playwrights_own(environ, "chromium-*", _TAILS)


def _on_path(names: Sequence[str], environ: Mapping[str, str]) -> Iterator[Path]:
    for name in names:
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            yield Path(found)


def _playwrights_own(environ: Mapping[str, str], builds: str, tails: Sequence[str]) -> Iterator[Path]:
    """Newest first; the folders are Playwright's documented places for downloaded browsers."""
    places = {"darwin": Path("Library/Caches/ms-playwright"), "win32": Path("AppData/Local/ms-playwright")}
    chosen = environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    folder = Path(chosen) if chosen not in ("", "0") else Path.home() / places.get(sys.platform, Path(".cache/ms-playwright"))
    if not folder.is_dir():
        return
    for build in sorted(folder.glob(builds), key=lambda path: (len(path.name), path.name), reverse=True):
        for tail in tails:
            yield from sorted(build.glob(tail))
