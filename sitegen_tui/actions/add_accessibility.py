"""Action 15, add accessibility: what people with a keyboard or a screen reader need to use the page."""

from __future__ import annotations

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, changed, lines
from sitegen_tui.actions.checks import focus_seen
from sitegen_tui.actions.checks.access import (
    check_alternatives,
    check_headings,
    check_landmarks,
    check_language,
    check_motion,
    check_names,
    check_skip_link,
)
from sitegen_tui.actions.edits.editing import append_css, indent_of, set_attribute
from sitegen_tui.actions.faults.add_accessibility import FAULTS
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.accessible import HEADINGS, accessible_name, focusable, heading_level, hidden, labelled
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.html import HtmlFile, attribute, escape_text, inside, parse_html, text_of
from sitegen_tui.site.page import JS
from sitegen_tui.site.source import Splices

_SKIP_RULES = """.skip-link {{ position: fixed; top: 0; left: 16px; z-index: 100; padding: 12px 20px; \
background-color: var({text}); color: var({background}); transform: translateY(-120%); }}
.skip-link:focus {{ transform: none; }}"""
# A dark ring inside a light one is seen on any ground.
_FOCUS_RULES = """a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, \
summary:focus-visible, [tabindex]:focus-visible {{ outline: 3px solid var({text}); outline-offset: 0; \
box-shadow: 0 0 0 6px var({background}); }}"""
_MOTION_RULES = """@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important; \
transition-duration: 0.01ms !important; scroll-behavior: auto !important; }
}"""


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    labels = requirements.a11y
    return lines(
        "Make the page usable with a keyboard and a screen reader, without changing how it looks or what it says.",
        f'- The html element says the language: lang="{requirements.seo.lang}".',
        f'- A skip link "{labels.skip_label}" is the first focusable element of the body and leads to the id of the main element; '
        "it is shown when focused.",
        f'- Landmarks: exactly one main, a header, a footer; the main navigation has aria-label="{labels.nav_label}"; '
        "further navigations have labels of their own.",
        f'- The menu button is called "{labels.menu_label}" (aria-label) and has aria-expanded and aria-controls.'
        if "menu-button" in manifest.slots
        else "",
        "- Every button, link and form field has an accessible name; a placeholder is not a name.",
        '- Every img has an alt that says what it is for (alt="" for decoration, never a file name).',
        "- Headings skip no level.",
        "- Keyboard focus is visible on every control (:focus-visible), and a prefers-reduced-motion rule stops motion.",
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Add what is missing, each thing in its place; what is there already stays as it is."""
    html = parse_html(files.get(HTML, ""))
    edits = Splices(html.text)
    labels = brief.requirements.a11y
    root = html.tag("html")
    if root is not None and html.start_tag(root) is not None:
        set_attribute(html, edits, root, "lang", brief.requirements.seo.lang)
    _skip_link(html, edits, labels.skip_label)
    _navigations(html, edits, brief)
    _pictures(html, edits, brief.requirements.business.name)
    _names(html, edits, brief)
    _headings(html, edits)
    found = {HTML: edits.result()} if HTML in files else {}
    if CSS in files:
        found[CSS] = _styled(files[CSS], brief)
    return changed(files, found)


def _skip_link(html: HtmlFile, edits: Splices, label: str) -> None:
    main, body = html.tag("main") or html.one('[role="main"]'), html.tag("body")
    start = html.start_tag(body) if body is not None else None
    if main is None or body is None or start is None or html.start_tag(main) is None:
        return
    target = attribute(main, "id") or next(name for name in ("main", "main-content", "page-content") if name not in html.ids)
    set_attribute(html, edits, main, "id", target)
    first = next((e for e in html.elements if inside(e, body) and focusable(e)), None)
    if first is None or attribute(first, "href") != f"#{target}":
        lead = html.newline + indent_of(html.text, start.start) + "  "
        edits.insert(start.end, f'{lead}<a class="skip-link" href="#{target}">{escape_text(label)}</a>')


def _navigations(html: HtmlFile, edits: Splices, brief: Brief) -> None:
    """Labels for navigations, and the state of the menu button with what it opens."""
    slot = html.one(brief.manifest.slots["nav"])
    main = next((nav for nav in html.select("nav") if slot is not None and inside(slot, nav)), None) or html.tag("nav")
    for number, nav in enumerate(html.select("nav")):
        if not labelled(html, nav):
            further = "Footer" if any(isinstance(a, Element) and a.tag == "footer" for a in nav.ancestors) else f"Further {number}"
            set_attribute(html, edits, nav, "aria-label", brief.requirements.a11y.nav_label if nav == main else further)
    selector = brief.manifest.slots.get("menu-button")
    button = html.one(selector) if selector else None
    if button is None:
        return
    if "aria-expanded" not in button.attrs:
        set_attribute(html, edits, button, "aria-expanded", "false")
    opened = next((e for e in (main, slot) if e is not None and attribute(e, "id")), slot)
    if "aria-controls" not in button.attrs and opened is not None:
        target = attribute(opened, "id") or next(name for name in ("site-menu", "main-menu", "page-menu") if name not in html.ids)
        set_attribute(html, edits, opened, "id", target)
        set_attribute(html, edits, button, "aria-controls", target)


def _pictures(html: HtmlFile, edits: Splices, name: str) -> None:
    """Alternative texts, from the caption or heading a picture stands with."""
    told: dict[str, int] = {}
    for image in html.select("img"):
        if "alt" in image.attrs:
            continue
        text = _topic(image) or name
        told[text] = told.get(text, 0) + 1
        set_attribute(html, edits, image, "alt", text if told[text] == 1 else f"{text}, picture {told[text]}")


def _topic(element: Element) -> str:
    """The caption or heading of the innermost part of the page around an element that has one."""
    for around in element.ancestors:
        if not isinstance(around, Element) or around.tag in ("body", "html", "main"):
            return ""
        for wanted in (("figcaption",), HEADINGS):
            found = next((e for e in around.descendants if isinstance(e, Element) and e.tag in wanted and text_of(e)), None)
            if found is not None:
                return text_of(found)
    return ""


def _names(html: HtmlFile, edits: Splices, brief: Brief) -> None:
    """Names for controls that have none: from what they are for."""
    selector = brief.manifest.slots.get("menu-button")
    menu = html.one(selector) if selector else None
    for element in html.select("a[href], button, input, select, textarea, summary"):
        kind = (attribute(element, "type") or "").lower()
        if kind == "hidden" or (element != menu and accessible_name(html, element)):
            continue
        if element == menu:
            if not accessible_name(html, element):
                set_attribute(html, edits, element, "aria-label", brief.requirements.a11y.menu_label)
            continue
        pictures = [e for e in element.descendants if isinstance(e, Element) and e.tag == "img" and "alt" not in e.attrs]
        if not pictures:
            set_attribute(html, edits, element, "aria-label", _purpose(element))


def _purpose(element: Element) -> str:
    hint = attribute(element, "placeholder") or (attribute(element, "name") or "").replace("-", " ").replace("_", " ").capitalize()
    kind = (attribute(element, "type") or "").capitalize()
    return hint.strip() or _topic(element) or kind or element.tag.capitalize()


def _headings(html: HtmlFile, edits: Splices) -> None:
    """A heading that skips a level says the level it stands at; its tag stays, for the stylesheet's sake."""
    before = 0
    for element in html.elements:
        level = heading_level(element)
        if not level or hidden(element):
            continue
        if before and level > before + 1:
            level = before + 1
            set_attribute(html, edits, element, "aria-level", str(level))
        before = level


def _styled(text: str, brief: Brief) -> str:
    """A stylesheet that shows skip link and focus, and heeds a wish for less motion."""
    css, tokens = parse_css(text), brief.manifest.tokens
    if css.open_at_end:
        # What is put behind an unclosed block would become part of it.
        return text
    values = {"text": tokens["text"], "background": tokens["background"]}
    blocks: list[str] = []
    if not css.rules_for(".skip-link"):
        blocks.append(_SKIP_RULES.format(**values))
    if not any(":focus-visible" in rule.prelude for rule in css.rules):
        blocks.append(_FOCUS_RULES.format(**values))
    if not any("prefers-reduced-motion" in around for rule in css.rules for around in rule.context):
        blocks.append(_MOTION_RULES)
    return append_css(text, "\n".join(blocks)) if blocks else text


ACTION = Action(
    id="add-accessibility",
    intent="Keyboard and screen-reader basics",
    write_set=(HTML, CSS, JS),
    directive=directive,
    edit=edit,
    checks=(
        check_skip_link,
        check_landmarks,
        check_names,
        check_alternatives,
        check_language,
        check_headings,
        check_motion,
    ),
    rendered=focus_seen.CHECKS,
    faults=FAULTS,
)
