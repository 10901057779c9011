"""Damage as a difference: findings of a page, keyed, compared between start, before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from sitegen_tui.actions.base import Brief, Page
from sitegen_tui.domain.findings import Finding, Provenance

Survey = Callable[[Page, Brief], Iterable[Finding]]
"""Everything of some kinds that is wrong with a page as it stands, each under a stable subject."""


def compared(survey: Survey, start: Page, before: Page, after: Page, brief: Brief) -> Iterator[Finding]:
    """What is new in `after`, what it inherited from an earlier step, and what it repaired.

    What the skeleton itself has (`start`) is nobody's doing and not reported.
    """
    then = _keyed(survey, before, brief)
    now = then if before.files == after.files else _keyed(survey, after, brief)
    native = _keyed(survey, start, brief) if now or then else {}
    for key, finding in now.items():
        if key in native:
            continue
        provenance = Provenance.INHERITED if key in then else Provenance.OWN
        yield finding.model_copy(update={"provenance": provenance})
    for key, finding in then.items():
        if key not in now and key not in native:
            evidence = finding.evidence.model_copy(update={"side": "before"})
            yield finding.model_copy(update={"provenance": Provenance.REPAIRED, "evidence": evidence})


@lru_cache(maxsize=256)
def _keyed(survey: Survey, page: Page, brief: Brief) -> dict[tuple[str, str], Finding]:
    found: dict[tuple[str, str], Finding] = {}
    for finding in survey(page, brief):
        found.setdefault((finding.violation, finding.subject), finding)
    return found
