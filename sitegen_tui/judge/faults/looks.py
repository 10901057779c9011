"""What a step breaks for the eye: layout, texts that nobody can read, scripts that fail."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Brief, Files, Mutation
from sitegen_tui.judge.faults.base import AnyFault, items_of, path_to, with_rules
from sitegen_tui.site.html import HtmlFile, text_of
from sitegen_tui.site.page import JS

_STYLES = ("swap-fonts", "replace-footer-logo", "verify-contrast")
"""Actions that come early or late and arrange nothing."""

# -- layout ---------------------------------------------------------------------------------------------------------------


def _on_section(rules: Callable[[str], str], needs: str = "h2") -> Mutation:
    """Rules for one of the sections that have a certain element; they get the section's selector."""

    def block(html: HtmlFile, brief: Brief, rng: Random) -> str:
        there = [section for section in brief.manifest.sections if html.select(f"{section.selector} {needs}")]
        return rules(f"main {rng.choice(there).selector}") if there else ""

    return with_rules(block)


def _on_nav(rules: Callable[[str], str]) -> Mutation:
    """Rules for the navigation's list."""
    return with_rules(lambda html, brief, rng: rules(f"html {brief.manifest.slots['nav']}"))


def _on_group(rules: Callable[[str, int], str]) -> Mutation:
    """Rules for a group whose items stand side by side; they get its selector and the number of items."""

    def block(html: HtmlFile, brief: Brief, rng: Random) -> str:
        groups = [
            (section.items.container, len(items))
            for section in brief.manifest.sections
            if section.items is not None and section.baseline == "grid" and len(items := items_of(html, section)) > 1
        ]
        if not groups:
            return ""
        return "\n".join(rules(f"html {container}", min(count, 3)) for container, count in groups)

    return with_rules(block)


_NARROW = re.compile(r"\(\s*(max-width\s*:\s*|width\s*<=?\s*)(\d+(?:\.\d+)?)px\s*\)")


def _queries(wrong: Callable[[str], str]) -> Mutation:
    """Every query for narrower windows is another."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        text = after.get(CSS, "")
        changed = _NARROW.sub(lambda match: wrong(match[0]), text)
        return {CSS: changed} if changed != text else None

    return apply


# -- texts ----------------------------------------------------------------------------------------------------------------


def _call_unreadable(html: HtmlFile, brief: Brief, rng: Random) -> str:
    """The text of the hero's button has the button's colour."""
    colour = brief.requirements.brand.colours["accent"]
    return f"main {brief.manifest.slots['hero-primary-cta']} {{ color: {colour}; background-color: {colour}; }}"


def _pale(colour: str, ground: str) -> Callable[[str], str]:
    return lambda section: f"{section} p {{ color: {colour} !important; background-color: {ground}; }}"


def _veil(section: str) -> str:
    """An overlay that was meant to lie over the picture lies over the words, whose colour is as it was."""
    over = "content: ''; position: absolute; inset: 0; z-index: 9; background: rgb(20 20 20 / 97%);"
    return f"{section} {{ position: relative; }}\n{section}::after {{ {over} }}"


def _newly_pale(colour: str) -> Mutation:
    """One text on white, which no trap of the template has made unreadable before."""

    def block(html: HtmlFile, brief: Brief, rng: Random) -> str:
        trapped = {element for trap in brief.manifest.traps for element in html.select(trap.selector)}
        trapped |= {element for trap in brief.manifest.traps for element in html.select(trap.css_selector)}
        texts = [
            element
            for element in html.select("main p, main h3, main dd, main blockquote")
            # Words of its own that show, and that no button or link inside it colours.
            if len(text_of(element)) > 8
            and element.select_one("*") is None
            and "hidden" not in element.attrs
            and trapped.isdisjoint((element, *element.ancestors))
        ]
        if not texts:
            return ""
        place = path_to(rng.choice(texts))
        return f"html {place} {{ font-size: 17px; font-weight: 400; color: {colour}; background-color: #ffffff; }}"

    return with_rules(block)


# -- scripts --------------------------------------------------------------------------------------------------------------


def _script(change: Callable[[str, Random], str | None]) -> Mutation:
    """The script is another."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        text = after.get(JS, "")
        changed = change(text, rng)
        return {JS: changed} if changed is not None and changed != text else None

    return apply


