"""Action 15, add accessibility: what people with a keyboard or a screen reader need to use the page."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, Step, changed, finding, lines
from sitegen_tui.actions.editing import set_attribute
from sitegen_tui.actions.measure import where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import attribute, parse_html
from sitegen_tui.site.page import JS
from sitegen_tui.site.source import Splices


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    return lines(
        "Make the page usable with a keyboard and a screen reader, without changing how it looks.",
        f'- The html element says the language: lang="{requirements.seo.lang}".',
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Say the page's language."""
    html = parse_html(files.get(HTML, ""))
    edits = Splices(html.text)
    root = html.tag("html")
    if root is not None:
        set_attribute(html, edits, root, "lang", brief.requirements.seo.lang)
    return changed(files, {HTML: edits.result()})


def check_language(step: Step) -> Iterator[Finding]:
    """The page says its language."""
    root = step.after.html.tag("html")
    actual = attribute(root, "lang") if root is not None else None
    wanted = step.requirements.seo.lang
    if (actual or "").strip().lower() != wanted.lower():
        yield finding(
            "a11y.lang-missing",
            "The page does not say its language",
            subject="html",
            evidence=where(step.after, root, expected=wanted, measured=actual or "no lang", name="lang"),
        )


ACTION = Action(
    id="add-accessibility",
    intent="Keyboard and screen-reader basics",
    write_set=(HTML, CSS, JS),
    directive=directive,
    edit=edit,
    checks=(check_language,),
)
