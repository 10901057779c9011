"""Content that a step loses or changes beside its task: sections, items, texts."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Literal

from turbohtml import Element

from sitegen_tui.actions.base import Brief
from sitegen_tui.actions.edits.editing import remove_element, set_text
from sitegen_tui.domain.template import Section
from sitegen_tui.judge.faults.base import AnyFault, Edit, element_of, items_of, on_page, texts_of
from sitegen_tui.judge.structure import EMPTIED, MEDIA
from sitegen_tui.site.html import HtmlFile, text_of
from sitegen_tui.site.source import Splices


def _half_lost(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """Two neighbouring sections are left out."""
    if len(sections) < 3:
        return False
    at = rng.randrange(len(sections) - 1)
    for section in sections[at : at + 2]:
        remove_element(html, edits, element_of(html, section))
    return True


def _replaced(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """A section has become another one that nobody asked for."""
    outer = html.outer(element_of(html, rng.choice(sections))) if len(sections) > 1 else None
    if outer is None:
        return False
    edits.replace(
        outer, "<section>\n      <h2>Stay in touch</h2>\n      <p>News arrives once a season, never more often.</p>\n    </section>"
    )
    return True


def _emptied(keep: Literal["none", "heading", "words"]) -> Edit:
    """A section keeps nothing (`none`), its heading (`heading`), or a little of its text (`words`); no picture."""

    def edit(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
        found: list[tuple[Section, str]] = []
        for section in sections:
            element = element_of(html, section)
            heading = element.select_one("h2, h3")
            had, title = text_of(element), text_of(heading) if heading is not None else ""
            left = {"none": "", "heading": title, "words": title + " Soon"}[keep]
            if len(had) >= 20 and len(left) < EMPTIED * len(had) and (left or keep == "none"):
                found.append((section, left))
        if not found:
            return False
        section, left = rng.choice(found)
        inner = html.inner(element_of(html, section))
        if inner is None:
            return False
        heading = element_of(html, section).select_one("h2, h3")
        outer = html.outer(heading) if heading is not None and keep != "none" else None
        kept = html.source(outer) if outer is not None else ""
        edits.replace(inner, f"\n      {kept}{'<p>Soon</p>' if keep == 'words' else ''}\n    ")
        return True

    return edit


def _all_but_one(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """Of a group one item is left."""
    groups = [items for section in sections if len(items := items_of(html, section)) > 2]
    if not groups:
        return False
    for item in rng.choice(groups)[1:]:
        remove_element(html, edits, item)
    return True


def _last_of_most(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """The last item of the largest group is left out, where it is missed least."""
    groups = [items for section in sections if len(items := items_of(html, section)) > 1]
    if not groups:
        return False
    remove_element(html, edits, max(groups, key=len)[-1])
    return True


def _texts_lost(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """Every paragraph of a section is left out, its items' texts too."""
    found = {section.id: texts for section in sections if len(texts := _spare(html, brief, section)) > 1}
    if not found:
        return False
    for text in found[rng.choice(sorted(found))]:
        remove_element(html, edits, text)
    return True


def _spare(html: HtmlFile, brief: Brief, section: Section) -> list[Element]:
    """Paragraphs of a section without which it is not empty, and no item either."""
    texts = texts_of(html, brief, [section], "p")
    element = element_of(html, section)
    left = len(text_of(element)) - sum(len(text_of(text)) for text in texts)
    whole = left >= EMPTIED * len(text_of(element)) or element.select_one(MEDIA) is not None
    return texts if whole else []


def _short_lost(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """A text of a few words is left out."""
    short = [text for text in texts_of(html, brief, sections, "p, dt, dd, figcaption") if len(text_of(text)) < 40]
    if not short:
        return False
    remove_element(html, edits, rng.choice(short))
    return True


def _added_sentence(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """A paragraph goes on with a sentence of the model's own."""
    texts = [text for text in texts_of(html, brief, sections, "p") if len(text_of(text)) > 60]
    if not texts:
        return False
    text = rng.choice(texts)
    set_text(html, edits, text, f"{text_of(text)} And that is a promise we keep.")
    return True


_OTHER_WORDS = (
    ("the", "our"),
    ("a", "one"),
    ("and", "or"),
    ("every", "each"),
    ("with", "for"),
    ("in", "at"),
    ("of", "from"),
    ("true", "plumb"),
)


def _one_word(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """One word of a text is another."""
    found = [
        (element, " ".join(new if word == old else word for word in words))
        for element in texts_of(html, brief, sections)
        if len(words := text_of(element).split()) > 3
        for old, new in _OTHER_WORDS
        if words.count(old) == 1
    ]
    if not found:
        return False
    element, text = rng.choice(found)
    set_text(html, edits, element, text)
    return True


_ELSEWHERE = ("replace-header-logo", "add-seo-meta", "add-structured-data", "verify-contrast")
"""Actions that neither colour nor fill nor arrange a section."""

CONTENT: tuple[AnyFault, ...] = (
    AnyFault("sections-lost", ("layout.section-lost",), on_page(_half_lost), "blatant", 0.0, hosts=_ELSEWHERE),
    AnyFault("section-replaced", ("layout.section-lost",), on_page(_replaced), "subtle", 0.0, hosts=_ELSEWHERE),
    AnyFault("section-emptied", ("layout.section-emptied",), on_page(_emptied("none")), "blatant", 0.0, hosts=_ELSEWHERE),
    AnyFault("section-heading-only", ("layout.section-emptied",), on_page(_emptied("heading")), "realistic", 0.0, hosts=_ELSEWHERE),
    AnyFault("section-few-words", ("layout.section-emptied",), on_page(_emptied("words")), "subtle", 0.0, hosts=_ELSEWHERE),
    AnyFault("items-lost", ("layout.card-lost",), on_page(_all_but_one), "blatant", 0.0),
    AnyFault("item-lost-last", ("layout.card-lost",), on_page(_last_of_most), "subtle", 0.0),
    AnyFault("texts-lost", ("regress.text-lost",), on_page(_texts_lost), "blatant", 0.0),
    AnyFault("text-lost-short", ("regress.text-lost",), on_page(_short_lost), "subtle", 0.0),
    AnyFault("text-lengthened", ("regress.text-changed",), on_page(_added_sentence), "blatant", 0.0),
    AnyFault("text-one-word", ("regress.text-changed",), on_page(_one_word), "subtle", 0.0),
)
"""Faults of content: `damage-section-lost` and the like in `careless` are the realistic ones."""
