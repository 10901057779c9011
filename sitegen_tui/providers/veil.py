"""Keeping secrets out of replies: a service or a command that repeats what it was called with must not get it stored."""

from __future__ import annotations

from sitegen_tui.settings import redact, secrets_known


class Veil:
    """Redacts a text that comes in pieces. What may be the beginning of a secret is held back until more is known."""

    def __init__(self) -> None:
        self._held = ""

    def over(self, piece: str) -> str:
        """The piece as it may be shown, after what was held back before it."""
        if not piece:
            return ""
        text = redact(self._held + piece)
        keep = max((_begun(text, value) for value in secrets_known()), default=0)
        self._held = text[len(text) - keep :] if keep else ""
        return text[: len(text) - keep] if keep else text

    def rest(self) -> str:
        """What is still held back at the end: only the beginning of a secret, which is none."""
        held, self._held = self._held, ""
        return held


def _begun(text: str, value: str) -> int:
    """How many characters at the end of the text are the beginning of the value, short of all of it."""
    start = max(0, len(text) - len(value) + 1)
    while (start := text.find(value[0], start)) >= 0:
        if value.startswith(text[start:]):
            return len(text) - start
        start += 1
    return 0
