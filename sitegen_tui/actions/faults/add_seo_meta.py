"""How adding metadata goes wrong: tags forgotten, doubled or reworded, addresses that are none, a page that hides itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Brief, Fault, Files, Mutation
from sitegen_tui.actions.edits.editing import insert_line_after, remove_element, set_attribute, set_text, whole_lines
from sitegen_tui.actions.faults.planting import digit_changed, letters_swapped, one_of, renamed, written
from sitegen_tui.actions.faults.rewording import Rewording, reworded
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.site.html import HtmlFile, attribute, escape_attribute, parse_html, text_of
from sitegen_tui.site.source import Splices

_OPEN_GRAPH = ("og:type", "og:site_name", "og:title", "og:description", "og:url", "og:image")
_Value = Callable[[Requirements, Random], str | None]


def _named(html: HtmlFile, name: str) -> Element | None:
    for element in html.elements:
        if element.tag in ("meta", "link") and name in (attribute(element, key) for key in ("name", "property", "rel")):
            return element
    return None


def _valued(name: str, wrong: _Value) -> Mutation:
    """A tag has another value."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html, value = parse_html(after.get(HTML, "")), wrong(brief.requirements, rng)
        element = _named(html, name)
        holds = "href" if name == "canonical" else "content"
        if element is None or value is None or value == attribute(element, holds):
            return None
        edits = Splices(html.text)
        set_attribute(html, edits, element, holds, value)
        return written(after, edits)

    return apply


def _left_out(*names: str, all_of: bool = False) -> Mutation:
    """One of these tags is left out, or all of them."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        found = [element for name in (names if all_of else (rng.choice(names),)) if (element := _named(html, name)) is not None]
        edits = Splices(html.text)
        for element in found:
            remove_element(html, edits, element)
        return written(after, edits)

    return apply


def _added(line: _Value) -> Mutation:
    """A tag that nobody asked for stands behind the title."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html, markup = parse_html(after.get(HTML, "")), line(brief.requirements, rng)
        title = html.one("head > title")
        if title is None or markup is None:
            return None
        edits = Splices(html.text)
        insert_line_after(html, edits, title, markup)
        return written(after, edits)

    return apply


def _titled(wrong: Callable[[str, Requirements, Random], str | None]) -> Mutation:
    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        title = html.one("head > title")
        text = wrong(text_of(title), brief.requirements, rng) if title is not None else None
        if title is None or text is None or text == text_of(title):
            return None
        edits = Splices(html.text)
        set_text(html, edits, title, text)
        return written(after, edits)

    return apply


def _title_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    old = parse_html(before.get(HTML, "")).one("head > title")
    return _titled(lambda text, wanted, rng: text_of(old) if old is not None else None)(before, after, brief, rng)


def _title_other(text: str, wanted: Requirements, rng: Random) -> str | None:
    name = wanted.business.name
    return rng.choice((name, wanted.seo.title.replace("|", "-"), f"Home | {name}"))


def _title_near(text: str, wanted: Requirements, rng: Random) -> str | None:
    return rng.choice((text.replace("|", "–"), letters_swapped(text, rng), text.replace(" | ", ": ")))


