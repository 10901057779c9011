"""The shipped templates and briefs, read plainly: what tests of content need and nothing the program does with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup

from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from tests.actions.gold import Pair, every_pair

ROOT = Path(__file__).resolve().parents[2]
EVERY_PAIR = every_pair()
TEMPLATES = sorted({template for template, _ in EVERY_PAIR})
PSEUDO = re.compile(r"::(before|after)$")


def manifest(template: str) -> Manifest:
    return Manifest.model_validate(yaml.safe_load((folder(template) / "template.yaml").read_text("utf-8")))


def brief(pair: Pair) -> Requirements:
    path = ROOT / "requirements" / pair[1] / "requirements.yaml"
    return Requirements.model_validate(yaml.safe_load(path.read_text("utf-8")))


def folder(template: str) -> Path:
    return ROOT / "templates" / template


def html(template: str) -> str:
    return (folder(template) / "index.html").read_text("utf-8")


def css(template: str) -> str:
    return (folder(template) / "css" / "styles.css").read_text("utf-8")


def page(template: str) -> BeautifulSoup:
    return BeautifulSoup(html(template), "html5lib")


def hit(soup: BeautifulSoup, selector: str) -> int:
    return len(soup.select(PSEUDO.sub("", selector)))


def colour(text: str) -> Colour:
    return next(one for _, _, one in find_colours(text))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(strings(one) for one in value.values())
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(strings(one) for one in value)


def asset_folder(pair: Pair) -> Path:
    return ROOT / "requirements" / pair[1]
