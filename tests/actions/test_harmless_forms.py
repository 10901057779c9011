"""Other right ways of writing copy and head: entities, white space, quotes, order and JSON forms cost nothing, damage included."""

from __future__ import annotations

import html as markup
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sitegen_tui.actions.base import HTML, Brief
from sitegen_tui.actions.edits.schema_graph import graph
from sitegen_tui.domain.findings import Judgement
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.site.html import parse_html
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.looking import charged, shown

TEXTS = ("update-hero-text", "update-about-text", "update-contact")
HEADS = ("replace-favicon", "add-seo-meta", "add-structured-data")
BLANK: Pair = ("blank-site", "harbour-books-01")
Form = Callable[[str], str]


def judged(action: str, pair: Pair, page: str, brief: Brief | None = None) -> Judgement:
    """The whole judgement of the files: completion and damage."""
    before, after = gold.gold_before(pair, action), {**gold.gold_after(pair, action), HTML: page}
    return evaluate(StepInput(action, before, after, brief or gold.brief(pair), start=gold.start(pair)))


def assert_free(action: str, pair: Pair, page: str, brief: Brief | None = None) -> None:
    assert page != gold.gold_after(pair, action)[HTML]
    found = judged(action, pair, page, brief)
    assert not charged(found), shown(found)
    assert found.score.value == found.score.assessed


def in_texts(form: Form) -> Callable[[str, tuple[str, ...]], str]:
    """A form applied to the text between the tags of each selected element."""

    def apply(page: str, selectors: tuple[str, ...]) -> str:
        html = parse_html(page)
        spans = {span for selector in selectors for element in html.select(selector) if (span := html.inner(element)) is not None}
        for span in sorted(spans, reverse=True):
            pieces = re.split(r"(<[^>]*>)", page[span.start : span.end])
            page = page[: span.start] + "".join(p if p.startswith("<") else form(p) for p in pieces) + page[span.end :]
        return page

    return apply


def attributes_reversed(page: str, quote: str = "'") -> str:
    """Every start tag with its attributes in the opposite order, in another quote style."""
    html = parse_html(page)
    spans = [span for element in html.elements if (span := html.start_tag(element)) is not None]
    for span in sorted(spans, reverse=True):
        tag = page[span.start : span.end]
        name = re.match(r"<[\w-]+", tag)
        assert name is not None
        given = re.findall(r'([\w:-]+)(?:="([^"]*)")?(?=[\s/>])', tag[name.end() :])
        written = "".join(f" {key}={quote}{value}{quote}" if f'{key}="' in tag else f" {key}" for key, value in reversed(given))
        page = page[: span.start] + name.group() + written + (" />" if tag.endswith("/>") else ">") + page[span.end :]
    return page


FORMS: dict[str, Form] = {
    "decimal entities": lambda text: re.sub(r"(?<![&\w#])([aeo])(?![#\w]*;)", lambda m: f"&#{ord(m[1])};", text),
    "hexadecimal entities": lambda text: re.sub(r"(?<=[ ,])(\d)", lambda m: f"&#x{ord(m[1]):x};", text),
    "no-break spaces": lambda text: text.replace(" ", "&nbsp;"),
    "no-break characters": lambda text: text.replace(" ", "\u00a0"),
    "line breaks": lambda text: text.replace(" ", "\n            "),
    "room around": lambda text: f"\n    {text}\n  " if text.strip() else text,
    "markup inside": lambda text: re.sub(r"\b([A-Z]\w+) (\w+)", r"<em>\1</em> \2", text, count=1),
    "break opportunities": lambda text: re.sub(r"(\w{4})(\w{4})", r"\1<wbr>\2", text, count=1),
}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", TEXTS)
@pytest.mark.parametrize("form", FORMS)
def test_copy_may_be_written_in_any_form(form: str, action: str, pair: Pair) -> None:
    doing = gold.action_of(action)
    assert doing is not None
    slots = gold.brief(pair).manifest.slots
    page = gold.gold_after(pair, action)[HTML]
    where = tuple(slots[slot] for slot in doing.rewords if slot in slots)
    written = in_texts(FORMS[form])(page, where)
    if written == page:
        pytest.skip("the copy offers no place for it")
    assert_free(action, pair, written)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", [*TEXTS, *HEADS])
def test_attributes_may_stand_in_any_order_and_quotes(action: str, pair: Pair) -> None:
    assert_free(action, pair, attributes_reversed(gold.gold_after(pair, action)[HTML]))


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", HEADS)
def test_tags_of_the_head_may_stand_in_another_order(action: str, pair: Pair) -> None:
    page = gold.gold_after(pair, action)[HTML]
    lines = page.splitlines(keepends=True)
    at = [n for n, line in enumerate(lines) if re.match(r"\s*<(meta|link|title)\b", line) and "charset" not in line]
    at = [n for n in at if n < next(n for n, line in enumerate(lines) if "</head>" in line)]
    moved = [lines[n] for n in at]
    # Stylesheets keep their order among themselves: it decides which rule wins.
    sheets = [line for line in moved if "stylesheet" in line]
    rest = [line for line in reversed(moved) if "stylesheet" not in line]
    for n, line in zip(at, [*rest, *sheets], strict=True):
        lines[n] = line
    assert_free(action, pair, "".join(lines))


