"""Typed settings: where the database lies, how pictures are drawn, and secrets, which are known here so that no text shows them."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pydantic import SecretStr

DATABASE_VARIABLE = "SITEGEN_DB"
GRAPHICS_VARIABLE = "SITEGEN_GRAPHICS"

KEYRING_SERVICE = "sitegen-tui"
"""The name under which a keyring holds our secrets; the user name is that of the environment variable."""
KEYRING_PATIENCE = 3.0
"""Seconds: a keyring that waits for somebody to unlock it must not hold up a program that may have no screen."""

REDACTED = "[secret]"
SHORTEST_REDACTED = 4
"""Characters: what is shorter stands in any text by chance, and is no secret to anybody."""

COLLECTING = (20_000, 20, 50)
"""How seldom a process looks for garbage in circles: what it holds, parsed pages and rows above all, is much and dies by itself."""

_known: set[str] = set()


def collect_seldom() -> None:
    """Take what is loaded by now for something that stays, and look for garbage seldom. For a process, never for a library."""
    gc.freeze()
    gc.set_threshold(*COLLECTING)


def database_path(given: str | Path | None = None) -> Path:
    """The database to use: the path given, else `SITEGEN_DB`, else `runs.db` in the working directory."""
    return Path(given or os.environ.get(DATABASE_VARIABLE) or "runs.db")


def graphics_setting(environ: Mapping[str, str]) -> str:
    """How pictures are to be drawn, as `SITEGEN_GRAPHICS` says it: `auto` where it says nothing."""
    return environ.get(GRAPHICS_VARIABLE, "").strip().lower() or "auto"


def secret(name: str) -> SecretStr | None:
    """A secret by the name of its environment variable: from there, else from the keyring where one works, else None.

    Whatever is found is redacted from then on. The keyring is asked once for each name.
    """
    value = os.environ.get(name, "").strip() or _kept(name).strip()
    if not value:
        return None
    remember(value)
    # The screen asks for settings before its first picture, and loading pydantic takes longer than painting that.
    from pydantic import SecretStr

    return SecretStr(value)


def remember(value: str) -> None:
    """Have `redact` replace this value from now on, as it is and as it is written in addresses."""
    if len(value) >= SHORTEST_REDACTED:
        _known.update((value, quote(value, safe=""), quote(value)))


def secrets_known() -> frozenset[str]:
    """Every value that `redact` replaces."""
    return frozenset(_known)


def redact(text: str) -> str:
    """The text with every secret known so far replaced."""
    for value in sorted(_known, key=len, reverse=True):
        if value in text:
            text = text.replace(value, REDACTED)
    return text


@cache
def _kept(name: str) -> str:
    """What the keyring holds under a name; nothing where there is none, or it is broken, locked or slow."""
    found: list[str] = []

    def ask() -> None:
        try:
            from importlib import import_module

            value: object = import_module("keyring").get_password(KEYRING_SERVICE, name)
        except Exception:
            return
        if isinstance(value, str):
            found.append(value)

    # A thread of our own, since one that hangs may not hold up the end of the program either.
    asking = threading.Thread(target=ask, name="keyring", daemon=True)
    asking.start()
    asking.join(KEYRING_PATIENCE)
    return found[0] if found else ""
