"""Damage to the page's structure: sections and items that are gone or emptied, wherever they went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from turbohtml import Element

from sitegen_tui.actions.base import Page, Step, finding
from sitegen_tui.actions.checks.measure import similarity, where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.template import Items, Manifest
from sitegen_tui.site.html import attribute, inside, text_of

EMPTIED = 0.2
"""A section that keeps less than this share of its text, and no picture, is emptied."""
ALIKE = 0.7
"""How alike a heading or text must be for a section whose hook is gone to be found again."""
MEDIA = "img, picture, video, svg, iframe, canvas, audio, object"


@dataclass(frozen=True)
class Part:
    """A named part of the page by the manifest: header, hero, a section, the footer."""

    id: str
    selector: str
    items: Items | None = None


def parts(manifest: Manifest) -> tuple[Part, ...]:
    """Every part of the page."""
    found = [Part("header", '[data-section="header"], header'), Part("hero", manifest.hero.selector)]
    found += [Part(s.id, s.selector, s.items) for s in manifest.sections]
    footer = manifest.footer
    found.append(Part("footer", footer.selector if footer else "footer", footer.items if footer else None))
    return tuple(found)


def find_part(page: Page, part: Part, like: Element | None = None, manifest: Manifest | None = None) -> tuple[Element | None, bool]:
    """A part's element, and whether only its content gave it away (by heading or by text, at least 0.7 alike).

    What lies in another part by the `manifest` is that part's, whatever it says.
    """
    element = page.html.one(part.selector)
    if element is not None or like is None:
        return element, False
    title, text = _heading(like), text_of(like)
    named = (page.html.one(other.selector) for other in (parts(manifest) if manifest else ()) if other.id != part.id)
    others = [other for other in named if other is not None]
    for candidate in page.html.select("section, header, footer, main > div, body > div, article, aside"):
        other = _heading(candidate)
        if any(inside(candidate, one) for one in others):
            continue
        if title and other and similarity(title, other) >= ALIKE:
            return candidate, True
        if not title and text and similarity(text, text_of(candidate)) >= ALIKE:
            return candidate, True
    return None, False


def items_of(page: Page, items: Items) -> tuple[Element, ...]:
    """The items of a group."""
    return page.html.select(f":is({items.container}) {items.item}")


@dataclass(frozen=True)
class Losses:
    """What of the input's structure is gone from the output, with the elements of the input that it was."""

    parts: tuple[tuple[Part, Element], ...]
    items: tuple[tuple[Part, Element], ...]
    others: tuple[Element, ...] = ()
    """Sections emptied, and groups of which every item is gone."""

    def hold(self, element: Element) -> bool:
        """Whether an element of the input lies in something that is gone."""
        return any(inside(element, gone) for gone in self.elements)

    @property
    def elements(self) -> tuple[Element, ...]:
        """Everything that is gone."""
        return (*(e for _, e in self.parts), *(e for _, e in self.items), *self.others)


def losses_of(step: Step) -> Losses:
    """The parts and items that are gone."""
    if step.unchanged:
        return Losses((), ())
    gone_parts = [
        (part, old)
        for part in parts(step.manifest)
        if (old := step.before.html.one(part.selector)) is not None and find_part(step.after, part, old, step.manifest)[0] is None
    ]
    gone_items: list[tuple[Part, Element]] = []
    others: list[Element] = []
    whole: tuple[_Content, _Content] | None = None
    for part in parts(step.manifest):
        old, new = step.before.html.one(part.selector), step.after.html.one(part.selector)
        if old is not None and new is not None and _is_emptied(old, new):
            others.append(old)
        if part.items is None:
            continue
        old_items = items_of(step.before, part.items)
        if len(items_of(step.after, part.items)) < len(old_items):
            whole = whole or (_content(step.before.html.tag("body")), _content(step.after.html.tag("body")))
            here = (_content(old), _content(new)) if old is not None else whole
            # An item may have gone elsewhere on the page; one that is still where it was is not another's of the same name.
            gone = [item for item in old_items if not _kept(item, *here) and not _kept(item, *whole)]
            gone_items += [(part, item) for item in gone]
            if len(gone) == len(old_items):
                others += step.before.html.select(part.items.container)
    return Losses(tuple(gone_parts), tuple(gone_items), tuple(others))


