"""Names that a model made up, classes and data attributes, renamed alike in all files; and words that name models taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

_NAME = re.compile(r"[\w-]+")
_VENDORS = (
    *("anthropic", "claude", "chatgpt", "gpt", "openai", "gemini", "deepmind", "gemma", "bard", "llama", "mistral", "mixtral"),
    *("codestral", "qwen", "deepseek", "grok", "kimi", "moonshot", "copilot", "cohere", "smollm", "minimax", "glm", "codex"),
)
_EMOJI = re.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2728\u26a1\ufe0f\u200d]")
_CREDIT = re.compile(
    r"\s*(?:(?:auto-?)?generated\s+(?:by|with|using)\b|(?:created|made|built|written|designed|coded|crafted)\s+(?:by|with|using)\s+"
    r"(?:\S+\s+){0,3}?(?:ai|llm|assistant|model|x)\b).{0,120}\s*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d+)")
NOBODY = "x"
"""What stands in place of a word that names a model."""
DATA = "data-"


class Known:
    """What a site is made of before any model has touched it: names and words that give nobody away.

    `texts` are the skeleton's files, its manifest and the requirements.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that stands anywhere in them."""
        return frozenset(name for text in self._texts for name in _NAME.findall(text))

    @cached_property
    def _whole(self) -> str:
        return "\0".join(self._texts)

    @cached_property
    def _folded(self) -> str:
        return " ".join(self._whole.casefold().split())

    @cached_property
    def _vendors(self) -> re.Pattern[str] | None:
        words = [word for word in _VENDORS if word not in self._folded]
        version = r"(?:[-_ ]?v?\d+(?:\.\d+)*[a-z]?)?"
        alternatives = "|".join(sorted(words, key=len, reverse=True))
        return re.compile(rf"(?<![a-z0-9])(?:{alternatives}){version}(?![a-z0-9])", re.IGNORECASE) if words else None

    def without_vendors(self, text: str) -> str:
        """The text without words that name models or who makes them, and without emoji of the model's own."""
        # Emoji go first: one within a word would hide it.
        text = _EMOJI.sub(lambda match: match.group() if match.group() in self._whole else "", text)
        return text if self._vendors is None else self._vendors.sub(NOBODY, text)

    def is_credit(self, text: str) -> bool:
        """Whether a text says only by whom or what the page was made, and is the model's own."""
        return bool(_CREDIT.fullmatch(text)) and " ".join(text.casefold().split()) not in self._folded


class Names:
    """New names by old, given in the order in which they are first met; the same for all files of all sides of a step."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._given: dict[str, str] = {}
        self._taken = 0

    def note(self, name: str) -> str:
        """A class, or a data attribute without its `data-`, as it is shown: by another name where it is the model's own."""
        if name in self.known.names or not name:
            return name
        found = self._given.get(name)
        if found is None:
            found = self._given[name] = self._next()
        return found

    def of(self, name: str) -> str:
        """The same for a name that may be none: what was never met stays."""
        return self._given.get(name, name)

    def data(self, attribute: str, give: Callable[[str], str]) -> str:
        """A data attribute's name as it is shown; `give` is `note` or `of`."""
        if attribute in self.known.names:
            return attribute
        return DATA + give(attribute.removeprefix(DATA))

    def _next(self) -> str:
        while True:
            self._taken += 1
            name = f"x{self._taken}"
            if name not in self.known.names and f"{DATA}{name}" not in self.known.names:
                return name


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """A key by which x2 comes before x10."""
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in _DIGITS.split(name) if part)
