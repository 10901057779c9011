"""How updating the hero's text goes wrong: copy forgotten or reworded, calls that lead elsewhere, a headline that is no heading."""

from __future__ import annotations

from random import Random

from sitegen_tui.actions.base import HTML, Brief, Fault, Files, Grade, Mutation
from sitegen_tui.actions.faults.planting import link_kept, one_of, renamed, slot_link, slot_text, text_kept, written
from sitegen_tui.actions.faults.rewording import Rewording, reworded
from sitegen_tui.site.html import parse_html
from sitegen_tui.site.source import Splices

_HEADLINE, _LEAD, _CALL = "hero-headline", "hero-subheadline", "hero-primary-cta"
_SECOND, _EYEBROW = "hero-secondary-cta", "hero-eyebrow"


def _worded(slot: str, how: Rewording) -> Mutation:
    return slot_text(slot, lambda text, brief, rng: reworded(text, how, rng))


def _reworded(slot: str, how: Rewording, violation: str, grade: Grade, weight: float = 1.0) -> Fault:
    return Fault(f"{slot}-{how}", (violation,), _worded(slot, how), grade, weight)


def _emptied(text: str, brief: Brief, rng: Random) -> str | None:
    return ""


def _nowhere(href: str, brief: Brief, rng: Random) -> str | None:
    return "#"


def _abroad(href: str, brief: Brief, rng: Random) -> str | None:
    return rng.choice(("https://www.example.com/", "javascript:void(0)", "/booking"))


def _near(href: str, brief: Brief, rng: Random) -> str | None:
    """Another place of the page than the one that was asked for."""
    others = [f"#{name}" for section in brief.manifest.sections if f"#{(name := section.id)}" != href]
    return rng.choice(others) if others else None


def _dangling(href: str, brief: Brief, rng: Random) -> str | None:
    """A place that the page does not have."""
    return rng.choice(("#book-now", "#reservations", f"{href}-us"))


def _arrowed(label: str, brief: Brief, rng: Random) -> str | None:
    return rng.choice((f"{label} →", f"{label} now", f"{label}!"))


def _headline_as(tag: str) -> Mutation:
    """The headline is an element of that name."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        element, edits = html.one(brief.manifest.slots[_HEADLINE]), Splices(html.text)
        if element is None or element.tag == tag or not renamed(html, edits, element, tag):
            return None
        return written(after, edits)

    return apply


def _second_h1(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The heading of a section is an h1 too."""
    html = parse_html(after.get(HTML, ""))
    headings = [h for section in brief.manifest.sections if (h := html.one(f"{section.selector} h2")) is not None]
    edits = Splices(html.text)
    if not headings or not renamed(html, edits, rng.choice(headings), "h1"):
        return None
    return written(after, edits)


FAULTS = (
    Fault("hero-headline-emptied", ("text.missing",), slot_text(_HEADLINE, _emptied), "blatant", 0.0),
    Fault("hero-headline-kept", ("text.missing",), text_kept(_HEADLINE), "realistic", 0.5),
    Fault("hero-subheadline-kept", ("text.missing",), text_kept(_LEAD)),
    Fault("hero-call-kept", ("text.missing",), text_kept(_CALL), "subtle", 0.5),
    _reworded(_HEADLINE, "other", "text.not-verbatim", "blatant", 0.3),
    _reworded(_LEAD, "paraphrase", "text.not-verbatim", "realistic"),
    _reworded(_HEADLINE, "cased", "text.not-verbatim", "realistic", 0.5),
    Fault("hero-call-arrow", ("text.not-verbatim",), slot_text(_CALL, _arrowed), "realistic", 0.3),
    _reworded(_HEADLINE, "synonym", "text.not-verbatim", "subtle"),
    _reworded(_LEAD, "misspelt", "text.not-verbatim", "subtle", 0.3),
    _reworded(_LEAD, "unpunctuated", "text.not-verbatim", "subtle", 0.5),
    _reworded(_LEAD, "escaped", "text.not-verbatim", "subtle", 0.3),
    _reworded(_EYEBROW, "paraphrase", "text.not-verbatim", "realistic", 0.3),
    _reworded(_SECOND, "synonym", "text.not-verbatim", "subtle", 0.3),
    Fault("hero-cta-abroad", ("text.cta-href-wrong",), slot_link(_CALL, _abroad), "blatant", 0.0),
    Fault("hero-cta-href-kept", ("text.cta-href-wrong",), link_kept(_CALL), "realistic", 1.0),
    Fault("hero-cta-href", ("text.cta-href-wrong",), slot_link(_CALL, _nowhere), "subtle"),
    Fault("hero-cta-near", ("text.cta-href-wrong",), slot_link(_CALL, _near), "subtle", 0.3),
    Fault("hero-cta-dangling", ("text.cta-href-wrong",), slot_link(_CALL, _dangling), "realistic", 0.5),
    Fault("hero-second-href-kept", ("text.cta-href-wrong",), link_kept(_SECOND), "subtle", 0.5),
    Fault("hero-headline-lorem", ("text.not-verbatim", "text.placeholder-left"), _worded(_HEADLINE, "lorem"), "blatant", 0.0),
    Fault(
        "hero-bracketed",
        ("text.not-verbatim", "text.placeholder-left"),
        one_of(_worded(_LEAD, "bracketed"), _worded(_HEADLINE, "bracketed")),
        "realistic",
        0.3,
    ),
    Fault("hero-eyebrow-kept", ("text.placeholder-left",), text_kept(_EYEBROW), "realistic", 0.5),
    Fault("hero-second-kept", ("text.placeholder-left",), text_kept(_SECOND), "subtle", 0.5),
    Fault("hero-headline-not-a-heading", ("text.heading-level-wrong",), _headline_as("div"), "blatant", 0.0),
    Fault("hero-headline-h2", ("text.heading-level-wrong",), _headline_as("h2"), "realistic", 0.3),
    Fault("hero-second-h1", ("text.heading-level-wrong",), _second_h1, "subtle", 0.3),
    _reworded(_HEADLINE, "quoted", "text.typography-changed", "blatant", 0.3),
    _reworded(_LEAD, "dashed", "text.typography-changed", "realistic", 0.5),
    _reworded(_LEAD, "typography", "text.typography-changed", "subtle"),
    _reworded(_LEAD, "stray-quote", "text.typography-changed", "subtle", 0.0),
)
