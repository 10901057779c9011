"""The gate: of what a judge claims, only that passes which a program finds in the files; the rest is dropped and counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sitegen_tui.domain.diffs import split_lines
from sitegen_tui.domain.verdicts import Shown, Verdict
from sitegen_tui.judge.llm.reply import Claim, Said
from sitegen_tui.site.html import parse_html
from sitegen_tui.site.page import HTML

NEAR = 5
"""Lines by which a judge may miscount."""
SHORTEST, LONGEST = 8, 200
"""Characters of a quote, white space collapsed."""
SHORTEST_PATTERN = 3

_SPACE = re.compile(r"\s+")

Back = Callable[[str, int], int]
"""From file and line as the judge saw them to the line as it was written."""


@dataclass(frozen=True)
class Grounds:
    """What claims are held against, as the judge saw it: the files after the step, before it, and as the reference makes them."""

    after: Mapping[str, str]
    before: Mapping[str, str]
    gold: Mapping[str, str]
    back: Back = lambda _file, line: line


@dataclass(frozen=True, slots=True)
class Passed:
    """What passed. `items` pieces of evidence were offered, of which `rejected` did not hold and `moved` stood elsewhere."""

    verdicts: tuple[Verdict, ...]
    items: int
    rejected: int
    moved: int


def verified(said: Sequence[Said], ids: Sequence[str], grounds: Grounds) -> Passed:
    """A verdict for each id: one whose evidence does not hold, or that was passed over, is one that the judge cannot tell."""
    by_id = {one.violation: one for one in said}
    verdicts: list[Verdict] = []
    items = rejected = moved = 0
    for violation in ids:
        one = by_id.get(violation)
        if one is None or one.verdict != "present":
            verdicts.append(Verdict(violation=violation, verdict=one.verdict if one else "cannot_tell"))
            continue
        # A claim without any evidence is an item that does not hold.
        items += max(1, len(one.claims))
        found = [shown for claim in one.claims if (shown := held(claim, grounds)) is not None]
        rejected += max(1, len(one.claims)) - len(found)
        moved += sum(shown.moved for shown in found)
        kept = {(shown.file, shown.line, shown.absent_pattern): shown for shown in reversed(found)}
        evidence = tuple(sorted(kept.values(), key=lambda shown: (shown.file, shown.line or 0, shown.absent_pattern)))
        verdicts.append(Verdict(violation=violation, verdict="present" if evidence else "cannot_tell", evidence=evidence))
    return Passed(tuple(verdicts), items, rejected, moved)


def held(claim: Claim, grounds: Grounds) -> Shown | None:
    """A piece of evidence as it holds, None if it does not."""
    return _quoted(claim, grounds) or _absent(claim, grounds)


def _quoted(claim: Claim, grounds: Grounds) -> Shown | None:
    quote = _SPACE.sub(" ", claim.quote).strip()
    text = grounds.after.get(claim.file)
    if text is None or not SHORTEST <= len(quote) <= LONGEST:
        return None
    lines = _lines_with(text, quote)
    if not lines:
        return None
    line = min(lines, key=lambda one: abs(one - (claim.line or one)))
    away = claim.line is None or abs(line - claim.line) > NEAR
    return Shown(file=claim.file, line=grounds.back(claim.file, line), quote=quote, why=_why(claim), moved=away)


def _absent(claim: Claim, grounds: Grounds) -> Shown | None:
    pattern = _SPACE.sub(" ", claim.absent_pattern).strip()
    file = claim.file or HTML
    known = {*grounds.after, *grounds.before, *grounds.gold}
    if file not in known or not SHORTEST_PATTERN <= len(pattern) <= LONGEST:
        return None
    if _matches(grounds.after.get(file, ""), file, pattern):
        return None
    # What matches nothing anywhere is not missing.
    if not any(_matches(side.get(file, ""), file, pattern) for side in (grounds.before, grounds.gold)):
        return None
    return Shown(file=file, absent_pattern=pattern, why=_why(claim))


def _why(claim: Claim) -> str:
    return _SPACE.sub(" ", claim.why).strip()[:400]


@lru_cache(maxsize=64)
def _flat(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with its white space collapsed, and at which of its characters each line begins."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for line in split_lines(text):
        words = _SPACE.sub(" ", line).strip()
        if words and length:
            parts.append(" ")
            length += 1
        starts.append(length)
        parts.append(words)
        length += len(words)
    return "".join(parts), tuple(starts)


def _lines_with(text: str, quote: str) -> list[int]:
    """The lines, from 1, on which the quote begins."""
    flat, starts = _flat(text)
    found: list[int] = []
    at = flat.find(quote)
    while at >= 0 and len(found) < 1000:
        found.append(bisect_right(starts, at))
        at = flat.find(quote, at + 1)
    return found


def _matches(text: str, file: str, pattern: str) -> bool:
    """Whether a pattern stands in a file, or as a selector matches something in it."""
    if pattern in _flat(text)[0]:
        return True
    return file == HTML and bool(parse_html(text).select(pattern))
