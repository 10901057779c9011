"""Damage that careless models do beside their task: things lost, shortened, renamed or invented, whatever the action."""

from __future__ import annotations

from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import Brief, Files
from sitegen_tui.actions.edits.editing import remove_attribute, remove_element, set_attribute, set_text
from sitegen_tui.judge.faults.base import AnyFault
from sitegen_tui.site.html import HtmlFile, attribute, parse_html, text_of
from sitegen_tui.site.page import HTML
from sitegen_tui.site.source import Splices


def _sections(html: HtmlFile, brief: Brief) -> list[Element]:
    found = (html.one(section.selector) for section in brief.manifest.sections)
    return [element for element in found if element is not None]


def _lost_section(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A section is left out."""
    html = parse_html(after.get(HTML, ""))
    sections = _sections(html, brief)
    if len(sections) < 2:
        return None
    edits = Splices(html.text)
    remove_element(html, edits, rng.choice(sections))
    return {HTML: edits.result()}


def _lost_item(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One of a group of like things is left out."""
    html = parse_html(after.get(HTML, ""))
    groups = [section.items for section in brief.manifest.sections if section.items is not None]
    items = [item for group in groups for item in html.select(f"{group.container} {group.item}")]
    if not items:
        return None
    edits = Splices(html.text)
    remove_element(html, edits, rng.choice(items))
    return {HTML: edits.result()}


def _elided_section(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A comment stands where a section's content was."""
    html = parse_html(after.get(HTML, ""))
    spans = [span for section in _sections(html, brief) if (span := html.inner(section)) is not None]
    if not spans:
        return None
    edits = Splices(html.text)
    edits.replace(rng.choice(spans), "\n<!-- rest of the section unchanged -->\n")
    return {HTML: edits.result()}


def _lost_paragraph(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A text in one of the sections is left out."""
    html = parse_html(after.get(HTML, ""))
    texts = [
        paragraph
        for section in brief.manifest.sections
        for paragraph in html.select(f"{section.selector} p")
        if len(text_of(paragraph)) > 20
    ]
    if not texts:
        return None
    edits = Splices(html.text)
    remove_element(html, edits, rng.choice(texts))
    return {HTML: edits.result()}


def _changed_heading(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A heading that nobody spoke of is written on."""
    html = parse_html(after.get(HTML, ""))
    # A heading with something in it that is no text would lose that as well.
    every = [h for section in brief.manifest.sections for h in html.select(f"{section.selector} h3")]
    headings = [heading for heading in every if text_of(heading) and not list(heading.iter_elements())]
    if not headings:
        return None
    heading = rng.choice(headings)
    edits = Splices(html.text)
    set_text(html, edits, heading, f"{text_of(heading)} and more")
    return {HTML: edits.result()}


def _lost_hook(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A group's hook is gone from its markup."""
    html = parse_html(after.get(HTML, ""))
    hooked = [element for element in html.elements if attribute(element, "data-items") is not None]
    if not hooked:
        return None
    edits = Splices(html.text)
    remove_attribute(html, edits, rng.choice(hooked), "data-items")
    return {HTML: edits.result()}


def _broken_link(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A link of the navigation leads nowhere."""
    html = parse_html(after.get(HTML, ""))
    links = [link for link in html.select("nav a") if len(attribute(link, "href") or "") > 1]
    if not links:
        return None
    link = rng.choice(links)
    edits = Splices(html.text)
    set_attribute(html, edits, link, "href", f"{attribute(link, 'href')}-section")
    return {HTML: edits.result()}


def _described_picture(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """What a picture shows is written where its file should be named."""
    html = parse_html(after.get(HTML, ""))
    pictures = [
        picture
        for section in brief.manifest.sections
        for picture in html.select(f"{section.selector} img")
        if attribute(picture, "src")
    ]
    if not pictures:
        return None
    picture = rng.choice(pictures)
    shown = attribute(picture, "alt") or f"a picture of {brief.requirements.business.name}"
    edits = Splices(html.text)
    set_attribute(html, edits, picture, "src", shown)
    return {HTML: edits.result()}


_ELSEWHERE = ("replace-header-logo", "add-seo-meta", "add-structured-data", "verify-contrast")
"""Actions whose own work lies in none of the sections."""
_EARLY = ("swap-fonts", "replace-header-logo", "replace-favicon")
"""Actions before any text of a section was set, so that its loss undoes none."""

DAMAGE: tuple[AnyFault, ...] = (
    AnyFault("damage-section-lost", ("layout.section-lost",), _lost_section, "realistic", 0.8, hosts=_ELSEWHERE),
    AnyFault("damage-item-lost", ("layout.card-lost",), _lost_item, "realistic", 2.0, hosts=_ELSEWHERE),
    AnyFault("damage-section-elided", ("html.elided",), _elided_section, "blatant", 0.3, hosts=_ELSEWHERE),
    AnyFault("damage-paragraph-lost", ("regress.text-lost",), _lost_paragraph, "realistic", 2.0, hosts=_EARLY),
    AnyFault("damage-heading-changed", ("regress.text-changed",), _changed_heading, "realistic", 2.0, hosts=_ELSEWHERE),
    AnyFault("damage-hook-lost", ("regress.hook-lost",), _lost_hook, "subtle", 1.5, hosts=_ELSEWHERE),
    AnyFault("damage-link-broken", ("regress.link-broken",), _broken_link, "realistic", 0.7),
    AnyFault("damage-picture-described", ("images.description-as-src",), _described_picture, "blatant", 0.5, hosts=_ELSEWHERE),
)
"""Faults of any action, by how often models do them."""
