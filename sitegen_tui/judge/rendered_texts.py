"""Texts that cannot be read, or no longer well enough, by the pixels behind them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from sitegen_tui.actions.base import Page, seen
from sitegen_tui.domain.findings import Finding, Provenance
from sitegen_tui.domain.probes import Probe, Text, ViewName
from sitegen_tui.domain.violations import Catalogue
from sitegen_tui.judge.damage import MEASURED, Damage, compared


def invisible(given: Damage, dead: Collection[str]) -> Iterator[Finding]:
    """contrast.text-invisible, once for the texts of one colour in a section."""

    def unseen(probe: Probe, page: Page) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for view, text in texts_where(probe, lambda text: text.invisible):
            if text.section in dead:
                continue
            told = f"{text.text[:60]!r} cannot be read: its contrast is {text.median:.2f}"
            key = f"{text.section or 'page'}: {text.colour}"
            found.setdefault(key, _unreadable("contrast.text-invisible", told, page, view, text, key, "2.00 at least"))
        return found

    old = list(texts_where(given.before, lambda text: text.invisible))
    known = {text.path for _, text in old} | {(text.section, text.text) for _, text in old}
    fresh = [text for _, text in texts_where(given.after, lambda text: text.invisible) if not _known(text, known)]
    groups = {f"{text.section or 'page'}: {text.colour}" for text in fresh}
    for found in compared(given, unseen):
        own = found.subject in groups
        if found.provenance is not Provenance.REPAIRED:
            found = found.model_copy(update={"provenance": Provenance.OWN if own else Provenance.INHERITED})
        yield found


def new_failures(given: Damage, catalogue: Catalogue) -> Iterator[Finding]:
    """contrast.new-failure, where the action's terms have it: texts under the limit that were not in the input.

    Of an input that could not be measured nobody can say what is new.
    """
    unseen = not any(name in given.before.views for name in MEASURED)
    if unseen or catalogue.by_id["contrast.new-failure"].term(given.action.id) is None:
        return
    old = list(texts_where(given.before, lambda text: text.fails))
    known = {text.path for _, text in old} | {(text.section, text.text) for _, text in old}
    told: set[str] = set()
    for view, text in texts_where(given.after, lambda text: text.fails and not text.invisible):
        key = f"{text.section or 'page'}: {text.colour}"
        if _known(text, known) or key in told:
            continue
        told.add(key)
        message = f"{text.text[:60]!r} has a contrast of {text.low:.2f}, which it had not before"
        yield _unreadable("contrast.new-failure", message, given.step.after, view, text, key, f"{text.limit:.1f} at least")


def texts_where(probe: Probe, condition: Callable[[Text], bool]) -> Iterator[tuple[ViewName, Text]]:
    """Texts of the measured views that a condition holds for."""
    for name in MEASURED:
        view = probe.views.get(name)
        for text in view.texts if view is not None else ():
            if condition(text):
                yield name, text


def _known(text: Text, known: set[str | tuple[str, str]]) -> bool:
    return text.path in known or (text.section, text.text) in known


def _unreadable(violation: str, told: str, page: Page, view: ViewName, text: Text, subject: str, expected: str) -> Finding:
    return seen(
        violation,
        told,
        page=page,
        path=text.path,
        view=view,
        box=text.box,
        expected=expected,
        measured=f"{text.median:.2f} in the middle, {text.low:.2f} at worst, colour {text.colour}",
        subject=subject,
        section=text.section,
    )
