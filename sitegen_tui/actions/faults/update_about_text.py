"""How updating the about text goes wrong: copy reworded, forgotten, merged or moved, another heading, wrong figures."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Brief, Fault, Files, Grade, Mutation
from sitegen_tui.actions.checks.copy_blocks import figures_of, marked, paragraphs_of
from sitegen_tui.actions.edits.editing import indent_of, remove_element, set_text
from sitegen_tui.actions.faults.planting import digit_changed, paragraph, slot_text, text_kept, written
from sitegen_tui.actions.faults.rewording import Rewording, reworded
from sitegen_tui.site.html import HtmlFile, escape_text, parse_html, text_of
from sitegen_tui.site.source import Splices

_HEADING = "about-heading"
_Change = Callable[[HtmlFile, Splices, list[Element], Random], bool]
"""A change of the paragraphs; whether it applies."""


def _paragraphs(html: HtmlFile, brief: Brief) -> list[Element]:
    body = html.one(brief.manifest.slots["about-body"])
    return paragraphs_of(body) if body is not None else []


def _body(change: _Change) -> Mutation:
    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        found, edits = _paragraphs(html, brief), Splices(html.text)
        return written(after, edits) if found and change(html, edits, found, rng) else None

    return apply


def _rewording(how: Rewording, violations: tuple[str, ...], grade: Grade, weight: float = 1.0, also: tuple[str, ...] = ()) -> Fault:
    """A paragraph, or for typography any that has quotes or dashes, in other words."""

    def change(html: HtmlFile, edits: Splices, found: list[Element], rng: Random) -> bool:
        rng.shuffle(found)
        for element in found:
            text, span = reworded(text_of(element), how, rng), html.inner(element)
            if text is not None and span is not None:
                edits.replace(span, escape_text(text))
                return True
        return False

    return Fault(f"about-paragraph-{how}", violations, _body(change), grade, weight, also)


def _emptied(html: HtmlFile, edits: Splices, found: list[Element], rng: Random) -> bool:
    span = html.inner(rng.choice(found))
    if span is None:
        return False
    edits.delete(span)
    return True


def _commented(html: HtmlFile, edits: Splices, found: list[Element], rng: Random) -> bool:
    """A paragraph stands in a comment, where nobody reads it."""
    span = html.outer(found[-1])
    if span is None or len(found) < 2:
        return False
    edits.replace(span, f"<!-- {html.source(span)} -->")
    return True


def _misdated(html: HtmlFile, edits: Splices, found: list[Element], rng: Random) -> bool:
    """A figure in the copy is another."""
    for element in found:
        span = html.inner(element)
        source = digit_changed(html.source(span), rng) if span is not None else None
        if span is not None and source is not None:
            edits.replace(span, source)
            return True
    return False


def _tailed(html: HtmlFile, edits: Splices, found: list[Element], rng: Random) -> bool:
    """A sentence of the model's own stands behind a required paragraph."""
    span = html.inner(rng.choice(found))
    if span is None:
        return False
    edits.insert(span.end, rng.choice((" Come and see for yourself!", " We would love to welcome you.")))
    return True


def _merged(html: HtmlFile, edits: Splices, found: list[Element], rng: Random) -> bool:
    """Two paragraphs become one."""
    first = html.inner(found[0])
    if len(found) < 2 or first is None:
        return False
    edits.insert(first.end, rng.choice((" ", "<br><br>")) + escape_text(text_of(found[1])))
    remove_element(html, edits, found[1])
    return True


def _swapped(html: HtmlFile, edits: Splices, found: list[Element], rng: Random) -> bool:
    if len(found) < 2:
        return False
    set_text(html, edits, found[0], text_of(found[1]))
    set_text(html, edits, found[1], text_of(found[0]))
    return True


def _added(html: HtmlFile, edits: Splices, found: list[Element], rng: Random) -> bool:
    """A paragraph of the model's own."""
    span = html.outer(found[-1])
    if span is None:
        return False
    own = rng.choice(("Come and see for yourself. We cannot wait to meet you!", "Get in touch today and let us start together."))
    edits.insert(span.end, html.newline + indent_of(html.text, span.start) + paragraph(own))
    return True


def _kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One paragraph of the template stays in the place of a required one."""
    old, new = _paragraphs(parse_html(before.get(HTML, "")), brief), parse_html(after.get(HTML, ""))
    targets = _paragraphs(new, brief)
    if not old or len(targets) < 2:
        return None
    edits = Splices(new.text)
    set_text(new, edits, targets[-1], text_of(old[min(len(old), len(targets)) - 1]))
    return written(after, edits)


def _left(choose: Callable[[list[Element], int], Element | None]) -> Mutation:
    """A paragraph of the template stays beside the required ones; the choice gets all of them and how many are required."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        old, new = parse_html(before.get(HTML, "")), parse_html(after.get(HTML, ""))
        sources, targets = _paragraphs(old, brief), _paragraphs(new, brief)
        chosen = choose(sources, len(targets)) if sources else None
        span = new.outer(targets[-1]) if targets else None
        source = old.outer(chosen) if chosen is not None else None
        if span is None or source is None:
            return None
        edits = Splices(new.text)
        edits.insert(span.end, new.newline + indent_of(new.text, span.start) + old.source(source))
        return written(after, edits)

    return apply


def _beyond(old: list[Element], required: int) -> Element | None:
    """The template has more paragraphs than the brief, and the last one stays."""
    return old[-1] if len(old) > required else None


