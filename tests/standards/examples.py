"""Small pages written after the rules of the W3C's ACT community group, with what each rule says of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from sitegen_tui.actions.base import Brief
from sitegen_tui.actions.shelf import brief_of
from tests.render.pages import manifest, svg

FOLDER = Path(__file__).parent / "act"
Expected = Literal["passed", "failed", "inapplicable"]
NAV = '<header><nav aria-label="Main"><a href="#end">Top</a></nav></header>'
SKIP = '<a class="skip" href="#main">Skip to main content</a>'


class Example(BaseModel):
    """A page, as far as it differs from the plain one, and what the rule says of it.

    `right` and `why` are there where someone disagrees: who is right by WCAG, and the reason in a sentence.
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    expect: Expected
    html: str = ""
    css: str = ""
    head: str = ""
    root: str = 'lang="en-GB"'
    title: str = "<title>{title}</title>"
    viewport: str = "width=device-width, initial-scale=1"
    skip: str = SKIP
    after_nav: str = ""
    bare: bool = False
    right: Literal["", "ours", "axe", "rule"] = ""
    why: str = ""


class Rule(BaseModel):
    """A rule: the ids by which axe-core (`axe`) and our judge (`ours`) would report a page that fails it."""

    model_config = ConfigDict(extra="forbid")

    rule: str
    name: str
    axe: list[str]
    ours: list[str]
    examples: list[Example]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    found = [Rule.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda rule: rule.name))


@cache
def brief() -> Brief:
    """What the judge is told: a brief in British English, a manifest without traps, three pictures."""
    pictures = {"p.svg": svg(40, 30, "#345"), "dark.svg": svg(400, 300, "#222"), "light.svg": svg(400, 300, "#ddd")}
    return Brief(brief_of("blank-site", "harbour-books-01").requirements, manifest(), pictures)


def files(example: Example) -> dict[str, str]:
    """The page and its stylesheet."""
    title = brief().requirements.seo.title
    viewport = f'<meta name="viewport" content="{example.viewport}">' if example.viewport else ""
    if example.bare:
        body = f'{example.skip}<div><a href="#a">One</a> <a href="#b">Two</a></div><div>{example.html}<p>Words</p></div>'
    else:
        main = f'<main id="main"><h1>Example</h1>{example.html}</main>'
        body = f"{example.skip}{NAV}{example.after_nav}{main}<footer id='end'><p>End</p></footer>"
    head = f'<meta charset="utf-8">{example.title.replace("{title}", title)}{viewport}'
    page = (
        f'<!DOCTYPE html>\n<html {example.root}><head>{head}<link rel="stylesheet" href="css/styles.css">{example.head}</head>\n'
        f"<body>{body.replace('{title}', title)}</body></html>\n"
    )
    return {"index.html": page, "css/styles.css": f"body {{ color: #111; background: #fff }}\n{example.css}\n"}
