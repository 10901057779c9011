"""Bounds what a browser's processes may hold, where the system can: a page that eats memory loses its own process and no more."""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from pathlib import Path

MEMORY = 3 * 1024**3
"""Bytes of data that one process of the browser may hold; an ordinary page's holds a quarter of that."""


def descendants(pid: int) -> list[int]:
    """The numbers of all processes under one, parents first; empty where the system does not tell."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):  # it may have ended meanwhile
            # The name in brackets may hold anything; what follows the last bracket is state and parent.
            parents[int(entry.name)] = int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    found, fresh = list[int](), [pid]
    while fresh:
        fresh = [child for child, parent in parents.items() if parent in fresh]
        found += fresh
    return found


def bound_memory(pid: int, most: int = MEMORY) -> bool:
    """Bounds a process and all under it, and what they start from now on; False where the system has no such thing."""
    if not sys.platform.startswith("linux"):
        return False
    limits = importlib.import_module("resource")
    for one in (pid, *descendants(pid)):
        with suppress(OSError, ValueError):
            limits.prlimit(one, limits.RLIMIT_DATA, (most, most))
    return True
