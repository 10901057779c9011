"""A folder read whole into memory, within limits and without ever leaving it."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from sitegen_tui.content.findings import LintFinding

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_SITE_BYTES = 5 * 1024 * 1024
MAX_FILES = 500


def read_tree(folder: Path, *, leave_out: Collection[str] = ()) -> tuple[dict[str, bytes], tuple[LintFinding, ...]]:
    """Every file below `folder` by its path with forward slashes, and what could not be taken in.

    Hidden files and folders and the paths in `leave_out` are passed over. Links that lead out of the folder,
    things that are no files, and what exceeds the limits become findings.
    """
    files: dict[str, bytes] = {}
    findings: list[LintFinding] = []
    home = folder.resolve()
    total = 0
    for top, below, names in os.walk(home):
        here = Path(top)
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in [name for name in below if (here / name).is_symlink()]:
            shown = (here / name).relative_to(home).as_posix()
            findings.append(LintFinding(shown, None, "", "is a link to a folder", "copy the folder in its place"))
            below.remove(name)
        for name in sorted(names):
            path = here / name
            shown = path.relative_to(home).as_posix()
            if name.startswith(".") or shown in leave_out:
                continue
            if len(files) >= MAX_FILES:
                findings.append(LintFinding(shown, None, "", f"one file more than {MAX_FILES}", "remove some files"))
                return files, tuple(findings)
            if not shown.isprintable() or "\\" in shown:
                said = "has a name that no address can hold"
                findings.append(LintFinding(repr(shown), None, "", said, "name it with letters, digits, . _ and -"))
                continue
            content = _read(path, shown, home)
            if isinstance(content, LintFinding):
                findings.append(content)
                continue
            total += len(content)
            if total > MAX_SITE_BYTES:
                message = f"with it the folder exceeds {MAX_SITE_BYTES // 1024**2} MB"
                findings.append(LintFinding(shown, None, "", message, "make its pictures smaller"))
                return files, tuple(findings)
            files[shown] = content
    return files, tuple(findings)


def read_file(path: Path, shown: str) -> bytes | LintFinding:
    """One file's content, or why it cannot be had; `shown` is the name to tell."""
    return _read(path, shown, path.parent.resolve())


def _read(path: Path, shown: str, home: Path) -> bytes | LintFinding:
    try:
        if not path.resolve().is_relative_to(home):
            return LintFinding(shown, None, "", "is a link that leaves the folder", "copy the file in its place")
        if not stat.S_ISREG(path.stat().st_mode):
            return LintFinding(shown, None, "", "is no regular file", "remove it")
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return LintFinding(shown, None, "", "is not there", f"add {shown}")
    except (OSError, RuntimeError) as error:
        return LintFinding(shown, None, "", f"cannot be read: {error}", "see to its permissions")
    if len(content) > MAX_FILE_BYTES:
        return LintFinding(shown, None, "", f"is larger than {MAX_FILE_BYTES // 1024**2} MB", "make it smaller")
    return content
