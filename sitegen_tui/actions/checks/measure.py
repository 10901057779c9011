"""What checks look with: slots found again when their hook is gone, texts compared as DOMAIN compares them, places to point at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from turbohtml import Element

from sitegen_tui.domain.findings import Evidence
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.css_pieces import Declaration
from sitegen_tui.site.html import attribute, normal_text, text_of
from sitegen_tui.site.page import HTML, Page
from sitegen_tui.site.references import resolve

FALLBACK_SIMILARITY = 0.7
"""How alike a text must be for an element to be taken for a slot whose hook is gone."""
VARIANT_SIMILARITY = 0.6
"""From here on a business name that is not equal is called a variant of it."""
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")


def similarity(a: str, b: str, *, above: float = 0.0) -> float:
    """How alike two texts are, 0 to 1, by matching blocks of characters; what cannot be more than `above` counts as 0."""
    if a == b:
        return 1.0
    if not a or not b or min(len(a), len(b)) / max(len(a), len(b)) < 0.2:
        return 0.0
    a, b = a[:2000], b[:2000]
    if above and _most_alike(a, b) <= above:
        return 0.0
    return _ratio(a, b)


@lru_cache(maxsize=2048)
def _ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _most_alike(a: str, b: str) -> float:
    """What the ratio of two texts cannot be more than: as if all characters that both have stood in the same order."""
    total = len(a) + len(b)
    most = 2.0 * min(len(a), len(b)) / total
    return min(most, 2.0 * (_letters(a) & _letters(b)).total() / total)


@lru_cache(maxsize=2048)
def _letters(text: str) -> Counter[str]:
    return Counter(text)


@dataclass(frozen=True)
class Found:
    """A slot's element; `by_text` when its hook was gone and its text gave it away."""

    element: Element | None
    by_text: bool = False


def find_slot(page: Page, manifest: Manifest, slot: str, like: Iterable[str] = (), tags: str = "") -> Found:
    """A slot by its selector, else the element whose text is most like one of `like` (at least 0.7), among `tags` if given."""
    selector = manifest.slots.get(slot, f'[data-slot="{slot}"]')
    element = page.html.one(selector) or page.html.one(f'[data-slot="{slot}"]')
    if element is not None:
        return Found(element)
    wanted = [text for text in map(normal_text, like) if text]
    best, best_ratio = None, FALLBACK_SIMILARITY
    candidates = page.html.select(tags) if tags else page.html.elements
    for candidate in candidates if wanted else ():
        if candidate.tag in ("html", "head", "body", "script", "style", "title"):
            continue
        text = text_of(candidate)
        ratio = max(similarity(text, want, above=best_ratio) for want in wanted)
        if ratio > best_ratio:
            best, best_ratio = candidate, ratio
    return Found(best, best is not None)


def where(page: Page, element: Element | None, *, expected: str = "", measured: str = "", name: str = "") -> Evidence:
    """Evidence that points at an element's start tag, or at one attribute of it; without an element, at the page."""
    from sitegen_tui.actions.base import at

    if element is None:
        return at(page, HTML, None, expected=expected, measured=measured)
    span = (page.html.attribute_span(element, name) if name else None) or page.html.start_tag(element)
    return at(page, HTML, span, expected=expected, measured=measured)


def same_file(raw: str | None, path: str, file: str = HTML) -> bool:
    """Whether a reference written in `file` means the site path `path`."""
    return raw is not None and resolve(raw, file) == path


def root_definition(page: Page, name: str) -> Declaration | None:
    """The definition of a custom property that holds for the whole page whatever the window: the last one under :root."""
    found: list[Declaration] = []
    for rule, declaration in page.css.custom_properties.get(name, ()):
        if not rule.context and {":root", "html"} & set(rule.selectors):
            found.append(declaration)
    return found[-1] if found else None


def substituted(page: Page, value: str) -> str:
    """A value with the page's custom properties put in for `var()`; one that is not defined leaves its fallback."""
    for _ in range(8):
        if "var(" not in value or len(value) > 10_000:
            break
        value = _VAR.sub(lambda use: d.value if (d := root_definition(page, use[1])) else (use[2] or "").strip(), value)
    return value


def attributes_where(element: Element, names: Iterable[str]) -> Mapping[str, str]:
    """Those of the named attributes that an element has."""
    found = {name: attribute(element, name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def words(text: str) -> frozenset[str]:
    """Lower-case words of a text."""
    return frozenset(re.findall(r"\w+", text.lower()))


_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)


def same_but_typography(a: str, b: str) -> bool:
    """Whether two texts differ in quotes, dashes and ellipses only; quotes around the whole of one are such a difference."""
    return normal_text(a) != normal_text(b) and _plain(a) == _plain(b)


def _plain(text: str) -> str:
    return normal_text(normal_text(text.translate(_TYPOGRAPHY)).strip("'\""))
