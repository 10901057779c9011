"""Which declarations reach an element, weakest first: specificity and source order, as far as files alone can tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from turbohtml import Element

from sitegen_tui.site.css_pieces import Declaration, Rule
from sitegen_tui.site.css_text import split_top
from sitegen_tui.site.html import PSEUDO
from sitegen_tui.site.page import Page, Sheet

Specificity = tuple[int, int, int]
_SIMPLE = re.compile(
    r"""(?P<id>\#(?:[\w-]|\\.)+)
      | (?P<kind>\.(?:[\w-]|\\.)+|\[(?:"[^"]*"|'[^']*'|[^\]"'])*\])
      | (?P<part>::[\w-]+|:(?:before|after|first-line|first-letter)\b)
      | (?P<state>:[\w-]+)
      | (?P<tag>[A-Za-z][\w-]*)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Applied:
    """A declaration that reaches an element, with its rule and stylesheet and the selector that reaches it."""

    sheet: Sheet
    rule: Rule
    declaration: Declaration
    selector: str
    weight: tuple[bool, Specificity]


def applied(page: Page, selector: str, *names: str) -> list[Applied]:
    """Declarations of any of `names` that reach what `selector` finds, weakest first, whatever at-rules stand around them.

    A trailing ::before or ::after must agree. Selectors with states (`:hover`) or classes that the page lacks reach nothing.
    """
    return applied_to(page, page.html.select(selector), pseudo_of(selector), *names)


def applied_to(page: Page, elements: tuple[Element, ...], pseudo: str, *names: str) -> list[Applied]:
    """As `applied`, for elements; `pseudo` is `before`, `after` or empty."""
    return list(_applied_to(page, elements, pseudo, names))


@lru_cache(maxsize=512)
def _applied_to(page: Page, elements: tuple[Element, ...], pseudo: str, names: tuple[str, ...]) -> tuple[Applied, ...]:
    wanted = set(elements)
    found: list[Applied] = []
    for sheet in page.sheets if wanted else ():
        for rule in sheet.css.rules_setting(names):
            if rule.prelude.startswith("@"):
                continue
            reaching = [one for one in rule.selectors if pseudo_of(one) == pseudo and not wanted.isdisjoint(page.html.select(one))]
            if reaching:
                strongest = max(reaching, key=specificity)
                weight = specificity(strongest)
                declarations = (d for d in rule.declarations if d.name in names)
                found += [Applied(sheet, rule, d, strongest, (d.important, weight)) for d in declarations]
    return tuple(sorted(found, key=lambda one: one.weight))


@lru_cache(maxsize=2048)
def pseudo_of(selector: str) -> str:
    """`before` or `after` if the selector ends in it, else empty."""
    found = PSEUDO.search(selector)
    return found.group(1) if found else ""


@lru_cache(maxsize=2048)
def specificity(selector: str) -> Specificity:
    """Ids, classes and their like, tags."""
    ids = kinds = tags = at = 0
    while match := _SIMPLE.search(selector, at):
        at = match.end()
        if match["id"]:
            ids += 1
        elif match["kind"]:
            kinds += 1
        elif match["part"] or match["tag"]:
            tags += 1
        else:
            inner, at = _arguments(selector, at)
            name = match["state"].lower()
            if inner is not None and name in (":is", ":not", ":has", ":where"):
                parts = [specificity(part) for part in split_top(inner, ",")] if name != ":where" else []
                more = max(parts, default=(0, 0, 0))
                ids, kinds, tags = ids + more[0], kinds + more[1], tags + more[2]
            else:
                kinds += 1
    return ids, kinds, tags


def _arguments(selector: str, at: int) -> tuple[str | None, int]:
    """What stands in the brackets that open here, and where they end."""
    if not selector.startswith("(", at):
        return None, at
    depth = 0
    for offset in range(at, len(selector)):
        depth += (selector[offset] == "(") - (selector[offset] == ")")
        if depth == 0:
            return selector[at + 1 : offset], offset + 1
    return selector[at + 1 :], len(selector)
