"""Which paths a reply may name: four files, spelled exactly; everything else is refused with its reason."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

EDITABLE_PATHS: Final = ("index.html", "css/styles.css", "js/main.js", "site.webmanifest")

PathReason = Literal["bad-path", "unknown-path"]

_DRIVE = re.compile(r"[A-Za-z]:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:/")
_ENCODED = re.compile(r"%(?:2e|2f|5c|00|25|u)", re.IGNORECASE)


def path_fault(path: str) -> tuple[PathReason, str] | None:
    """Why `path` may not be edited, or None when it may.

    `bad-path` is a path that tries to leave the site or hides what it names; `unknown-path` is merely none of
    the editable files. Nothing is resolved, decoded or normalised into an acceptable path.
    """
    if path in EDITABLE_PATHS:
        return None
    if not path:
        return "unknown-path", "no path: write FILE: and the path on the line before the block"
    if any(unicodedata.category(char) == "Cc" for char in path):
        return "bad-path", "the path contains a control character"
    if "\\" in path:
        return "bad-path", "the path contains a backslash; use forward slashes"
    if path.startswith(("/", "~")):
        return "bad-path", "the path is absolute; paths are relative to the site"
    if _SCHEME.match(path):
        return "bad-path", "the path is a URL; paths are relative to the site"
    if _DRIVE.match(path):
        return "bad-path", "the path names a drive; paths are relative to the site"
    if _ENCODED.search(path):
        return "bad-path", "the path contains percent-encoded separators or dots"
    if ".." in unicodedata.normalize("NFKC", path).replace("\\", "/").split("/"):
        return "bad-path", "the path leads out of the site"
    return "unknown-path", f"not an editable file; the editable files are {', '.join(EDITABLE_PATHS)}"
