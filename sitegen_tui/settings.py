"""Typed settings: where the database lies and how pictures are drawn, from the environment; nothing secret is ever written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

DATABASE_VARIABLE = "SITEGEN_DB"
GRAPHICS_VARIABLE = "SITEGEN_GRAPHICS"


def database_path(given: str | Path | None = None) -> Path:
    """The database to use: the path given, else `SITEGEN_DB`, else `runs.db` in the working directory."""
    return Path(given or os.environ.get(DATABASE_VARIABLE) or "runs.db")


def graphics_setting(environ: Mapping[str, str]) -> str:
    """How pictures are to be drawn, as `SITEGEN_GRAPHICS` says it: `auto` where it says nothing."""
    return environ.get(GRAPHICS_VARIABLE, "").strip().lower() or "auto"
