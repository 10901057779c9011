"""Gets a browser where none is: Playwright's own download first, else the system's package manager where that is allowed.

`python -m sitegen_tui.render.obtain` does it and says in one line what came of it; it never fails, for without a browser
files are judged all the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.locate import find_browser, playwright

DOWNLOAD_SECONDS = 600
INSTALL_SECONDS = 900
VARIABLE = "SITEGEN_OBTAIN_BROWSER"
"""Set to `no`, nothing is downloaded or installed."""

# Pages without any font have no text to measure, and a bare machine may have none.
_MANAGERS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("apt-get", (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium-headless-shell", "fonts-liberation"))),
    ("apt-get", (("apt-get", "install", "-y", "-qq", "chromium", "fonts-liberation"),)),
    ("dnf", (("dnf", "install", "-y", "-q", "chromium"),)),
    ("zypper", (("zypper", "--non-interactive", "--quiet", "install", "chromium"),)),
    ("apk", (("apk", "add", "--quiet", "chromium"),)),
    ("pacman", (("pacman", "-Sy", "--noconfirm", "--quiet", "chromium"),)),
    ("brew", (("brew", "install", "--quiet", "--cask", "chromium"),)),
)


def obtain() -> str:
    """Gets a browser unless there is one; a line that says which browser will judge, or why none and what that costs."""
    try:
        playwright()
    except RenderUnavailable as error:
        return f"no pages can be rendered: {error.message}; {error.hint}. Files are judged all the same, so scores are partial."
    if (found := _found()) is not None:
        return f"pages are judged with {found}"
    if os.environ.get(VARIABLE, "").lower() in ("no", "0", "never"):
        return _without(f"{VARIABLE} forbids getting one")
    tried: list[str] = []
    for what, commands, seconds in _ways():
        print(f"no browser found; trying {what} ...", file=sys.stderr, flush=True)
        failure = _run_all(commands, seconds)
        if not failure and (found := _found()) is not None:
            return f"pages are judged with {found}, obtained by {what}"
        tried.append(f"{what}: {failure or 'brought none'}")
    return _without("; ".join(tried) or "no way to get one is known here")


def _found() -> str | None:
    try:
        return str(find_browser())
    except RenderUnavailable:
        return None


def _without(why: str) -> str:
    return f"no browser ({why}). Files are judged all the same, so scores are partial; sitegen doctor says how to mend it."


def _ways() -> Iterator[tuple[str, Sequence[Sequence[str]], int]]:
    yield "Playwright's download", ([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"],), DOWNLOAD_SECONDS
    allowed = _allowed()
    for program, commands in _MANAGERS:
        if shutil.which(program) is None:
            continue
        if program == "brew":
            yield program, commands, INSTALL_SECONDS
        elif allowed is not None:
            yield program, [[*allowed, *command] for command in commands], INSTALL_SECONDS


def _allowed() -> list[str] | None:
    """What has to stand before a command that installs; None if the person has not the right to, or would be asked."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is not None and not _run_all([[sudo, "-n", "true"]], 10):
        return [sudo, "-n"]
    return None


def _run_all(commands: Sequence[Sequence[str]], seconds: int) -> str:
    """The reason why a command failed, in one line; empty if none did."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        try:
            done = subprocess.run(  # noqa: S603 -- the commands above and no others
                command,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=seconds,
                check=False,
                env=environment,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{type(error).__name__}"
        if done.returncode:
            said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
            return next((line for line in said if "rror" in line), said[-1] if said else f"status {done.returncode}")[:160]
    return ""


if __name__ == "__main__":
    print(obtain())
