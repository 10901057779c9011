"""What keyboard and screen-reader basics are judged by: skip link, landmarks, names, alternatives, language, headings, motion."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from turbohtml import Element

from sitegen_tui.actions.base import Page, Step, finding
from sitegen_tui.actions.checks.measure import where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.site.accessible import accessible_name, focusable, heading_level, hidden, labelled
from sitegen_tui.site.html import attribute, inside, text_of
from sitegen_tui.site.page import HTML
from sitegen_tui.site.references import resolve

_SKIP_WORDS = re.compile(r"\b(skip|jump|main|content)\b", re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|svg|avif)$|[/\\]", re.IGNORECASE)


def _mains(page: Page) -> list[Element]:
    found = [e for e in page.html.elements if e.tag == "main" or (attribute(e, "role") or "").lower() == "main"]
    return [element for element in found if not hidden(element)]


def check_skip_link(step: Step) -> Iterator[Finding]:
    """The first element the Tab key reaches is a named link to the main content."""
    html = step.after.html
    body = html.tag("body")
    reached = [e for e in html.elements if body is not None and focusable(e) and inside(e, body)]
    # Several skip links may stand in a row, not all to the main content.
    leading = list(takewhile(lambda e: _target(step.after, e) is not None and _SKIP_WORDS.search(text_of(e)), reached))
    first = next((e for e in leading if _leads_to_main(step.after, e)), reached[0] if reached else None)
    told = ""
    href = (attribute(first, "href") or "").strip() if first is not None else ""
    name = accessible_name(html, first) if first is not None else ""
    if first is None or first.tag != "a" or "#" not in href or _page_of(href) != HTML:
        told = "The first thing the Tab key reaches is not a skip link"
    elif _target(step.after, first) is None:
        told = "The skip link leads nowhere"
    elif not name:
        told = "The skip link has no text"
    elif not _leads_to_main(step.after, first):
        told = "The first link of the page does not lead to the main content"
    if told:
        # A link that leads nowhere is pointed at by its address, as a broken link is.
        part = "href" if first is not None and href and _target(step.after, first) is None else ""
        measured = f"{name} {href}".strip() or "no link"
        evidence = where(step.after, first, expected=step.requirements.a11y.skip_label, measured=measured, name=part)
        yield finding("a11y.skip-link-missing", told, subject="skip-link", evidence=evidence)


def _page_of(href: str) -> str | None:
    return HTML if href.startswith("#") else resolve(href.partition("#")[0], HTML)


def _target(page: Page, link: Element) -> Element | None:
    """The element of this page that a link leads to by its fragment."""
    href = (attribute(link, "href") or "").strip()
    named = page.html.ids.get(href.partition("#")[2], ()) if link.tag == "a" and _page_of(href) == HTML else ()
    return named[0] if named else None


def _leads_to_main(page: Page, link: Element) -> bool:
    target = _target(page, link)
    return target is not None and _is_main(page, target, accessible_name(page.html, link))


def leading_skip_link(page: Page, element: Element) -> bool:
    """Whether an element is a link to the main content, or one of several skip links that stand in a row before it."""
    return _leads_to_main(page, element) or (
        _target(page, element) is not None and _SKIP_WORDS.search(text_of(element)) is not None
    )


def _is_main(page: Page, target: Element, name: str) -> bool:
    """Whether a link of that name to that target skips to the main content: the main element, or the beginning of it."""
    mains = _mains(page)
    if not mains:
        return target.tag not in ("header", "nav", "body") and _SKIP_WORDS.search(name) is not None
    if target in mains:
        return True
    if any(inside(main, target) for main in mains):
        return target.tag not in ("body", "html") and _SKIP_WORDS.search(name) is not None
    if not _SKIP_WORDS.search(name):
        return False
    main = next((main for main in mains if inside(target, main)), None)
    if main is None:
        elements = page.html.elements
        # An anchor right in front of the main element is as good.
        return elements[elements.index(target) + 1 : elements.index(target) + 2] == (mains[0],)
    first = next((child for child in main.children if isinstance(child, Element)), None)
    return target.tag == "h1" or (first is not None and (target == first or inside(target, first)))


def check_landmarks(step: Step) -> Iterator[Finding]:
    """One main; a header, a footer, a labelled navigation; several navigations bear different labels."""
    html, mains = step.after.html, _mains(step.after)
    navs = [e for e in html.elements if (e.tag == "nav" or (attribute(e, "role") or "").lower() == "navigation") and not hidden(e)]
    labels = [labelled(html, nav).lower() for nav in navs]
    told, element = "", None
    if len(mains) != 1:
        told, element = f"The page has {len(mains) or 'no'} main", mains[1] if len(mains) > 1 else None
    elif not any(_landmark(e, "header", "banner") for e in html.elements):
        told = "The page has no header of its own"
    elif not any(_landmark(e, "footer", "contentinfo") for e in html.elements):
        told = "The page has no footer of its own"
    elif not navs:
        told = "The page has no navigation"
    elif not all(labels):
        told, element = "A navigation has no label", navs[labels.index("")]
    elif len(set(labels)) < len(labels):
        told, element = "Two navigations bear one label", navs[-1]
    if told:
        evidence = where(step.after, element, expected="one main, header, footer, labelled navigation", measured=", ".join(labels))
        yield finding("a11y.landmarks-wrong", told, subject="landmarks", evidence=evidence)


def _landmark(element: Element, tag: str, role: str) -> bool:
    given = (attribute(element, "role") or "").strip().lower()
    if given != role and (given or element.tag != tag):
        return False
    scoping = ("main", "article", "section", "aside", "nav")
    scoped = not given and any(isinstance(a, Element) and a.tag in scoping for a in element.ancestors)
    return not scoped and not hidden(element)


_FIELD_ROLES = ("textbox", "searchbox", "combobox", "listbox", "slider", "spinbutton", "checkbox", "switch", "radio")
_CONTROL_ROLES = ("button", "link", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", *_FIELD_ROLES)


def controls(page: Page) -> Iterator[Element]:
    """Every button, link and field that a screen reader meets."""
    for element in page.html.elements:
        role = (attribute(element, "role") or "").strip().lower()
        field = element.tag in ("select", "textarea") or (
            element.tag == "input" and (attribute(element, "type") or "").lower() != "hidden"
        )
        link = element.tag == "a" and "href" in element.attrs
        if (field or link or element.tag in ("button", "summary") or role in _CONTROL_ROLES) and not hidden(element):
            yield element


def check_names(step: Step) -> Iterator[Finding]:
    """Every control has an accessible name; a placeholder is none."""
    found = list(controls(step.after))
    if not found:
        gone = not any(controls(step.before))
        yield finding("a11y.name-missing", "The page has no buttons, links and fields left", subject="page", inherited=gone)
    for element, key in _keyed(found, ("data-slot", "id", "name", "href", "type")):
        if not accessible_name(step.after.html, element) and not _lacks_only_alt(step.after, element):
            kind = {"a": "link", "input": "field", "textarea": "field", "select": "field"}.get(element.tag, "button")
            evidence = where(step.after, element, expected="an accessible name", measured="none")
            yield finding("a11y.name-missing", f"A {kind} has no accessible name", subject=key, evidence=evidence)


def _lacks_only_alt(page: Page, control: Element) -> bool:
    """Whether its name would be the alternative text of a picture in it, which is charged as such."""
    return control.tag in ("a", "button") and any(not _has_alt(page, image) for image in control.select("img"))


def _keyed(elements: list[Element], names: tuple[str, ...]) -> Iterator[tuple[Element, str]]:
    """Elements with keys that stay the same when something else is put into the page."""
    seen: Counter[str] = Counter()
    for element in elements:
        told = next((value for name in names if (value := attribute(element, name))), "")[:120]
        key = f"{element.tag} {told}".strip()
        seen[key] += 1
        yield element, key if seen[key] == 1 else f"{key} ({seen[key]})"


def _without_alt(page: Page) -> list[Element]:
    return [image for image in page.html.elements if image.tag == "img" and not hidden(image) and not _has_alt(page, image)]


def _has_alt(page: Page, image: Element) -> bool:
    if (attribute(image, "role") or "").lower() in ("none", "presentation") or labelled(page.html, image):
        return True
    alt = attribute(image, "alt")
    if alt is None or (alt and not alt.strip()):
        return False
    name = posixpath.basename((attribute(image, "src") or "").split("?")[0])
    stem = posixpath.splitext(name)[0].lower()
    # One plain word may well be both a file's name and what it shows.
    return not _FILE_NAME.search(alt.strip()) and not (alt.strip().lower() == stem and re.search(r"[\d_-]", stem))


def check_alternatives(step: Step) -> Iterator[Finding]:
    """Every picture has an alternative text, empty where it is decoration, and never a file name."""
    lacking = _without_alt(step.after)
    share = max(len(lacking), len(_without_alt(step.before)))
    images = [image for image in step.after.html.elements if image.tag == "img"]
    for image, subject in _keyed(images, ("src",)):
        if image not in lacking:
            continue
        alt = attribute(image, "alt")
        named = alt is not None and alt.strip()
        message = "The alternative text of a picture is a file name" if named else "A picture has no alternative text"
        evidence = where(step.after, image, expected="an alternative text", measured="no alt" if alt is None else alt)
        yield finding("a11y.alt-missing", message, subject=subject, evidence=evidence, instances=share)
    if not images and step.start.html.tag("img") is not None:
        gone = step.before.html.tag("img") is None
        yield finding("a11y.alt-missing", "The page has no pictures left", subject="page", inherited=gone)


def check_language(step: Step) -> Iterator[Finding]:
    """The page says its language."""
    root = step.after.html.tag("html")
    actual = attribute(root, "lang") if root is not None else None
    wanted = step.requirements.seo.lang
    if (actual or "").strip().lower() != wanted.lower():
        message = "The page says another language than its own" if actual else "The page does not say its language"
        evidence = where(step.after, root, expected=wanted, measured=actual or "no lang", name="lang")
        yield finding("a11y.lang-missing", message, subject="html", evidence=evidence)


def check_headings(step: Step) -> Iterator[Finding]:
    """No heading skips a level."""
    before = 0
    for element in step.after.html.elements:
        level = heading_level(element)
        if not level or hidden(element):
            continue
        if before and level > before + 1:
            evidence = where(
                step.after, element, expected=f"level {before + 1} at most", measured=f"level {level}: {text_of(element)}"
            )
            message = f"A heading of level {level} follows one of level {before}"
            yield finding("a11y.heading-order", message, subject="headings", evidence=evidence)
            return
        before = level
    if not before:
        yield finding("a11y.heading-order", "The page has no headings", subject="headings", evidence=where(step.after, None))


_LESS = re.compile(r"prefers-reduced-motion\s*(:\s*reduce\s*)?\)")
_NO_WISH = re.compile(r"prefers-reduced-motion\s*:\s*no-preference\s*\)")
_MOVES = re.compile(r"^(-webkit-)?(animation|transition|scroll-behavior)")
_STILL = re.compile(r"^(none|auto|unset|initial|0m?s|0?\.0*1m?s|1m?s|1|0)(\s*!important)?$")


def check_motion(step: Step) -> Iterator[Finding]:
    """The stylesheet heeds a wish for less motion: it has rules for it, or lets things move only where there is no such wish."""
    for sheet in step.after.sheets:
        for rule in sheet.css.rules:
            wish = " ".join(around.lower() for around in rule.context)
            if rule.declarations and _LESS.search(wish):
                return
            moving = [d.value.strip().lower() for d in rule.declarations if _MOVES.match(d.name.lower())]
            if _NO_WISH.search(wish) and not all(map(_STILL.match, moving)):
                return
    evidence = where(step.after, None, expected="@media (prefers-reduced-motion: reduce)", measured="no such rule")
    yield finding("a11y.reduced-motion", "There is no rule for people who want less motion", subject="motion", evidence=evidence)
