"""How models alter copy that they were told to keep: a paraphrase, a synonym, curly quotes, filler."""

from __future__ import annotations

import re
from random import Random
from string import capwords
from typing import Literal

from sitegen_tui.actions.faults.planting import letters_swapped

Rewording = Literal[
    "lorem",
    "other",
    "bracketed",
    "paraphrase",
    "cased",
    "synonym",
    "misspelt",
    "unpunctuated",
    "escaped",
    "quoted",
    "typography",
    "dashed",
    "stray-quote",
]

_LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit."
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "small": ("little", "compact"),
    "quiet": ("peaceful", "calm"),
    "keeps": ("holds",),
    "sleep": ("rest",),
    "own": ("very own",),
    "long": ("lengthy",),
    "every": ("each",),
    "between": ("separating",),
    "night": ("evening",),
    "river": ("water",),
    "open": ("available",),
    "new": ("fresh",),
    "good": ("great",),
    "old": ("aged",),
    "find": ("discover",),
    "read": ("explore",),
    "and": ("plus", "as well as"),
    "the": ("our", "this"),
    "a": ("one",),
    "with": ("alongside",),
    "no": ("zero",),
    "to": ("towards",),
    "in": ("within",),
    "of": ("from",),
}
_OPENERS = ("Discover ", "Experience ", "Welcome to ", "Where ")
_OTHERS = (
    "Your journey starts with us today.",
    "Crafted with care for people like you.",
    "Quality you can trust, service you deserve.",
)
_BRACKETS = ("[Your City]", "[Company Name]", "{{ tagline }}")
_QUOTES = ("“{}”", '"{}"', "‘{}’")
_TAILS = (" — just for you", " awaits you", ", unforgettable", " like never before")


def reworded(text: str, how: Rewording, rng: Random) -> str | None:
    """The text altered in that way; None if it offers no place for it."""
    match how:
        case "lorem":
            return _LOREM
        case "other":
            return rng.choice(_OTHERS)
        case "bracketed":
            return f"{text.rstrip('.')} {rng.choice(_BRACKETS)}"
        case "cased":
            return next((cased for cased in (capwords(text), text.lower()) if cased != text), None)
        case "misspelt":
            return letters_swapped(text, rng)
        case "unpunctuated":
            return next((text.removesuffix(mark) for mark in ".!?" if text.endswith(mark)), text + ".")
        case "escaped":
            return _escaped_twice(text, rng)
        case "quoted":
            return rng.choice(_QUOTES).format(text)
        case "stray-quote":
            return text + "”"
        case "dashed":
            dashed = re.sub(r"(?<=\w)-(?=\w)", rng.choice("–‑"), text)
            return dashed if dashed != text else None
        case "synonym":
            return _synonym(text, rng)
        case "typography":
            return _curled(text)
        case "paraphrase":
            inner = _synonym(text, rng) or text
            if rng.random() < 0.5:
                return rng.choice(_OPENERS) + inner[:1].lower() + inner[1:]
            return inner.rstrip(".!") + rng.choice(_TAILS) + ("." if inner.endswith(".") else "")


def _escaped_twice(text: str, rng: Random) -> str | None:
    """The text with an entity that people see as such."""
    for char, entity in (("&", "&amp;"), ("’", "&#8217;"), ("'", "&#39;"), ("–", "&ndash;")):
        if char in text:
            return text.replace(char, entity)
    places = [match.start() for match in re.finditer(" ", text)]
    at = rng.choice(places) if places else -1
    return f"{text[:at]}&nbsp;{text[at + 1 :]}" if places else None


def _synonym(text: str, rng: Random) -> str | None:
    places = [match for match in re.finditer(r"[A-Za-z]+", text) if match.group().lower() in _SYNONYMS]
    if not places:
        return None
    place = rng.choice(places)
    other = rng.choice(_SYNONYMS[place.group().lower()])
    if place.group()[0].isupper():
        other = other[0].upper() + other[1:]
    return text[: place.start()] + other + text[place.end() :]


def _curled(text: str) -> str | None:
    curled = text.replace("'", "’").replace(" - ", " – ").replace("...", "…")
    curled = re.sub(r'"([^"]*)"', r"“\1”", curled)
    return curled if curled != text else None
