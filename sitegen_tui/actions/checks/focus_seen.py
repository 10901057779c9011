"""What keyboard and screen-reader basics are judged by on the rendered page: where focus goes and shows, and what axe-core says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sitegen_tui.actions.base import Step, seen
from sitegen_tui.actions.checks.access import check_alternatives, check_names, leading_skip_link
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import AxeViolation, FocusSeen, Probe
from sitegen_tui.site.accessible import heading_level, hidden
from sitegen_tui.site.html import attribute, text_of
from sitegen_tui.site.page import Page

_ARIA = re.compile(r"^(aria-(?!.*-name$).+|presentation-role-conflict|nested-interactive)$")
_NAMING = re.compile(r"^(.*-alt|.*-name|label)$")
"""Rules of axe-core about names and alternatives, which the static checks judge unless a stylesheet or a role deceives them."""
_CHARGED_ELSEWHERE = re.compile(
    r"^(html-.*lang.*|html-xml-lang-mismatch|valid-lang|document-title|heading-order|"
    r"page-has-heading-one|landmark-.*|bypass|skip-link|region|duplicate-id.*)$"
)
"""Rules of axe-core whose subject the static checks judge: language, headings, landmarks, ids."""


def check_skip_link(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The first press of the Tab key brings a skip link into sight that leads to what is there."""
    first = after.first_focus
    told = ""
    if first is None:
        told = "The Tab key reaches nothing"
    else:
        # A script may have changed the page, so that the path leads nowhere in its source.
        reached = step.after.html.one(first.path)
        links = [reached] if reached is not None else [a for a in step.after.html.select("a") if attribute(a, "href") == first.href]
        if not any(leading_skip_link(step.after, link) for link in links):
            told = f"The Tab key first reaches {first.text or first.tag!r}, which is no skip link"
        elif not first.target:
            told = "The skip link leads nowhere"
        elif not first.shown:
            told = "The skip link stays out of sight when focused"
    if told:
        yield seen(
            "a11y.skip-link-missing",
            told,
            page=step.after,
            path=first.path if first is not None else "",
            view="desktop",
            expected=step.requirements.a11y.skip_label,
            measured=f"{first.text} {first.href}".strip() if first is not None else "nothing",
            subject="skip-link",
        )


def check_focus(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Everything that can be focused looks different while it is."""
    hidden = [one for one in after.focus if not one.seen]
    if after.focus and not hidden:
        return
    first = hidden[0] if hidden else None
    told = f"Focus cannot be seen on {len(hidden)} of {len(after.focus)} controls" if hidden else "Nothing can be focused"
    yield seen(
        "a11y.focus-invisible",
        f"{told}, first {first.text or first.tag!r}" if first is not None else told,
        page=step.after,
        path=first.path if first is not None else "",
        view="desktop",
        expected="another look while focused",
        measured="no difference",
        subject="focus",
        section=first.section if first is not None and len({one.section for one in hidden}) == 1 else "",
        inherited=not before.focus,
    )


def check_hidden_focus(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Nothing that the Tab key reaches is hidden from readers, unless as much was in the input.

    axe-core has a rule for it but only doubts, and reports nothing, where a picture's overlay looks to it like an open dialogue.
    """
    found = _unread(step.after, after)
    if len(found) > len(_unread(step.before, before)):
        yield seen(
            "a11y.aria-invalid",
            f"Focus reaches {found[0].text or found[0].tag!r}, which is hidden from readers",
            page=step.after,
            path=found[0].path,
            view="desktop",
            expected="no aria-hidden around what can be focused",
            measured=f"{len(found)} element{'s' if len(found) > 1 else ''}",
            subject="aria-hidden-focus",
        )


def _unread(page: Page, probe: Probe) -> list[FocusSeen]:
    """What can be focused though aria-hidden hides it from readers."""
    elements = [(one, page.html.one(one.path)) for one in probe.focus]
    return [one for one, e in elements if e is not None and hidden(e) and not hidden(e, from_readers=False)]


def check_axe(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """axe-core reports nothing that it did not report of the input, but for what the static checks judge themselves."""
    found = new_violations(before, after)
    # Only where the files alone show nothing wrong with names is what the browser shows a finding of its own.
    named = any(_NAMING.match(one.id) for one in found) and not [*check_names(step), *check_alternatives(step)]
    for one in found:
        aria = _ARIA.match(one.id) is not None
        if not aria and (_CHARGED_ELSEWHERE.match(one.id) or (_NAMING.match(one.id) and not named)):
            continue
        if one.id == "empty-heading" and _titles(step.before) - _titles(step.after):
            continue  # a text that is lost, and charged as that
        yield seen(
            "a11y.aria-invalid" if aria else "a11y.axe-new",
            one.help,
            page=step.after,
            path=one.targets[0] if one.targets else "",
            view="desktop",
            expected="no violation that the input did not have",
            measured=f"axe-core {one.id}, {one.nodes} element{'s' if one.nodes > 1 else ''}",
            subject=one.id,
        )


def _titles(page: Page) -> Counter[str]:
    return Counter(text for element in page.html.elements if heading_level(element) and (text := text_of(element)))


def new_violations(before: Probe, after: Probe) -> tuple[AxeViolation, ...]:
    """Rules that more elements break than in the input; none where either was not examined. A new element is named first."""
    if before.axe is None or after.axe is None:
        return ()
    had = {one.id: one for one in before.axe}
    found: list[AxeViolation] = []
    for one in after.axe:
        old = had.get(one.id)
        if old is not None and one.nodes <= old.nodes:
            continue
        known = old.targets if old is not None else ()
        targets = sorted(one.targets, key=lambda target: target in known)
        found.append(one.model_copy(update={"targets": tuple(targets), "nodes": one.nodes - (old.nodes if old is not None else 0)}))
    return tuple(found)


CHECKS = (check_skip_link, check_focus, check_hidden_focus, check_axe)
