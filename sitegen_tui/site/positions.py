"""Background positions as CSS writes them, made comparable."""

from __future__ import annotations

import re

SIDES = {"left": ("0%", ""), "right": ("100%", ""), "top": ("", "0%"), "bottom": ("", "100%"), "center": ("", "")}
LENGTH = re.compile(r"[+-]?[\d.]+(?:%|[a-z]+)?\Z", re.IGNORECASE)


def normal_position(text: str) -> tuple[str, ...]:
    """A background position as two percentages or lengths; another value as its lower-case words."""
    parts = text.lower().split()
    if not 1 <= len(parts) <= 2 or not all(part in SIDES or LENGTH.match(part) for part in parts):
        return tuple(parts)
    if len(parts) == 2 and (parts[0] in ("top", "bottom") or parts[1] in ("left", "right")):
        parts.reverse()
    across, down = parts[0], parts[1] if len(parts) == 2 else "center"
    if len(parts) == 1 and parts[0] in ("top", "bottom"):
        across, down = "center", parts[0]
    return (SIDES.get(across, (across,))[0] or "50%", (SIDES[down][1] if down in SIDES else down) or "50%")