def _twice(*names: str) -> Mutation:
    """Whole tags are added beside those that are there."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        edits = Splices(html.text)
        for name in names:
            element = html.one("head > title") if name == "title" else _named(html, name)
            span = html.outer(element) if element is not None else None
            if span is not None:
                lines = whole_lines(html.text, span)
                edits.insert(lines.end, html.source(lines))
        return written(after, edits)

    return apply


# -- values --------------------------------------------------------------------------------------------------------------


def _described(how: Rewording) -> _Value:
    return lambda wanted, rng: reworded(wanted.seo.description, how, rng)


def _description_cut(wanted: Requirements, rng: Random) -> str | None:
    text = wanted.seo.description
    return rng.choice((text.rsplit(" ", 3)[0] + "...", re.sub(r",[^,]*$", ".", text)))


def _canonical_other(wanted: Requirements, rng: Random) -> str | None:
    url = wanted.seo.canonical
    return rng.choice(("/", url.replace("https://", "http://"), url.rstrip("/") + "/index.html"))


def _elsewhere(wanted: Requirements, rng: Random) -> str | None:
    return rng.choice(("https://www.example.com/", "https://yourdomain.com/"))


def _www(wanted: Requirements, rng: Random) -> str | None:
    return wanted.seo.canonical.replace("https://", "https://www.")


def _image_path(wanted: Requirements, rng: Random) -> str | None:
    return "/" + wanted.seo.og.image.split("/", 3)[-1]


def _image_hero(wanted: Requirements, rng: Random) -> str | None:
    """The picture of the hero in the place of the one for sharing."""
    hero = wanted.images.hero
    return wanted.seo.canonical.rstrip("/") + "/" + hero.path if hero and hero.path not in wanted.seo.og.image else None


def _name_short(wanted: Requirements, rng: Random) -> str | None:
    return rng.choice((wanted.business.name.rsplit(" ", 1)[0], wanted.business.legal_name, wanted.business.name.lower()))


def _tagline(wanted: Requirements, rng: Random) -> str | None:
    return f"{wanted.business.name} - {wanted.business.tagline}"


def _twitter_title(wanted: Requirements, rng: Random) -> str | None:
    return f'<meta name="twitter:title" content="{escape_attribute(wanted.business.name)}">'


def _twitter_image(wanted: Requirements, rng: Random) -> str | None:
    return f'<meta name="twitter:image" content="{escape_attribute(_image_path(wanted, rng) or "")}">'


def _googlebot(wanted: Requirements, rng: Random) -> str | None:
    return f'<meta name="{rng.choice(("googlebot", "bingbot"))}" content="noindex">'


# -- what stands around the tags -----------------------------------------------------------------------------------------


def _without(selector: str) -> Mutation:
    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        element, edits = html.one(selector), Splices(html.text)
        if element is None:
            return None
        remove_element(html, edits, element)
        return written(after, edits)

    return apply


def _charset_late(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The character set is declared behind everything else, too late for a browser to find it."""
    html = parse_html(after.get(HTML, ""))
    charset, last = html.one("meta[charset]"), html.one("head > :last-child")
    span = html.outer(charset) if charset is not None else None
    end = html.outer(last) if last is not None else None
    if charset is None or span is None or end is None or end.end < 1100 or last == charset:
        return None
    edits = Splices(html.text)
    insert_line_after(html, edits, last, html.source(span)) if last is not None else None
    remove_element(html, edits, charset)
    return written(after, edits)


def _viewport_fixed(wanted: Requirements, rng: Random) -> str | None:
    return rng.choice(("width=1280", "initial-scale=1", "width=device-witdh, initial-scale=1"))


def _headline_as(tag: str) -> Mutation:
    """The h1 is an element of another name."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        element, edits = html.one("h1"), Splices(html.text)
        return written(after, edits) if element is not None and renamed(html, edits, element, tag) else None

    return apply


def _second_h1(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A section's heading is an h1 too."""
    html = parse_html(after.get(HTML, ""))
    found, edits = html.select("h2"), Splices(html.text)
    return written(after, edits) if found and renamed(html, edits, rng.choice(found), "h1") else None