def _headed(how: Rewording) -> Mutation:
    return slot_text(_HEADING, lambda text, brief, rng: reworded(text, how, rng))


def _heading_of_its_own(text: str, brief: Brief, rng: Random) -> str | None:
    return rng.choice(("About Us", "Our Story", f"About {brief.requirements.business.name}"))


def _figure(name: str, wrong: Callable[[str, Random], str | None]) -> Mutation:
    """One of the figures, or its label, is another."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        found = [part for figure in _figures(html, brief) if (part := marked(figure, name)) is not None]
        part = rng.choice(found) if found else None
        text = wrong(text_of(part), rng) if part is not None else None
        if part is None or text is None or text == text_of(part):
            return None
        edits = Splices(html.text)
        set_text(html, edits, part, text)
        return written(after, edits)

    return apply


def _figures(html: HtmlFile, brief: Brief) -> list[Element]:
    selector = brief.manifest.slots.get("about-stats")
    slot = html.one(selector) if selector is not None and brief.requirements.content.about.stats else None
    return figures_of(slot) if slot is not None else []


def _boasting(text: str, rng: Random) -> str | None:
    return rng.choice(("10,000+", "24/7", "100%"))


def _synonymous(text: str, rng: Random) -> str | None:
    return rng.choice((f"{text}+", f"our {text}", text.title()))


def _figure_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A figure keeps the template's value under the new label."""
    old = _figures(parse_html(before.get(HTML, "")), brief)
    source = marked(old[0], "data-stat-value") if old else None
    new = parse_html(after.get(HTML, ""))
    slot = _figures(new, brief)
    target = marked(slot[0], "data-stat-value") if slot else None
    if source is None or target is None or text_of(source) == text_of(target):
        return None
    edits = Splices(new.text)
    set_text(new, edits, target, text_of(source))
    return written(after, edits)


def _figures_swapped(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Two figures stand under each other's label."""
    html = parse_html(after.get(HTML, ""))
    found = [part for figure in _figures(html, brief) if (part := marked(figure, "data-stat-value")) is not None]
    if len(found) < 2 or text_of(found[0]) == text_of(found[1]):
        return None
    edits = Splices(html.text)
    set_text(html, edits, found[0], text_of(found[1]))
    set_text(html, edits, found[1], text_of(found[0]))
    return written(after, edits)


FAULTS = (
    _rewording("paraphrase", ("text.not-verbatim",), "realistic"),
    _rewording("synonym", ("text.not-verbatim",), "subtle"),
    _rewording("misspelt", ("text.not-verbatim",), "subtle", 0.3),
    _rewording("unpunctuated", ("text.not-verbatim",), "subtle", 0.3),
    _rewording("escaped", ("text.not-verbatim",), "subtle", 0.3),
    Fault("about-paragraph-misdated", ("text.not-verbatim",), _body(_misdated), "subtle", 0.3),
    Fault("about-paragraph-tailed", ("text.not-verbatim",), _body(_tailed), "realistic", 0.5),
    _rewording("other", ("text.not-verbatim",), "blatant", 0.3),
    _rewording("typography", ("text.typography-changed",), "subtle"),
    _rewording("stray-quote", ("text.typography-changed",), "subtle", 0.0),
    _rewording("quoted", ("text.typography-changed",), "blatant", 0.3),
    Fault("about-heading-quoted", ("text.typography-changed",), _headed("quoted"), "realistic", 0.3),
    _rewording("lorem", ("text.not-verbatim", "text.placeholder-left"), "blatant"),
    _rewording("bracketed", ("text.not-verbatim", "text.placeholder-left"), "subtle", 0.3),
    Fault("about-paragraph-emptied", ("text.missing",), _body(_emptied), "blatant", 0.0),
    Fault("about-paragraph-kept", ("text.missing",), _kept),
    Fault("about-paragraph-commented", ("text.missing",), _body(_commented), "subtle", 0.0),
    Fault("about-old-paragraph-left", ("text.placeholder-left",), _left(_beyond), "realistic", 2.0),
    Fault("about-old-paragraph-again", ("text.placeholder-left",), _left(lambda old, required: old[0]), "realistic", 0.5),
    Fault("about-paragraph-added", ("text.structure-wrong",), _body(_added), "blatant", 0.5),
    Fault("about-paragraphs-merged", ("text.structure-wrong",), _body(_merged)),
    Fault("about-paragraphs-swapped", ("text.structure-wrong",), _body(_swapped), "subtle", 0.5),
    Fault("about-heading-own", ("text.about-heading-wrong",), slot_text(_HEADING, _heading_of_its_own), "blatant", 0.5),
    Fault("about-heading-kept", ("text.about-heading-wrong",), text_kept(_HEADING), "realistic", 1.0),
    Fault("about-heading-reworded", ("text.about-heading-wrong",), _headed("synonym"), "subtle"),
    Fault("about-heading-cased", ("text.about-heading-wrong",), _headed("cased"), "subtle", 0.5),
    Fault("about-figure-boasting", ("text.stat-wrong",), _figure("data-stat-value", _boasting), "blatant", 0.3),
    Fault("about-figure-kept", ("text.stat-wrong",), _figure_kept),
    Fault("about-figures-swapped", ("text.stat-wrong",), _figures_swapped, "realistic", 0.3),
    Fault("about-figure-near", ("text.stat-wrong",), _figure("data-stat-value", digit_changed), "subtle", 0.5),
    Fault("about-label-reworded", ("text.stat-wrong",), _figure("data-stat-label", _synonymous), "subtle", 0.5),
)
