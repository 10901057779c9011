"""Files that come out of a step broken: cut off, with comments in place of content, with chat in them, with new errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Brief, Files, Mutation
from sitegen_tui.actions.edits.editing import append_css, insert_lines_before_end, remove_element, set_attribute
from sitegen_tui.domain.template import Section
from sitegen_tui.judge.faults.base import AnyFault, element_of, items_of, on_page, texts_of, with_rules
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.html import HtmlFile, attribute
from sitegen_tui.site.page import JS
from sitegen_tui.site.source import Span, Splices

# -- cut off --------------------------------------------------------------------------------------------------------------


def _cut(path: str, share: float, last: str = "") -> Mutation:
    """A file that ends after a share of its text, or in front of the last occurrence of `last`."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        text = after.get(path, "")
        at = text.rfind(last) if last else int(len(text) * (share + rng.uniform(-0.04, 0.04)))
        return {path: text[:at]} if at > 0 else None

    return apply


def _inside_last_rule(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The last declaration of the stylesheet has only its beginning."""
    css = parse_css(after.get(CSS, ""))
    rules = [rule for rule in css.rules if rule.declarations]
    if not rules:
        return None
    last = max(rules, key=lambda rule: rule.span.start)
    return {CSS: css.text[: last.declarations[-1].span.start + 3]}


# -- comments in place of content -----------------------------------------------------------------------------------------

_COMMENTS = ("rest of the section unchanged", "... existing content stays the same ...", "remaining content here")


def _elided_text(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """A comment stands where a section's texts were; heading and pictures are left."""
    places = {section.id: found for section in sections if len(found := texts_of(html, brief, [section], "p")) > 1}
    if not places:
        return False
    texts = places[rng.choice(sorted(places))]
    for text in texts[1:]:
        remove_element(html, edits, text)
    first = html.outer(texts[0])
    if first is not None:
        edits.replace(first, f"<!-- {rng.choice(_COMMENTS)} -->")
    return True


def _elided_item(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """A comment stands where the last item of a group was."""
    groups = [items for section in sections if len(items := items_of(html, section)) > 1]
    spans = [span for items in groups if (span := html.outer(items[-1])) is not None]
    if not spans:
        return False
    edits.replace(rng.choice(spans), "<!-- other items unchanged -->")
    return True


# -- chat -----------------------------------------------------------------------------------------------------------------


def _fenced(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The page stands between code fences."""
    page = after.get(HTML, "")
    return {HTML: f"```html\n{page.rstrip()}\n```\n"} if page else None


def _said_after(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A sentence to the reader follows the page."""
    page = after.get(HTML, "")
    said = rng.choice(
        ("This updates the page as requested.", "I have kept everything else as it was.", "Let me know what to change.")
    )
    return {HTML: f"{page.rstrip()}\n{said}\n"} if "</html>" in page else None


def _marker_left(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A marker of the edit protocol is left on a line of the head."""
    page = after.get(HTML, "")
    at = page.find("\n", page.find("<head"))
    marker = rng.choice((">>>>>>> REPLACE", "=======", "<<<<<<< SEARCH"))
    return {HTML: f"{page[: at + 1]}<!--\n{marker}\n-->\n{page[at + 1 :]}"} if at > 0 else None


# -- errors ---------------------------------------------------------------------------------------------------------------


def _stray_ends(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """End tags that close nothing."""
    if not sections:
        return False
    insert_lines_before_end(html, edits, element_of(html, rng.choice(sections)), ["</aside>", "</figure>"])
    return True


def _unclosed(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """An element in a text is never closed."""
    texts = texts_of(html, brief, sections, "p")
    start = html.start_tag(rng.choice(texts)) if texts else None
    if start is None:
        return False
    edits.insert(start.end, "<span>")
    return True


def _attribute_twice(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """An element has one of its attributes twice."""
    spans = [
        span
        for section in sections
        for element in html.select(f"{section.selector} [class]")
        if (span := html.attribute_span(element, "class")) is not None
    ]
    if not spans:
        return False
    span = rng.choice(spans)
    edits.insert(span.end, f" {html.source(span)}")
    return True


def _ids_of_items(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """All items of a group get one id."""
    groups = [(section.id, items) for section in sections if len(items := items_of(html, section)) > 1]
    groups = [(name, items) for name, items in groups if not any(attribute(item, "id") for item in items)]
    if not groups:
        return False
    name, items = rng.choice(groups)
    for item in items:
        set_attribute(html, edits, item, "id", f"{name}-item")
    return True


def _id_again(choose: Callable[[list[Element], Random], Element], tags: str) -> Mutation:
    """An element in a section gets the id of one, which no style or script names."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        used = after.get(CSS, "") + after.get(JS, "")

        def edit(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
            ids = [name for section in sections if (name := attribute(element_of(html, section), "id")) and f"#{name}" not in used]
            bare = [one for one in texts_of(html, brief, sections, tags) if attribute(one, "id") is None]
            if not ids or not bare:
                return False
            set_attribute(html, edits, choose(bare, rng), "id", rng.choice(ids))
            return True

        return on_page(edit)(before, after, brief, rng)

    return apply


def _css_end(block: str) -> Mutation:
    """The stylesheet ends in a block that is not right."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        return {CSS: append_css(after.get(CSS, ""), block)}

    return apply


def _misspelt_property(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One use of a font token misspells its name."""
    css = parse_css(after.get(CSS, ""))
    uses = [
        (declaration.value_span.start + at.start(1), at.group(1))
        for rule in css.rules
        for declaration in rule.declarations
        for at in re.finditer(r"var\((--[\w-]+)\)", declaration.value)
        if declaration.name in ("border-radius", "gap", "transition", "letter-spacing", "border-color", "outline-color")
    ]
    if not uses:
        return None
    start, name = rng.choice(uses)
    edits = Splices(css.text)
    edits.replace(Span(start, start + len(name)), name[:-1])
    return {CSS: edits.result()}


def _invented_property(html: HtmlFile, brief: Brief, rng: Random) -> str:
    section = rng.choice(brief.manifest.sections)
    return f"{section.selector} h2 {{ letter-spacing: var(--heading-tracking); }}"


def _invented_properties(html: HtmlFile, brief: Brief, rng: Random) -> str:
    section = rng.choice(brief.manifest.sections)
    return (
        f"{section.selector} {{ transition: var(--motion-calm); scroll-margin-top: var(--space-top); }}\n"
        f"{section.selector} p {{ letter-spacing: var(--tracking-text); }}"
    )


# -- other files ----------------------------------------------------------------------------------------------------------


def _outside(path: str, change: str) -> Mutation:
    """A file that the action must leave alone gets a few lines more."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        return {path: after[path].rstrip() + change} if path in after else None

    return apply


def _both_outside(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Stylesheet and script are tidied up where only the page was spoken of."""
    files = {path: f"/* tidied */\n{after[path]}" for path in (CSS, JS) if path in after}
    return files if len(files) > 1 else None


_PAGE_ONLY = ("update-hero-text", "update-about-text", "add-seo-meta", "add-structured-data")
_STYLES = ("swap-fonts", "replace-footer-logo", "verify-contrast")

_HEAD = ("swap-fonts", "replace-favicon")
_GOES_WITH = ("layout.section-lost", "layout.section-emptied", "layout.card-lost")
"""What lies behind the cut is gone too, and is charged as such."""

INTEGRITY: tuple[AnyFault, ...] = (
    AnyFault("html-cut-in-half", ("html.truncated",), _cut(HTML, 0.5), "blatant", 0.0, _GOES_WITH, hosts=_HEAD),
    AnyFault("html-cut-late", ("html.truncated",), _cut(HTML, 0.85), "realistic", 0.0, _GOES_WITH, hosts=_HEAD),
    AnyFault("html-end-missing", ("html.truncated",), _cut(HTML, 1.0, "</body>"), "subtle", 0.0),
    AnyFault("html-texts-elided", ("html.elided",), on_page(_elided_text), "realistic", 0.0),
    AnyFault("html-item-elided", ("html.elided",), on_page(_elided_item), "subtle", 0.0),
    AnyFault("html-fenced", ("html.fence-leak",), _fenced, "blatant", 0.0, hosts=("replace-header-logo", "update-contact")),
    AnyFault("html-chat-after", ("html.fence-leak",), _said_after, "realistic", 0.0),
    AnyFault("html-marker-left", ("html.fence-leak",), _marker_left, "subtle", 0.0),
    AnyFault("html-stray-ends", ("html.parse-error",), on_page(_stray_ends), "blatant", 0.0),
    AnyFault("html-unclosed", ("html.parse-error",), on_page(_unclosed), "realistic", 0.0),
    AnyFault("html-attribute-twice", ("html.parse-error",), on_page(_attribute_twice), "subtle", 0.0),
    AnyFault("html-id-of-items", ("html.duplicate-id",), on_page(_ids_of_items), "blatant", 0.0),
    AnyFault(
        "html-id-of-section", ("html.duplicate-id",), _id_again(lambda texts, rng: rng.choice(texts), "h3, h4"), "realistic", 0.0
    ),
    AnyFault("html-id-of-another", ("html.duplicate-id",), _id_again(lambda texts, rng: texts[-1], "p"), "subtle", 0.0),
    AnyFault("css-cut-in-half", ("css.truncated",), _cut(CSS, 0.5), "blatant", 0.0, touches=(CSS,), hosts=("replace-header-logo",)),
    AnyFault("css-cut-late", ("css.truncated",), _cut(CSS, 0.9), "realistic", 0.0, touches=(CSS,), hosts=("replace-header-logo",)),
    AnyFault("css-cut-in-rule", ("css.truncated",), _inside_last_rule, "subtle", 0.0, touches=(CSS,), hosts=_STYLES),
    AnyFault(
        "css-brace-too-many",
        ("css.parse-error",),
        _css_end("}\n}"),
        "blatant",
        0.0,
        touches=(CSS,),
        hosts=(*_STYLES, "apply-colours"),
    ),
    AnyFault(
        "css-semicolon-missing",
        ("css.parse-error",),
        _css_end("main h2 {\n  letter-spacing: 0\n  word-spacing: 0;\n}"),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "css-comma-too-many",
        ("css.parse-error",),
        _css_end("main h2, , main h3 { word-spacing: 0; }"),
        "subtle",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "css-properties-invented",
        ("css.unresolved-var",),
        with_rules(_invented_properties),
        "blatant",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault(
        "css-property-invented",
        ("css.unresolved-var",),
        with_rules(_invented_property),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=_STYLES,
    ),
    AnyFault("css-property-misspelt", ("css.unresolved-var",), _misspelt_property, "subtle", 0.0, touches=(CSS,), hosts=_STYLES),
    AnyFault("scope-both-tidied", ("scope.file-touched",), _both_outside, "blatant", 0.0, touches=(CSS, JS), hosts=_PAGE_ONLY),
    AnyFault(
        "scope-rule-added",
        ("scope.file-touched",),
        _outside(CSS, "\n\nmain { isolation: auto; }\n"),
        "realistic",
        0.0,
        touches=(CSS,),
        hosts=_PAGE_ONLY,
    ),
    AnyFault(
        "scope-line-feed",
        ("scope.file-touched",),
        _outside(JS, "\n\n"),
        "subtle",
        0.0,
        touches=(JS,),
        hosts=(*_PAGE_ONLY, "swap-fonts"),
    ),
)
"""Faults of the files themselves."""
