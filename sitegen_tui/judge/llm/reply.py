"""A judge's reply, read leniently: whatever is meant to be the JSON that was asked for, out of whatever stands around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from sitegen_tui.domain.verdicts import JudgeAnswer

LONGEST = 400_000
"""Characters of a reply that are read."""
MOST_EVIDENCE = 20
"""Pieces of evidence for one id that are looked at."""

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_TRAILING = re.compile(r",(\s*[}\]])")
_ANSWERS: Mapping[str, JudgeAnswer] = {
    "present": "present",
    "absent": "absent",
    "cannot_tell": "cannot_tell",
    "cannottell": "cannot_tell",
    "canttell": "cannot_tell",
    "unknown": "cannot_tell",
    "unsure": "cannot_tell",
}


class Claim(NamedTuple):
    """A piece of evidence as the judge gave it, nothing of it verified."""

    file: str
    line: int | None
    quote: str
    absent_pattern: str
    why: str


class Said(NamedTuple):
    """What a reply says of one id."""

    violation: str
    verdict: JudgeAnswer
    claims: tuple[Claim, ...]


class Nonsense(ValueError):
    """A reply that answers nothing that was asked; the message says why, for a person."""


def read(text: str, ids: Sequence[str]) -> tuple[Said, ...]:
    """What a reply says of the ids it was asked about, each once, in their order; those that it passes over are left out.

    An id that is answered twice and not alike is one that the judge cannot tell. Raises Nonsense where not one id is answered.
    """
    if not text.strip():
        raise Nonsense("the reply is empty")
    if len(text) > LONGEST:
        raise Nonsense(f"the reply has {len(text):,} characters, more than the {LONGEST:,} that are read")
    found: dict[str, Said] = {}
    some = False
    for value in _values(_THOUGHT.sub("", text)):
        some = True
        for check in _checks(value):
            said = _said(check)
            if said is None or said.violation not in ids:
                continue
            other = found.get(said.violation)
            if other is None:
                found[said.violation] = said
            elif other.verdict == said.verdict:
                found[said.violation] = other._replace(claims=(*other.claims, *said.claims)[:MOST_EVIDENCE])
            else:
                found[said.violation] = Said(said.violation, "cannot_tell", ())
        # Of a list that was cut off, what came before is there check by check.
        alone = isinstance(value, dict) and "id" in value
        if found and not alone:
            break
    if not some:
        raise Nonsense("there is no JSON in the reply")
    if not found:
        raise Nonsense("the JSON of the reply answers none of the ids that were asked about")
    return tuple(found[one] for one in ids if one in found)


def _values(text: str) -> Iterator[Any]:
    """Every object or array that begins somewhere in the text and can be read, the outermost first."""
    decoder = json.JSONDecoder(strict=False)
    for candidate in dict.fromkeys((text, _TRAILING.sub(r"\1", text))):
        at = _next(candidate, 0)
        tries = 0
        while at >= 0 and tries < 200:
            tries += 1
            try:
                value, at = decoder.raw_decode(candidate, at)
            except (ValueError, RecursionError):
                at = _next(candidate, at + 1)
                continue
            yield value
            at = _next(candidate, at)


def _next(text: str, at: int) -> int:
    places = [place for place in (text.find("{", at), text.find("[", at)) if place >= 0]
    return min(places) if places else -1


def _checks(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value)
        listed = next((table[name] for name in ("checks", "checklist", "results", "findings") if name in table), None)
        if listed is not None:
            yield from _checks(listed)
        elif "id" in table:
            yield table
        else:
            for name, inner in table.items():
                if isinstance(inner, dict):
                    yield {"id": name, **cast("dict[str, Any]", inner)}
                elif isinstance(inner, str):
                    yield {"id": name, "verdict": inner}
    elif isinstance(value, list):
        for one in cast("list[Any]", value):
            if isinstance(one, dict) and "id" in one:
                yield cast("dict[str, Any]", one)


def _said(check: Mapping[str, Any]) -> Said | None:
    name, verdict = check.get("id"), check.get("verdict", check.get("status"))
    if not isinstance(name, str) or not isinstance(verdict, str):
        return None
    answer = _ANSWERS.get(re.sub(r"[\s'’_-]", "", verdict.casefold())) or _ANSWERS.get(verdict.casefold())
    if answer is None:
        return None
    return Said(name.strip().strip("`"), answer, tuple(_claims(check.get("evidence"))) if answer == "present" else ())


def _claims(value: Any) -> Iterator[Claim]:
    listed: list[Any] = cast("list[Any]", value) if isinstance(value, list) else [value]
    for one in listed[:MOST_EVIDENCE]:
        if isinstance(one, dict):
            table = cast("dict[str, Any]", one)
            yield Claim(
                _text(table.get("file")).removeprefix("./"),
                _line(table.get("line")),
                _text(table.get("quote")),
                _text(table.get("absent_pattern")),
                _text(table.get("why")),
            )


def _text(value: Any) -> str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _line(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and (match := re.match(r"\s*[lL]?(?:ine)?\s*(\d{1,7})\b", value)):
        value = int(match.group(1))
    return value if isinstance(value, int) and 1 <= value < 10_000_000 else None
