"""How adding accessibility goes wrong: the faults of action 15, planted in its good result."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from itertools import pairwise
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, changed
from sitegen_tui.actions.edits.editing import append_css, remove_attribute, remove_element, set_attribute
from sitegen_tui.site.accessible import heading_level, hidden
from sitegen_tui.site.html import HtmlFile, attribute, inside, parse_html, text_of
from sitegen_tui.site.source import Span, Splices

_Spoil = Callable[[HtmlFile, Splices, HtmlFile, Random], object]


def _spoiled(spoil: _Spoil) -> Mutation:
    """A fault in the finished page; the change gets that page, its edits and the page before. No edit, no fault."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        edits = Splices(html.text)
        spoil(html, edits, parse_html(before.get(HTML, "")), rng)
        return None if edits.empty else changed(after, {HTML: edits.result()}) or None

    return apply


def _given(choose: Callable[[HtmlFile], list[Element]], name: str, *values: str) -> Mutation:
    """A fault of one attribute: one of the chosen elements gets one of these values."""

    def spoil(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
        found = choose(html)
        if found:
            set_attribute(html, edits, rng.choice(found), name, rng.choice(values))

    return _spoiled(spoil)


_Rules = Callable[[HtmlFile, Brief, Random], str]


def _styled(rules: _Rules) -> Mutation:
    """A fault of rules that come last in the stylesheet; no rules, no fault."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        found = rules(parse_html(after.get(HTML, "")), brief, rng)
        return {CSS: append_css(after[CSS], found)} if found and CSS in after else None

    return apply


# -- skip link and landmarks ----------------------------------------------------------------------------------------------


def _skips(html: HtmlFile) -> list[Element]:
    return list(html.select("a.skip-link"))


def _no_skip_link(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """There is no skip link."""
    for link in _skips(html):
        remove_element(html, edits, link)


def _skip_elsewhere(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """The skip link leads to a section further down."""
    main = html.tag("main")
    parts = [e for e in main.children if isinstance(e, Element) and attribute(e, "id")][1:] if main is not None else []
    if parts:
        for link in _skips(html):
            set_attribute(html, edits, link, "href", f"#{attribute(rng.choice(parts), 'id')}")


def _skip_late(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """The skip link stands behind the header that it should skip."""
    main = html.tag("main")
    start = html.start_tag(main) if main is not None else None
    for link in _skips(html):
        span = html.outer(link)
        if span is not None and start is not None and span.end < start.start:
            remove_element(html, edits, link)
            edits.insert(start.start, f"{html.source(span)}{html.newline}  ")


def _skip_unseen(html: HtmlFile, brief: Brief, rng: Random) -> str:
    """The skip link stays out of sight while it has the focus."""
    if not _skips(html):
        return ""
    return rng.choice(
        (
            ".skip-link:focus { transform: translateY(-200%) !important; }",
            ".skip-link:focus { clip-path: inset(50%) !important; opacity: 0 !important; }",
            ".skip-link, .skip-link:focus { left: -9999px !important; }",
        )
    )


def _no_main(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """The main element is a div."""
    main = html.tag("main")
    start, end = (html.start_tag(main), html.end_tag(main)) if main is not None else (None, None)
    if start is not None and end is not None:
        edits.replace(Span(start.start + 1, start.start + 5), "div")
        edits.replace(Span(end.start + 2, end.start + 6), "div")


def _second_main(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """A part of the main element is called main as well."""
    main = html.tag("main")
    first = next((e for e in main.children if isinstance(e, Element)), None) if main is not None else None
    if first is not None:
        set_attribute(html, edits, first, "role", "main")


def _no_nav_label(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """The navigation has no label."""
    nav = html.one("nav[aria-label]")
    if nav is not None:
        remove_attribute(html, edits, nav, "aria-label")


# -- names and alternatives -----------------------------------------------------------------------------------------------


def _named_by_label(html: HtmlFile) -> list[Element]:
    named = [e for e in html.select("button[aria-label], input[aria-label], textarea[aria-label]") if not hidden(e)]
    return [e for e in named if not text_of(e)]


def _all_unnamed(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """No control gets a name."""
    for element in _named_by_label(html):
        remove_attribute(html, edits, element, "aria-label")


def _no_name(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """One control gets no name."""
    named = _named_by_label(html)
    if named:
        remove_attribute(html, edits, rng.choice(named), "aria-label")


def _name_empty(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """A label that is empty, or that is for a field of another id."""
    labels = [e for e in html.select("label[for]") if attribute(e, "for") in html.ids]
    labels = [e for e in labels if not _renamed_is_taken(html, e)]
    named = _named_by_label(html)
    if labels and (not named or rng.random() < 0.5):
        label = rng.choice(labels)
        set_attribute(html, edits, label, "for", f"{attribute(label, 'for')}-field")
    elif named:
        set_attribute(html, edits, rng.choice(named), "aria-label", " ")


def _renamed_is_taken(html: HtmlFile, label: Element) -> bool:
    """Whether its field would keep a name without it, or the new id is there."""
    field = html.ids[attribute(label, "for") or ""][0]
    return f"{attribute(label, 'for')}-field" in html.ids or "aria-label" in field.attrs or "title" in field.attrs


def _pictures_with_alt(html: HtmlFile) -> list[Element]:
    """Those of which no link takes its name and whose text no earlier action gave."""
    found = [e for e in html.select("img[alt]") if not hidden(e) and "data-slot" not in e.attrs]
    return [e for e in found if not any(isinstance(a, Element) and a.tag == "a" for a in e.ancestors)]


def _all_alts_left(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """No picture gets an alternative text."""
    had = {attribute(e, "src") for e in old.select("img[alt]")}
    for image in html.select("img[alt]"):
        if attribute(image, "src") not in had and not hidden(image):
            remove_attribute(html, edits, image, "alt")


def _no_alt(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """One picture gets no alternative text."""
    found = _pictures_with_alt(html)
    if found:
        remove_attribute(html, edits, rng.choice(found), "alt")


def _file_name(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """A picture's alternative text is its file's name."""
    found = _pictures_with_alt(html)
    if found:
        image = rng.choice(found)
        set_attribute(html, edits, image, "alt", (attribute(image, "src") or "").rsplit("/", 1)[-1])


def _file_stem(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """A picture's alternative text is its file's name without the extension."""
    stems = [(e, posixpath.splitext(posixpath.basename(attribute(e, "src") or ""))[0]) for e in _pictures_with_alt(html)]
    found = [(e, stem) for e, stem in stems if re.search(r"[\d_-]", stem)]
    if found:
        image, stem = rng.choice(found)
        set_attribute(html, edits, image, "alt", stem)


# -- language, headings, focus, motion ------------------------------------------------------------------------------------


def _no_language(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """The page does not say its language."""
    root = html.tag("html")
    if root is not None:
        remove_attribute(html, edits, root, "lang")


def _root(html: HtmlFile) -> list[Element]:
    root = html.tag("html")
    return [root] if root is not None and "-" in (attribute(root, "lang") or "") else []


def _second_levels(html: HtmlFile) -> list[Element]:
    return list(html.select("main h2"))


def _all_levels_skipped(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """Every section's heading stands three levels too deep."""
    for heading in _second_levels(html):
        set_attribute(html, edits, heading, "aria-level", "5")


def _after_second_level(html: HtmlFile) -> list[Element]:
    """Headings of the third level right after one of the second."""
    levels = [(e, heading_level(e)) for e in html.elements if heading_level(e) and not hidden(e)]
    return [e for (_, before), (e, level) in pairwise(levels) if (before, level) == (2, 3)]


_NO_RING = "outline: none !important; box-shadow: none !important;"
_CLEAR_RING = "outline-color: transparent !important; box-shadow: 0 0 0 6px transparent !important;"


def _focus_hidden(html: HtmlFile, brief: Brief, rng: Random) -> str:
    """No control shows that it has the focus."""
    return f"*:focus-visible {{ {_NO_RING} }}"


def _focus_hidden_on_fields(html: HtmlFile, brief: Brief, rng: Random) -> str:
    """The controls of one kind do not show that they have the focus."""
    kinds = [tag for tag in ("input", "textarea", "select") if any(not hidden(e) for e in html.select(f"form {tag}"))]
    kinds += ["form button"] if html.one("form button") is not None else []
    return f"{rng.choice(kinds)}:focus-visible {{ {_NO_RING} }}" if kinds else ""


def _focus_clear(html: HtmlFile, brief: Brief, rng: Random) -> str:
    """The links of the navigation have a ring that cannot be seen, or none."""
    nav = brief.manifest.slots["nav"]
    return f"{nav} a:focus-visible {{ {rng.choice((_NO_RING, _CLEAR_RING))} }}" if html.one(f"{nav} a") is not None else ""


def _motion(change: Callable[[str, Random], str]) -> Mutation:
    """A fault of the rule about motion: what becomes of it, from where it begins to the end of the stylesheet."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        text = after.get(CSS, "")
        start = text.find("@media (prefers-reduced-motion")
        return changed(after, {CSS: f"{text[:start].rstrip()}\n{change(text[start:], rng)}"}) if start > 0 else None

    return apply


# -- what is not valid ----------------------------------------------------------------------------------------------------


def _shown_links(html: HtmlFile) -> list[Element]:
    main = html.tag("main")
    found = [e for e in html.select("main a[href]") if main is not None and inside(e, main) and not hidden(e)]
    return [e for e in found if text_of(e)]


def _roles_misspelt(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """Every call to action gets a role that does not exist."""
    role = rng.choice(("buton", "clickable", "cta"))
    for link in html.select('[data-slot$="-cta"]'):
        set_attribute(html, edits, link, "role", role)


def _link_misdescribed(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
    """A link that the Tab key reaches is hidden from readers, or says that it is pressed as only buttons are."""
    links = _shown_links(html)
    if links:
        name, value = rng.choice((("aria-hidden", "true"), ("aria-pressed", "false")))
        set_attribute(html, edits, rng.choice(links), name, value)


def _viewport(extra: str) -> Mutation:
    def spoil(html: HtmlFile, edits: Splices, old: HtmlFile, rng: Random) -> None:
        for meta in html.select('meta[name="viewport"]'):
            set_attribute(html, edits, meta, "content", f"{attribute(meta, 'content')}, {extra}")

    return _spoiled(spoil)


_SKIP, _LANDMARKS, _NAME, _ALT = (
    ("a11y.skip-link-missing",),
    ("a11y.landmarks-wrong",),
    ("a11y.name-missing",),
    ("a11y.alt-missing",),
)
_LANG, _ORDER, _FOCUS, _MOTION = (
    ("a11y.lang-missing",),
    ("a11y.heading-order",),
    ("a11y.focus-invisible",),
    ("a11y.reduced-motion",),
)
_ARIA, _AXE = ("a11y.aria-invalid",), ("a11y.axe-new",)

FAULTS = (
    Fault("access-no-skip-link", _SKIP, _spoiled(_no_skip_link), "blatant"),
    Fault("access-skip-nowhere", _SKIP, _given(_skips, "href", "#main-area", "#skip"), "subtle"),
    Fault("access-nav-unlabelled", _LANDMARKS, _spoiled(_no_nav_label), "subtle"),
    Fault("access-second-main", _LANDMARKS, _spoiled(_second_main)),
    Fault("access-control-unnamed", _NAME, _spoiled(_no_name), "realistic", 1.5),
    Fault("access-no-alt", _ALT, _spoiled(_no_alt), "realistic", 1.5),
    Fault("access-alt-file-name", _ALT, _spoiled(_file_name)),
    Fault("access-other-language", _LANG, _given(_root, "lang", "en"), "subtle"),
    Fault("access-level-skipped", _ORDER, _given(_second_levels, "aria-level", "5")),
    Fault("access-motion-left", _MOTION, _motion(lambda rule, rng: ""), "blatant"),
    Fault("access-focus-hidden", _FOCUS, _styled(_focus_hidden), "blatant", 0.7),
    Fault("access-skip-unseen", _SKIP, _styled(_skip_unseen), "realistic", 0.7),
    Fault("access-skip-late", _SKIP, _spoiled(_skip_late), "realistic", 0.5),
    Fault("access-skip-elsewhere", _SKIP, _spoiled(_skip_elsewhere), "subtle", 0.3),
    Fault("access-no-main", _LANDMARKS, _spoiled(_no_main), "blatant", 0.3),
    Fault("access-nothing-named", _NAME, _spoiled(_all_unnamed), "blatant", 0.5),
    Fault("access-name-empty", _NAME, _spoiled(_name_empty), "subtle", 0.3),
    Fault("access-no-alts", _ALT, _spoiled(_all_alts_left), "blatant", 0.5),
    Fault("access-alt-file-stem", _ALT, _spoiled(_file_stem), "subtle", 0.5),
    Fault("access-no-language", _LANG, _spoiled(_no_language), "blatant", 0.5),
    Fault("access-language-spelt-out", _LANG, _given(_root, "lang", "English", "en_US", "en-US"), "realistic", 0.3),
    Fault("access-levels-skipped", _ORDER, _spoiled(_all_levels_skipped), "blatant", 0.0),
    Fault("access-one-level-skipped", _ORDER, _given(_after_second_level, "aria-level", "4"), "subtle", 0.3),
    Fault("access-focus-hidden-on-fields", _FOCUS, _styled(_focus_hidden_on_fields), "realistic", 0.7),
    Fault("access-focus-clear", _FOCUS, _styled(_focus_clear), "subtle", 0.0),
    Fault(
        "access-motion-turned-round", _MOTION, _motion(lambda rule, rng: rule.replace("reduce)", "no-preference)", 1)), weight=0.3
    ),
    Fault("access-motion-misspelt", _MOTION, _motion(lambda rule, rng: rule.replace("reduce)", "reduced)", 1)), "subtle", 0.0),
    Fault("access-roles-misspelt", _ARIA, _spoiled(_roles_misspelt), "blatant", 0.3),
    Fault("access-link-misdescribed", _ARIA, _spoiled(_link_misdescribed), "realistic", 0.5),
    Fault("access-aria-misspelt", _ARIA, _given(_shown_links, "aria-curent", "page", "true"), "subtle", 0.3),
    Fault("access-zoom-forbidden", _AXE, _viewport("user-scalable=no"), "blatant", 0.3),
    Fault("access-tab-order", _AXE, _given(_skips, "tabindex", "1"), "realistic", 0.5),
    Fault("access-zoom-limited", _AXE, _viewport("maximum-scale=1"), "subtle", 0.3),
)
