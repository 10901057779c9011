"""Several faults in one result: each planted on its own and put together where they meet nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from sitegen_tui.domain.violations import Catalogue, Kind

APART = 3
"""Lines between two changes from which on they count as independent."""

_Hunk = tuple[int, int, list[str]]
"""Lines replaced, first and behind the last, and what stands there instead."""


def merged(gold: Mapping[str, str], changes: Sequence[Mapping[str, str]]) -> dict[str, str] | None:
    """The gold files with all changes (path to whole new text) made; None where two of them meet."""
    found: dict[str, str] = {}
    for path in sorted({path for change in changes for path in change}):
        old = gold.get(path, "").splitlines(keepends=True)
        texts = [change[path] for change in changes if path in change]
        hunks = sorted((hunk for text in texts for hunk in _hunks(old, text)), key=lambda hunk: hunk[:2])
        if any(later[0] < earlier[1] + APART for earlier, later in pairwise(hunks)) and len(texts) > 1:
            return None
        lines = list(old)
        for start, end, new in reversed(hunks):
            lines[start:end] = new
        found[path] = "".join(lines) if len(texts) > 1 else texts[0]
    return found


def _hunks(old: list[str], text: str) -> list[_Hunk]:
    new = text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(a, b, new[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def may_explain(rubric: Catalogue, action: str, cause: str, effect: str) -> bool:
    """Whether the catalogue's dominance lets one violation be the reason why another costs nothing."""
    by = rubric.by_id[cause]
    term = rubric.by_id[effect].term(action)
    damage = term is not None and term.kind is not Kind.COMPLETION
    named = effect in (*by.suppresses, *by.suppresses_at, *by.suppresses_in_file)
    return named or (by.suppresses_in_section and damage) or cause in _EXPLAIN_LOOKS


_EXPLAIN_LOOKS = frozenset({"html.truncated", "html.elided", "css.truncated"})
"""Of a file that is cut off or elided a browser's findings are not charged besides."""
