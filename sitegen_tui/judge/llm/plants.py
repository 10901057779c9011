"""Faults that only a judge can see, planted to measure judges by; programs are not held to them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sitegen_tui.actions.base import CSS, Brief
from sitegen_tui.domain.template import Section
from sitegen_tui.judge.faults.base import AnyFault, on_page, pictures_of, with_rules
from sitegen_tui.site.html import HtmlFile, escape_attribute
from sitegen_tui.site.source import Splices

Rules = Callable[[str, Random], str]


def _on_heading(rules: Rules) -> Callable[[HtmlFile, Brief, Random], str]:
    """Rules for the heading of a section, by its selector."""

    def block(html: HtmlFile, brief: Brief, rng: Random) -> str:
        there = [section for section in brief.manifest.sections if html.select(f"{section.selector} h2")]
        return rules(f"main {rng.choice(there).selector} h2", rng) if there else ""

    return block


def _on_item(rules: Rules) -> Callable[[HtmlFile, Brief, Random], str]:
    """Rules for one item of a section's group."""

    def block(html: HtmlFile, brief: Brief, rng: Random) -> str:
        there = [one for one in brief.manifest.sections if one.items is not None and len(_items(html, one)) > 1]
        if not there:
            return ""
        section = rng.choice(there)
        assert section.items is not None
        at = rng.randint(1, len(_items(html, section)))
        return rules(f"{section.items.container} > :nth-child({at})", rng)

    return block


def _items(html: HtmlFile, section: Section) -> tuple[object, ...]:
    return html.select(f"{section.items.container} > *") if section.items is not None else ()


def _alt(word: Callable[[str, Random], str]) -> Callable[[HtmlFile, Splices, Brief, Random, object], bool]:
    """Another alternative text for a picture of a section."""

    def edit(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, _left: object) -> bool:
        found = [
            (image, span)
            for image in pictures_of(html, brief.manifest.sections)
            if (span := html.value_span(image, "alt")) is not None and html.source(span[0]).strip() and span[1]
        ]
        if not found:
            return False
        image, (span, quote) = rng.choice(found)
        edits.replace(span, escape_attribute(word(image.attrs.get("src") or "", rng), quote or '"'))  # type: ignore[arg-type]
        return True

    return edit


def _file_name(source: str, _rng: Random) -> str:
    return source.rpartition("/")[2]


def _key_words(source: str, rng: Random) -> str:
    words = ["best", "cheap", "luxury", "top rated", "near me", "book now", "award winning", "affordable"]
    stem = source.rpartition("/")[2].partition(".")[0].replace("-", " ")
    return ", ".join([stem, *rng.sample(words, 4)])


_RESTYLED = "scope.unrequested-change"
_BROKEN = "layout.visual-break"
_INAPT = "a11y.alt-inapt"

PLANTS: tuple[AnyFault, ...] = (
    AnyFault(
        "restyled-heading-loud",
        (_RESTYLED,),
        with_rules(_on_heading(lambda at, _rng: f"{at} {{ text-transform: uppercase; font-size: 3.4em; font-style: italic; }}")),
        grade="blatant",
        touches=(CSS,),
    ),
    AnyFault(
        "restyled-heading",
        (_RESTYLED,),
        with_rules(_on_heading(lambda at, rng: f"{at} {{ letter-spacing: {rng.choice((3, 4, 5))}px; font-style: italic; }}")),
        touches=(CSS,),
    ),
    AnyFault(
        "restyled-item",
        (_RESTYLED,),
        with_rules(_on_item(lambda at, rng: f"{at} {{ border: {rng.choice((2, 3))}px dotted; border-radius: 18px; }}")),
        touches=(CSS,),
    ),
    AnyFault(
        "restyled-heading-slightly",
        (_RESTYLED,),
        with_rules(_on_heading(lambda at, _rng: f"{at} {{ letter-spacing: 0.8px; }}")),
        grade="subtle",
        touches=(CSS,),
    ),
    AnyFault(
        "turned-item",
        (_BROKEN,),
        with_rules(_on_item(lambda at, rng: f"{at} {{ transform: rotate({rng.choice((-14, 13, 17))}deg); }}")),
        grade="blatant",
        touches=(CSS,),
        also=(_RESTYLED,),
    ),
    AnyFault(
        "shifted-item",
        (_BROKEN,),
        with_rules(_on_item(lambda at, rng: f"{at} {{ position: relative; top: {rng.choice((36, 44, 60))}px; }}")),
        touches=(CSS,),
        also=(_RESTYLED,),
    ),
    AnyFault(
        "squeezed-item",
        (_BROKEN,),
        with_rules(_on_item(lambda at, rng: f"{at} {{ max-width: {rng.choice((38, 44, 50))}%; }}")),
        touches=(CSS,),
        also=(_RESTYLED,),
    ),
    AnyFault(
        "slanted-item",
        (_BROKEN,),
        with_rules(_on_item(lambda at, _rng: f"{at} {{ transform: skewY(2.5deg); }}")),
        grade="subtle",
        touches=(CSS,),
        also=(_RESTYLED,),
    ),
    AnyFault(
        "alt-says-picture", (_INAPT,), on_page(_alt(lambda _src, _rng: "image")), grade="blatant", hosts=("add-accessibility",)
    ),
    AnyFault("alt-is-file-name", (_INAPT,), on_page(_alt(_file_name)), hosts=("add-accessibility",)),
    AnyFault("alt-of-key-words", (_INAPT,), on_page(_alt(_key_words)), hosts=("add-accessibility",)),
)
"""Restyled, broken, misnamed: what a judge has to find to earn an id. Programs see nothing wrong in it."""