def _renamed(pattern: str, new: Callable[[str], str]) -> Callable[[str, Random], str | None]:
    """One match of a pattern's group, by chance, is another."""

    def change(text: str, rng: Random) -> str | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        match = rng.choice(found)
        return text[: match.start(1)] + new(match[1]) + text[match.end(1) :]

    return change


def _inline_call(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The page calls a function that nobody wrote."""
    page = after.get(HTML, "")
    at = page.rfind("</body>")
    name = rng.choice(("initAnimations", "setupGallery", "AOS.init"))
    return {HTML: f"{page[:at]}  <script>{name}();</script>\n{page[at:]}"} if at > 0 else None


_SCRIPTED = ("add-accessibility",)
_FAINT = ("contrast.new-failure",)
"""What else on the same ground, or under what covers it, may have become hard to read."""
_CROWDED = ("layout.overflow-x", "layout.overlap", "contrast.text-invisible")
"""What columns that do not give way do to a phone besides: words run out of their cards, and onto other colours."""

LOOKS: tuple[AnyFault, ...] = (
    AnyFault(
        "collapsed-away",
        ("layout.collapsed",),
        _on_section(lambda s: f"{s} {{ display: none; }}"),
        "blatant",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "collapsed-flat",
        ("layout.collapsed",),
        _on_section(lambda s: f"{s} {{ height: 0; min-height: 0; padding: 0; overflow: hidden; }}"),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "collapsed-on-phones",
        ("layout.collapsed",),
        _on_section(
            lambda s: f"@media (max-width: 480px) {{ {s} {{ height: 20px; min-height: 0; padding: 0; overflow: hidden; }} }}"
        ),
        "subtle",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "nav-bulleted",
        ("layout.nav-bulleted",),
        _on_nav(
            lambda s: (
                f"@media (min-width: 900px) {{ {s} {{ display: block; list-style: disc; }} {s} > li {{ display: list-item; }} }}"
            )
        ),
        "blatant",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
        # A header that grows by the list can come to lie over the words below it.
        also=("contrast.text-invisible",),
    ),
    AnyFault(
        "nav-list-style",
        ("layout.nav-bulleted",),
        _on_nav(lambda s: f"{s} {{ list-style: disc; }} {s} > li {{ display: list-item; }}"),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "nav-one-bullet",
        ("layout.nav-bulleted",),
        _on_nav(lambda s: f"{s} > li:last-child {{ display: list-item; list-style: square inside; }}"),
        "subtle",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "overflow-everywhere",
        ("layout.overflow-x",),
        _on_section(lambda s: f"{s} {{ min-width: 1500px; }}"),
        "blatant",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "overflow-fixed-width",
        ("layout.overflow-x",),
        _on_section(lambda s: f"@media (max-width: 700px) {{ {s} {{ min-width: 420px; }} }}"),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "overflow-few-pixels",
        ("layout.overflow-x",),
        _on_section(lambda s: f"@media (max-width: 340px) {{ {s} {{ min-width: 326px; }} }}"),
        "subtle",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "overlap-heading",
        ("layout.overlap",),
        _on_section(lambda s: f"{s} h3 + p {{ position: relative; top: -34px; }}", "h3 + p"),
        "blatant",
        0.0,
        _FAINT,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "overlap-clipped",
        ("layout.overlap",),
        _on_section(lambda s: f"{s} h2 {{ height: 0.7em; overflow: hidden; }}"),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "overlap-on-phones",
        ("layout.overlap",),
        _on_section(
            lambda s: f"@media (max-width: 480px) {{ {s} h2 {{ line-height: 1.1; max-height: 0.8em; overflow: hidden; }} }}"
        ),
        "subtle",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "responsive-queries-gone",
        ("layout.responsive-lost",),
        _queries(lambda query: "(max-width: 1px)"),
        "blatant",
        0.0,
        (*_CROWDED, "regress.undone"),
        touches=(CSS,),
        hosts=("swap-fonts", "replace-footer-logo"),
    ),
    AnyFault(
        "responsive-too-late",
        ("layout.responsive-lost",),
        _queries(lambda query: "(max-width: 200px)"),
        "realistic",
        0.0,
        _CROWDED,
        touches=(CSS,),
        hosts=("swap-fonts",),
    ),
    AnyFault(
        "responsive-columns-fixed",
        ("layout.responsive-lost",),
        _on_group(lambda s, n: f"{s} {{ display: grid; grid-template-columns: repeat({n}, minmax(0, 1fr)); }}"),
        "subtle",
        0.0,
        _CROWDED,
        touches=(CSS,),
        hosts=("swap-fonts", "replace-footer-logo"),
    ),
    AnyFault(
        "invisible-same-colour",
        ("contrast.text-invisible",),
        _on_section(_pale("#777777", "#777777"), "p"),
        "blatant",
        0.0,
        _FAINT,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "invisible-call",
        ("contrast.text-invisible",),
        with_rules(_call_unreadable),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "invisible-under-a-veil",
        ("contrast.text-invisible",),
        _on_section(_veil),
        "realistic",
        0.0,
        # What lies over the words lies over the buttons, too.
        ("js.behaviour-lost", *_FAINT),
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "invisible-nearly",
        ("contrast.text-invisible",),
        _on_section(_pale("#b0b0b0", "#808080"), "p"),
        "subtle",
        0.0,
        _FAINT,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "contrast-pale",
        ("contrast.new-failure",),
        _newly_pale("#a8a8a8"),
        "blatant",
        0.0,
        touches=(CSS,),
        hosts=("verify-contrast",),
    ),
    AnyFault(
        "contrast-grey",
        ("contrast.new-failure",),
        _newly_pale("#8c8c8c"),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=("verify-contrast",),
    ),
    AnyFault(
        "contrast-nearly",
        ("contrast.new-failure",),
        _newly_pale("#7b7b7b"),
        "subtle",
        0.0,
        touches=(CSS,),
        hosts=("verify-contrast",),
    ),
    AnyFault(
        "script-bracket",
        ("js.broken",),
        _script(lambda text, rng: text.rstrip() + "\n});\n"),
        "blatant",
        0.0,
        touches=(JS,),
        hosts=_SCRIPTED,
    ),
    AnyFault("script-calls-nobody", ("js.broken",), _inline_call, "realistic", 0.0),
    AnyFault(
        "script-misspelt",
        ("js.broken",),
        _script(_renamed(r"document\.(querySelector(?:All)?|addEventListener)\(", lambda name: name[:-2] + name[-1])),
        "subtle",
        0.0,
        touches=(JS,),
        hosts=_SCRIPTED,
    ),
    AnyFault(
        "script-emptied",
        ("js.behaviour-lost",),
        _script(lambda text, rng: '"use strict";\n'),
        "blatant",
        0.0,
        touches=(JS,),
        hosts=_SCRIPTED,
    ),
    AnyFault(
        "script-other-class",
        ("js.behaviour-lost",),
        _script(_renamed(r"classList\.toggle\(\s*[\"']([\w-]+)[\"']", lambda name: f"{name}-now")),
        "realistic",
        0.0,
        touches=(JS,),
        hosts=_SCRIPTED,
    ),
    AnyFault(
        "script-other-limit",
        ("js.behaviour-lost",),
        _script(_renamed(r"scrollY\s*>\s*(\d+)", lambda limit: f"{limit}0")),
        "subtle",
        0.0,
        touches=(JS,),
        hosts=_SCRIPTED,
    ),
)
"""Faults that a browser shows."""
