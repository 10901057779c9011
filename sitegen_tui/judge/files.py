"""Integrity of the files: cut off, elided, leaking chat, with new errors."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from turbohtml import Element

from sitegen_tui.actions.base import Brief, Page, Step, at, finding
from sitegen_tui.domain.findings import Evidence, Finding, Provenance
from sitegen_tui.judge.keyed import compared
from sitegen_tui.judge.structure import Losses
from sitegen_tui.site.css import CssFile, parse_css
from sitegen_tui.site.css_text import var_references
from sitegen_tui.site.html import all_inside, attribute
from sitegen_tui.site.page import CSS, HTML, JS
from sitegen_tui.site.source import Span

KEPT = 0.6
"""A page or stylesheet that keeps fewer of its elements or declarations than this share is cut off."""
_ELISION = re.compile(
    r"""\b(?:rest|remainder|remaining|other|existing|previous|same|unchanged|omitted|truncated)\b[^.;]{0,60}
        \b(?:unchanged|same|here|code|content|contents|sections?|styles?|rules?|markup|html|css|above|before|remains?|omitted|goes)\b
      | (?:\.\.\.|…)\s*(?:\(|\[)?\s*(?:the\s+)?(?:rest|existing|remaining|unchanged|same|other|continue|omitted)
      | \b(?:rest|remainder|remaining|existing|other|unchanged|omitted|truncated)\b[^.;]{0,40}(?:\.\.\.|…)
      | \b(?:keep|leave)\b[^.;]{0,40}\b(?:as\ is|unchanged|the\ same)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CSS_COMMENT = re.compile(r"/\*(.*?)(?:\*/|\Z)", re.DOTALL)
_JS_COMMENT = re.compile(r"/\*(.*?)(?:\*/|\Z)|(?:^|(?<=\s))//([^\n]*)", re.DOTALL)
_CHAT = re.compile(
    r"\A\s*((?:here(?:'s|’s|\s+is|\s+are)|sure|certainly|of\s+course|okay|below\s+is|i(?:'ve|’ve|\s+have)|the\s+(?:updated|complete|full))\b"
    r"[^\n{}<>;]*)$|^((?:this|these|the|i(?:'ve|’ve|\s+have)|all|note|let\s+me)\b[^\n{}<>;]*\s[^\n{}<>;]*)\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_LEAK = re.compile(
    r"^[ \t]*(?:```[\w-]*|~~~[\w-]*|<{5,9}\s*(?:SEARCH|CONTENT)|={7}|>{5,9}\s*(?:REPLACE|CONTENT)|FILE:\s*\S+)[ \t]*\r?$",
    re.MULTILINE,
)
_LEAK_MARKS = ("```", "~~~", "<<<<<", "=======", ">>>>>", "FILE:")
"""One of them stands in whatever `_LEAK` finds."""


def truncation(step: Step, losses: Losses) -> Iterator[Finding]:
    """html.truncated and css.truncated: an end that the input had is gone, or most of the page is, lost parts not counted."""
    before, after = step.before.html, step.after.html
    if HTML not in step.after.files and HTML in step.before.files:
        yield finding("html.truncated", "index.html is gone", subject=HTML, evidence=Evidence(file=HTML))
    elif step.before.files.get(HTML) != step.after.files.get(HTML):
        lost = [tag for tag in ("</body>", "</html>") if tag in before.text.lower() and tag not in after.text.lower()]
        kept = len(after.elements) / max(1, len(before.elements) - len(all_inside(losses.elements)))
        if lost or kept < KEPT:
            why = f"{' and '.join(lost)} missing at the end" if lost else f"{kept:.0%} of its elements are left"
            end = Span(max(0, len(after.text) - 80), len(after.text))
            evidence = at(step.after, HTML, end, expected="the whole page", measured=why)
            yield finding("html.truncated", f"index.html is cut off: {why}", subject=HTML, evidence=evidence)
    if CSS not in step.after.files and CSS in step.before.files:
        yield finding("css.truncated", "css/styles.css is gone", subject=CSS, evidence=Evidence(file=CSS))
    elif _open_at_end(step.after) and not _open_at_end(step.before):
        evidence = at(step.after, CSS, step.after.css.last_statement, measured="never closed")
        yield finding("css.truncated", "css/styles.css ends inside a block or statement", subject=CSS, evidence=evidence)
    elif step.before.files.get(CSS) != step.after.files.get(CSS):
        had, has = _declared(step.before), _declared(step.after)
        if has < KEPT * had:
            text = step.after.css.text
            evidence = at(step.after, CSS, Span(max(0, len(text) - 80), len(text)), measured=f"{has} of {had} declarations")
            message = f"css/styles.css keeps {has} of its {had} declarations"
            yield finding("css.truncated", message, subject=CSS, evidence=evidence)


def _declared(page: Page) -> int:
    return sum(len(rule.declarations) for rule in page.css.rules)


def _open_at_end(page: Page) -> bool:
    """Whether the stylesheet ends inside a statement; chat behind it is another matter."""
    css = page.css
    if not css.open_at_end:
        return False
    bare = _CHAT.sub("", _LEAK.sub("", css.text))
    return bare == css.text or parse_css(bare).open_at_end


def survey_files(page: Page, brief: Brief) -> Iterator[Finding]:
    """Leaks, duplicate ids and undefined custom properties of a page as it stands."""
    yield from _leaks(page)
    for value, named in page.html.ids.items():
        # What is in a template is no part of the page until a script copies it.
        elements = [one for one in named if len(named) == 1 or not _in_template(one)]
        for element in elements[1:2]:
            evidence = at(page, HTML, page.html.attribute_span(element, "id"), measured=f"{len(elements)} times")
            yield finding("html.duplicate-id", f"The id {value} is there {len(elements)} times", subject=value, evidence=evidence)
    yield from _undefined_properties(page)


def _in_template(element: Element) -> bool:
    return any(isinstance(around, Element) and around.tag == "template" for around in element.ancestors)


def elisions(step: Step) -> Iterator[Finding]:
    """html.elided: comments that speak of content left out, in files that did lose content.

    A comment alone proves nothing: "other styles" is a fair heading. So something that stood in the file must be gone.
    """
    for found in compared(_eliding_comments, step.start, step.before, step.after, step.brief):
        own = found.provenance is Provenance.OWN
        old, new = (step.before, step.after) if own else (step.start, step.before)
        if _lost_content(old, new, found.evidence.file or HTML):
            yield found


def _eliding_comments(page: Page, _brief: Brief) -> Iterator[Finding]:
    comments: list[tuple[str, Span, str]] = [(HTML, span, text) for span, text in page.html.comments()]
    for file, pattern in ((CSS, _CSS_COMMENT), (JS, _JS_COMMENT)):
        for match in pattern.finditer(page.files.get(file, "")):
            comments.append((file, Span(match.start(), match.end()), next((g for g in match.groups() if g), "")))
    for file, span, text in comments:
        if len(text) < 300 and _ELISION.search(text):
            yield finding(
                "html.elided",
                "A comment stands in place of content",
                subject=f"{file}: {' '.join(text.split())[:80]}",
                evidence=at(page, file, span),
            )


def _lost_content(old: Page, new: Page, file: str) -> bool:
    """Whether elements (by tag and hooks), rules or lines of a file are gone."""
    return bool(_inventory(old, file) - _inventory(new, file))


def _inventory(page: Page, file: str) -> Counter[tuple[object, ...]]:
    if file == HTML:
        names = ("id", "data-section", "data-slot", "data-items")
        kept = (tuple(attribute(e, name) for name in names) for e in page.html.elements)
        return Counter((e.tag, *values) for e, values in zip(page.html.elements, kept, strict=True))
    if file == CSS:
        return Counter((selector, rule.context) for rule in page.css.rules for selector in rule.selectors)
    return Counter((line.strip(),) for line in _JS_COMMENT.sub("", page.files.get(file, "")).splitlines() if line.strip())


def _leaks(page: Page) -> Iterator[Finding]:
    for file in (HTML, CSS, JS):
        span = _leak(page.files.get(file, ""), file == HTML)
        if span is not None:
            yield finding("html.fence-leak", f"Chat text stands in {file}", subject=file, evidence=at(page, file, span))
    manifest = page.files.get("site.webmanifest")
    if manifest is not None and not _is_json(manifest):
        yield finding(
            "html.fence-leak",
            "site.webmanifest is not JSON",
            subject="site.webmanifest",
            evidence=at(page, "site.webmanifest", Span(0, min(80, len(manifest)))),
        )


@lru_cache(maxsize=64)
def _leak(text: str, markup: bool) -> Span | None:
    match = _LEAK.search(text) if any(mark in text for mark in _LEAK_MARKS) else None
    if match is not None:
        return Span(match.start(), match.end())
    return _prose(text) if markup else _chat(text)


def _prose(text: str) -> Span | None:
    """Words in front of the first tag or behind the last one."""
    first = re.match(r"\s*([^<\s][^<]*)<(?:!doctype|html)", text, re.IGNORECASE)
    if first:
        return Span(first.start(1), first.end(1))
    last = re.search(r"</html\s*>\s*([^<\s][^<]*)", text, re.IGNORECASE)
    return Span(last.start(1), last.end(1)) if last else None


def _chat(text: str) -> Span | None:
    """A sentence of conversation in front of a stylesheet or script, or behind it."""
    match = _CHAT.search(text)
    return Span(*match.span(1 if match.group(1) else 2)) if match else None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _undefined_properties(page: Page) -> Iterator[Finding]:
    defined: set[str] = set()
    for sheet in page.sheets:
        defined |= sheet.css.custom_properties.keys()
    script = page.js
    inline = [style for e in page.html.elements if (style := attribute(e, "style"))]
    for style in inline:
        defined |= {name.strip() for name in re.findall(r"(--[\w-]+)\s*:", style)}
    for sheet in page.sheets:
        for name, where in _needed_properties(sheet.css):
            if name not in defined and name not in script:
                span = Span(sheet.offset + where.start, sheet.offset + where.end)
                yield finding(
                    "css.unresolved-var",
                    f"{name} is asked for and defined nowhere",
                    subject=name,
                    evidence=at(page, sheet.file, span, expected=f"a definition of {name}"),
                )


@lru_cache(maxsize=64)
def _needed_properties(css: CssFile) -> tuple[tuple[str, Span], ...]:
    """Custom properties that a stylesheet asks for without a fallback, with the declarations that do."""
    return tuple(
        (name, declaration.span)
        for rule in css.rules
        for declaration in rule.declarations
        if "var(" in declaration.value.lower()
        for name, fallback in var_references(declaration.value)
        if not fallback
    )


def new_errors(step: Step) -> Iterator[Finding]:
    """html.parse-error and css.parse-error: errors of the parsers beyond those of the input, by kind and number."""
    if step.before.files.get(HTML) != step.after.files.get(HTML):
        known = Counter(code for code, _, _ in step.before.html.errors)
        seen: Counter[str] = Counter()
        for code, line, column in step.after.html.errors:
            seen[code] += 1
            if seen[code] > known[code]:
                evidence = Evidence(file=HTML, line=max(1, line), column=max(1, column), measured=code)
                subject = f"{code} {seen[code]}"
                yield finding("html.parse-error", f"The page has a new HTML error: {code}", subject=subject, evidence=evidence)
    if step.before.files.get(CSS) != step.after.files.get(CSS):
        before, after = step.before.css, step.after.css
        known = Counter(error.message for error in before.errors)
        seen = Counter()
        for error in after.errors:
            seen[error.message] += 1
            if seen[error.message] > known[error.message]:
                evidence = at(step.after, CSS, _line_span(after.text, error.offset), measured=error.message)
                subject = f"{error.message} {seen[error.message]}"
                yield finding(
                    "css.parse-error", f"The stylesheet has a new error: {error.message}", subject=subject, evidence=evidence
                )


def _line_span(text: str, offset: int) -> Span:
    end = text.find("\n", offset)
    return Span(offset, len(text) if end < 0 else end)
