"""What a judge is asked about: ids with definitions that have numbers in them, in an order of each sample's own."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from random import Random

from sitegen_tui.domain.judges import JudgeMode
from sitegen_tui.domain.violations import Catalogue, Violation

DEFINITIONS = {
    "scope.unrequested-change": (
        "Something that the directive does not speak of was changed, added or removed, and a visitor could see or read it: a "
        "text, a colour, a size, a link. Classes and wrappers that the directive needs are no change of that kind, nor are white "
        "space, order of attributes and other ways to write the same."
    ),
    "layout.visual-break": (
        "A block that the directive does not speak of newly stands 24 px or more out of line with its neighbours, is turned or "
        "slanted by 2 degrees or more, is narrower than 60 % of its neighbours, or lies over the text of another."
    ),
    "a11y.alt-inapt": (
        "An alternative text does not say what its picture is for: it is a file name, three or more key words in a row, a word "
        "such as 'image' alone, longer than 125 characters, or about something else than the directive says of that picture."
    ),
}
"""Ids that only a judge can see, in words that leave less to taste than the catalogue's."""

UNSEEN = "protocol."
"""Ids about replies, which a judge is never shown."""


def asked(catalogue: Catalogue, action: str, mode: JudgeMode) -> tuple[str, ...]:
    """The ids that a judge is asked about in an action, in the catalogue's order."""
    return tuple(
        violation.id
        for violation in catalogue.violations
        if violation.term(action) is not None
        and not violation.id.startswith(UNSEEN)
        and (mode != "scoring" or violation.channels == ("J",))
    )


def owned(catalogue: Catalogue) -> frozenset[str]:
    """The ids that a judge may score: those that no program can see."""
    return frozenset(violation.id for violation in catalogue.violations if violation.channels == ("J",))


def shuffled(ids: Iterable[str], seed: str) -> tuple[str, ...]:
    """The ids in the order of one sample: what stands first is found more often, so that no id may always stand there."""
    known = sorted(ids)
    return tuple(Random(seed).sample(known, len(known)))


def line(violation: Violation) -> str:
    """One id as the checklist shows it."""
    return f"- {violation.id} ({violation.severity}): {DEFINITIONS.get(violation.id, violation.rule)}"


def in_parts(ids: tuple[str, ...], most: int) -> tuple[tuple[str, ...], ...]:
    """The ids in parts of nearly equal size, none larger than `most`."""
    if not ids:
        return ()
    number = -(-len(ids) // most)
    size, more = divmod(len(ids), number)
    ends = [size * at + min(at, more) for at in range(number + 1)]
    return tuple(ids[start:end] for start, end in pairwise(ends))