SEPARATED: tuple[Form, ...] = (
    lambda number: f"tel:{number[:3]}-{number[3:6]}-{number[6:]}",
    lambda number: f"tel:{number[:3]}.{number[3:6]}.{number[6:]}",
    lambda number: f"tel:{number[:3]}({number[3:5]}){number[5:]}",
    lambda number: f"TEL:{number[:3]}%20{number[3:]}",
)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("form", SEPARATED)
def test_a_telephone_link_may_have_visual_separators(form: Form, pair: Pair) -> None:
    number = gold.brief(pair).requirements.contact.phone.e164
    assert_free("update-contact", pair, gold.gold_after(pair, "update-contact")[HTML].replace(f"tel:{number}", form(number)))


# -- copy with characters that have other forms --------------------------------------------------------------------------

HEADLINE = "Bread & butter – “daily”, isn’t it?"
PLAIN = markup.escape(HEADLINE, quote=False)


def typographic() -> tuple[Brief, str]:
    """The brief with such a headline, and the gold page that says it."""
    brief = gold.brief(BLANK)
    hero = brief.requirements.content.hero.model_copy(update={"headline": HEADLINE})
    content = brief.requirements.content.model_copy(update={"hero": hero})
    brief = replace(brief, requirements=brief.requirements.model_copy(update={"content": content}))
    doing = gold.action_of("update-hero-text")
    assert doing is not None
    return brief, doing.edit(gold.gold_before(BLANK, doing.id), brief)[HTML]


@pytest.mark.parametrize(
    ("form", "ids"),
    [
        (PLAIN, set[str]()),
        (HEADLINE, set[str]()),
        (PLAIN.replace("’", "&#8217;").replace("–", "&ndash;").replace("“", "&ldquo;").replace("”", "&#x201D;"), set[str]()),
        (PLAIN.replace("&amp;", "&#38;"), set[str]()),
        (PLAIN.replace("’", "'"), {"text.typography-changed"}),
        (PLAIN.replace("–", "—"), {"text.typography-changed"}),
        (PLAIN.replace("“", "&quot;").replace("”", "&quot;"), {"text.typography-changed"}),
        (PLAIN.replace("&amp;", "&amp;amp;"), {"text.not-verbatim"}),
        (PLAIN.replace("&amp;", "and"), {"text.not-verbatim"}),
        (PLAIN.replace("’", "&amp;#8217;"), {"text.not-verbatim"}),
    ],
)
def test_characters_count_and_not_how_they_are_written(form: str, ids: set[str]) -> None:
    brief, page = typographic()
    assert PLAIN in page
    found = judged("update-hero-text", BLANK, page.replace(PLAIN, form), brief)
    assert set(charged(found)) == ids, shown(found)


# -- head values and JSON-LD ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("form", [lambda m: m[0].replace("|", "&#124;"), lambda m: m[0].replace(" ", "&#32;")])
def test_values_of_the_head_may_have_entities(form: Callable[[re.Match[str]], str], pair: Pair) -> None:
    page = gold.gold_after(pair, "add-seo-meta")[HTML]
    page = re.sub(r"<title>[^<]*", form, page)
    assert_free("add-seo-meta", pair, re.sub(r'(?<=content=")[^"]*\|[^"]*', form, page))


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("sizes", ["", ' sizes="any"', " sizes=ANY"])
def test_a_vector_icon_may_say_any_size_or_none(sizes: str, pair: Pair) -> None:
    page = gold.gold_after(pair, "replace-favicon")[HTML]
    svg = gold.brief(pair).requirements.favicon.svg
    link = re.search(rf'<link [^>]*href="{svg}"[^>]*>', page)
    assert link is not None
    assert_free("replace-favicon", pair, page.replace(link[0], f"<link rel='icon' type='image/svg+xml'{sizes} href='{svg}'>"))


def _turned(value: Any) -> Any:
    """The same JSON with the members of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: _turned(inner) for key, inner in reversed(value.items())}
    return [_turned(inner) for inner in value] if isinstance(value, list) else value


def _nodes(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"@context": "https://schema.org", **node} for node in value["@graph"]]


BLOCKS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "other key order": lambda value: [json.dumps(_turned(value))],
    "no white space": lambda value: [json.dumps(value, separators=(",", ":"))],
    "wide": lambda value: [json.dumps(value, indent=8).replace("\n", "\n\n")],
    "escaped": lambda value: [json.dumps(value).replace("/", "\\/").replace("L", "\\u004c")],
    "nodes the other way round": lambda value: [json.dumps({**value, "@graph": value["@graph"][::-1]})],
    "an array": lambda value: [json.dumps(_nodes(value))],
    "a block each": lambda value: [json.dumps(node) for node in _nodes(value)],
    "context last and bare http": lambda value: [json.dumps({"@graph": value["@graph"], "@context": "http://schema.org/"})],
    "vocabulary": lambda value: [json.dumps({**value, "@context": {"@vocab": "https://schema.org/"}})],
    "types in lists": lambda value: [
        json.dumps({**value, "@graph": [{**node, "@type": [node["@type"]]} for node in value["@graph"]]})
    ],
}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("form", BLOCKS)
def test_structured_data_may_have_any_form_of_the_same_json(form: str, pair: Pair) -> None:
    before = gold.gold_before(pair, "add-structured-data")[HTML]
    texts = BLOCKS[form](graph(gold.brief(pair).requirements))
    blocks = "".join(f"<script TYPE='application/LD+JSON'>\n{text}</script>\n" for text in texts)
    assert_free("add-structured-data", pair, before.replace("</head>", f"{blocks}</head>"))
    at_the_end = before.replace("</body>", f"{blocks}</body>")
    assert_free("add-structured-data", pair, at_the_end)