FAULTS = (
    Fault("seo-title-kept", ("seo.title-wrong",), _title_kept, "blatant", 0.3),
    Fault("seo-title-other", ("seo.title-wrong",), _titled(_title_other)),
    Fault("seo-title-near", ("seo.title-wrong",), _titled(_title_near), "subtle", 0.5),
    Fault("seo-description-left-out", ("seo.description-wrong",), _left_out("description"), "blatant", 0.3),
    Fault("seo-description-cut", ("seo.description-wrong",), _valued("description", _description_cut), "realistic", 1.5),
    Fault("seo-description-paraphrase", ("seo.description-wrong",), _valued("description", _described("paraphrase")), weight=1.0),
    Fault(
        "seo-description-near",
        ("seo.description-wrong",),
        one_of(
            *(_valued("description", _described(how)) for how in ("synonym", "unpunctuated", "dashed", "escaped")),
            _valued("description", lambda wanted, rng: digit_changed(wanted.seo.description, rng)),
        ),
        "subtle",
        0.5,
    ),
    Fault("seo-og-image-elsewhere", ("seo.og-wrong",), _valued("og:image", _elsewhere), "blatant", 0.3),
    Fault("seo-og-none", ("seo.og-wrong", "seo.twitter-wrong"), _left_out(*_OPEN_GRAPH, all_of=True), "blatant", 0.3),
    Fault("seo-og-left-out", ("seo.og-wrong",), _left_out(*_OPEN_GRAPH), "realistic", 2.0),
    Fault("seo-og-title-tagline", ("seo.og-wrong",), _valued("og:title", _tagline), "realistic", 0.5),
    Fault("seo-og-image-path", ("seo.og-wrong",), _valued("og:image", _image_path), "subtle", 1.5),
    Fault("seo-og-image-hero", ("seo.og-wrong",), _valued("og:image", _image_hero), "subtle", 0.5),
    Fault("seo-og-name-varied", ("seo.og-wrong",), _valued("og:site_name", _name_short), "subtle", 0.7),
    Fault("seo-canonical-elsewhere", ("seo.canonical-wrong",), _valued("canonical", _elsewhere), "blatant", 0.3),
    Fault("seo-canonical-other", ("seo.canonical-wrong",), _valued("canonical", _canonical_other)),
    Fault("seo-canonical-www", ("seo.canonical-wrong",), _valued("canonical", _www), "subtle", 0.5),
    Fault("seo-twitter-left-out", ("seo.twitter-wrong",), _left_out("twitter:card")),
    Fault("seo-twitter-other", ("seo.twitter-wrong",), _valued("twitter:card", lambda w, rng: "card"), "blatant", 0.0),
    Fault("seo-twitter-summary", ("seo.twitter-wrong",), _valued("twitter:card", lambda w, rng: "summary"), "subtle", 0.5),
    Fault("seo-twitter-differs", ("seo.twitter-wrong",), one_of(_added(_twitter_title), _added(_twitter_image)), "subtle", 0.5),
    Fault("seo-viewport-left-out", ("seo.charset-viewport",), _without('meta[name="viewport"]'), "blatant", 0.0),
    Fault("seo-charset-left-out", ("seo.charset-viewport",), _without("meta[charset]"), "realistic", 0.3),
    Fault("seo-charset-late", ("seo.charset-viewport",), _charset_late, "subtle", 0.3),
    Fault("seo-viewport-fixed", ("seo.charset-viewport",), _valued("viewport", _viewport_fixed), "subtle", 0.3),
    Fault("seo-robots-nofollow", ("seo.robots-wrong",), _valued("robots", lambda w, rng: "nofollow, nosnippet"), "blatant", 0.0),
    Fault("seo-robots-left-out", ("seo.robots-wrong",), _left_out("robots")),
    Fault("seo-robots-near", ("seo.robots-wrong",), _valued("robots", lambda w, rng: "index, nofollow"), "subtle", 0.3),
    Fault("seo-no-h1", ("seo.h1-count",), _headline_as("div"), "blatant", 0.0),
    Fault("seo-h1-as-h2", ("seo.h1-count",), _headline_as("h2"), "realistic", 0.0),
    Fault("seo-second-h1", ("seo.h1-count",), _second_h1, "subtle", 0.0),
    Fault("seo-all-twice", ("seo.duplicate-tag",), _twice("title", "description", *_OPEN_GRAPH), "blatant", 0.0),
    Fault("seo-tag-twice", ("seo.duplicate-tag",), one_of(*map(_twice, ("description", "og:title", "canonical")))),
    Fault("seo-title-twice", ("seo.duplicate-tag",), one_of(*map(_twice, ("title", "twitter:card", "og:image"))), "subtle", 0.3),
    Fault(
        "seo-noindex",
        ("seo.noindex",),
        _valued("robots", lambda w, rng: rng.choice(("noindex, nofollow", "noindex", "none"))),
        "blatant",
        0.2,
    ),
    Fault("seo-noindex-kept-follow", ("seo.noindex",), _valued("robots", lambda w, rng: "noindex, follow"), "realistic", 0.0),
    Fault("seo-noindex-for-one", ("seo.noindex",), _added(_googlebot), "subtle", 0.0),
)
