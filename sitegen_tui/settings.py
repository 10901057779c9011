"""Typed settings: where the database lies, from the environment; nothing secret is ever written."""

from __future__ import annotations

import os
from pathlib import Path

DATABASE_VARIABLE = "SITEGEN_DB"


def database_path(given: str | Path | None = None) -> Path:
    """The database to use: the path given, else `SITEGEN_DB`, else `runs.db` in the working directory."""
    return Path(given or os.environ.get(DATABASE_VARIABLE) or "runs.db")