def structural(step: Step, losses: Losses) -> Iterator[Finding]:
    """layout.section-lost, layout.section-emptied, layout.card-lost, and hooks without which they are found by content only."""
    if step.unchanged:
        return
    for part, old in losses.parts:
        evidence = where(step.before, old, expected=part.selector, measured="not there").model_copy(update={"side": "before"})
        yield finding("layout.section-lost", f"The {_named(part)} is gone", subject=part.id, section=part.id, evidence=evidence)
    for part, item in losses.items:
        title = _heading(item) or text_of(item)[:60] or _picture(item) or "picture"
        evidence = where(step.before, item, expected=title, measured="not there").model_copy(update={"side": "before"})
        yield finding(
            "layout.card-lost",
            f"An item of {part.id} is gone: {title[:80]}",
            subject=f"{part.id}: {title}",
            section=part.id,
            evidence=evidence,
        )
    for part in parts(step.manifest):
        old = step.before.html.one(part.selector)
        if old is None:
            continue
        new, by_content = find_part(step.after, part, old, step.manifest)
        if new is not None:
            yield from _emptied_or_unhooked(step, part, old, new, by_content)
            yield from _unhooked_items(step, part, losses)


def _emptied_or_unhooked(step: Step, part: Part, old: Element, new: Element, by_content: bool) -> Iterator[Finding]:
    if _is_emptied(old, new):
        expected, measured = f"{len(text_of(old))} characters of text", str(len(text_of(new)))
        evidence = where(step.after, new, expected=expected, measured=measured)
        yield finding(
            "layout.section-emptied", f"The {_named(part)} is almost empty", subject=part.id, section=part.id, evidence=evidence
        )
    elif by_content:
        evidence = where(step.after, new, expected=part.selector)
        yield finding(
            "regress.hook-lost",
            f"The {_named(part)} can no longer be found by its hook",
            subject=part.selector,
            section=part.id,
            evidence=evidence,
        )


def _is_emptied(old: Element, new: Element) -> bool:
    had, has = len(text_of(old)), len(text_of(new))
    return had >= 20 and has < EMPTIED * had and new.select_one(MEDIA) is None


def _unhooked_items(step: Step, part: Part, losses: Losses) -> Iterator[Finding]:
    if part.items is None:
        return
    old, new = len(items_of(step.before, part.items)), len(items_of(step.after, part.items))
    if old - sum(1 for lost, _ in losses.items if lost.id == part.id) > new:
        yield finding(
            "regress.hook-lost",
            f"Items of {part.id} can no longer be found by their hook",
            subject=f"{part.items.container} {part.items.item}",
            section=part.id,
            evidence=where(step.after, step.after.html.one(part.selector), expected=f"{old} items", measured=str(new)),
        )


def _named(part: Part) -> str:
    return part.id if part.id in ("header", "footer", "hero") else f"section {part.id}"


@dataclass(frozen=True)
class _Content:
    """What of a part may be an item's: its whole text, how often an element says just this, the sources of its pictures."""

    text: str
    said: Counter[str]
    sources: frozenset[str]


def _content(part: Element | None) -> _Content:
    if part is None:
        return _Content("", Counter(), frozenset())
    sources = (attribute(element, "src") for element in part.iter_elements() if element.tag == "img")
    said = Counter(text_of(element) for element in part.iter_elements())
    return _Content(text_of(part), said, frozenset(source for source in sources if source))


def _kept(item: Element, before: _Content, after: _Content) -> bool:
    """Whether an item's content is still in a part: its heading, else its text, as often as it was; else its picture."""
    if heading := _heading(item):
        # A word like "Tables" may stand in a headline as well, which proves nothing for the item.
        return after.said[heading] >= before.said[heading]
    if text := text_of(item):
        return after.text.count(text) >= before.text.count(text)
    picture = _picture(item)
    return picture is None or picture in after.sources


def _picture(element: Element) -> str | None:
    image = element if element.tag == "img" else element.select_one("img")
    return attribute(image, "src") if image is not None else None


def _heading(element: Element) -> str:
    heading = element.select_one("h1, h2, h3, h4, h5, h6")
    return text_of(heading) if heading is not None else ""
