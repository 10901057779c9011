"""What head metadata is judged by: each tag once, each value exact, the page open to search engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from turbohtml import Element

from sitegen_tui.actions.base import Page, Step, finding
from sitegen_tui.actions.checks.measure import VARIANT_SIMILARITY, find_slot, similarity, where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.site.html import attribute, normal_text, text_of

CHARSET_BYTES = 1024
"""A browser looks for the character set this far."""


@lru_cache(maxsize=64)
def _head(page: Page) -> tuple[Element, ...]:
    head = page.html.tag("head")
    return tuple(head.iter_elements()) if head is not None else ()


def _titles(page: Page) -> list[Element]:
    return [element for element in _head(page) if element.tag == "title"]


def named(page: Page, name: str, keys: tuple[str, ...] = ("name",)) -> list[Element]:
    """The head's meta elements of a name, given by one of the attributes."""
    found: list[Element] = []
    for element in _head(page):
        if element.tag == "meta" and any((attribute(element, key) or "").strip().lower() == name for key in keys):
            found.append(element)
    return found


def _canonicals(page: Page) -> list[Element]:
    return [e for e in _head(page) if e.tag == "link" and "canonical" in (attribute(e, "rel") or "").lower().split()]


def _content(elements: list[Element]) -> str | None:
    return normal_text(attribute(elements[0], "content") or "") if elements else None


def same_url(actual: str | None, wanted: str) -> bool:
    """Whether two absolute URLs are one: scheme and host without case, an empty path is the root."""
    if actual is None:
        return False

    def plain(url: str) -> tuple[str, ...]:
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return (url,)
        return (parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, parts.fragment)

    return plain(actual) == plain(wanted)


def _wrong(
    step: Step, violation: str, message: str, subject: str, element: Element | None, expected: str, measured: str
) -> Finding:
    evidence = where(step.after, element, expected=expected, measured=measured)
    return finding(violation, message, subject=subject, evidence=evidence)


def check_title(step: Step) -> Iterator[Finding]:
    """The title is the required one."""
    wanted, found = normal_text(step.requirements.seo.title), _titles(step.after)
    actual = text_of(found[0]) if found else ""
    if actual != wanted:
        name = normal_text(step.requirements.business.name)
        varied = name not in actual and similarity(actual.split("|")[0].strip(), name) >= VARIANT_SIMILARITY
        message = (
            "There is no title" if not found else f"The title is not the required one{', and varies the name' if varied else ''}"
        )
        yield _wrong(step, "seo.title-wrong", message, "title", found[0] if found else None, wanted, actual or "nothing")


def check_description(step: Step) -> Iterator[Finding]:
    """The meta description is the required one."""
    wanted, found = normal_text(step.requirements.seo.description), named(step.after, "description")
    actual = _content(found)
    if actual != wanted:
        message = "There is no meta description" if actual is None else "The meta description is not the required one"
        element = found[0] if found else None
        yield _wrong(step, "seo.description-wrong", message, "description", element, wanted, actual or "nothing")


def open_graph(step: Step) -> dict[str, str]:
    """The Open Graph properties the brief asks for."""
    seo = step.requirements.seo
    return {
        "og:title": seo.title,
        "og:description": seo.description,
        "og:type": seo.og.type,
        "og:image": seo.og.image,
        "og:url": seo.og.url,
        "og:site_name": seo.og.site_name,
    }


def check_open_graph(step: Step) -> Iterator[Finding]:
    """Every Open Graph property has its value."""
    for name, wanted in open_graph(step).items():
        found = named(step.after, name, ("property",))
        actual = _content(found)
        right = same_url(actual, wanted) if name in ("og:url", "og:image") else actual == normal_text(wanted)
        if not right:
            variant = name == "og:site_name" and similarity(actual or "", wanted) >= VARIANT_SIMILARITY
            said = "is missing" if actual is None else "varies the name" if variant else "is not the required one"
            element = found[0] if found else None
            yield _wrong(step, "seo.og-wrong", f"{name} {said}", name, element, wanted, actual or "nothing")


def check_canonical(step: Step) -> Iterator[Finding]:
    """The canonical link has the required absolute URL; a second one is a duplicate."""
    wanted, found = step.requirements.seo.canonical, _canonicals(step.after)
    actual = attribute(found[0], "href") if found else None
    if not same_url(actual, wanted):
        message = "There is no canonical link" if not found else "The canonical link is not the required URL"
        element = found[0] if found else None
        yield _wrong(step, "seo.canonical-wrong", message, "canonical", element, wanted, actual or "nothing")


def check_twitter(step: Step) -> Iterator[Finding]:
    """The card is of the required kind; title, description and picture may fall back to Open Graph, and differ in nothing."""
    keys = ("name", "property")
    found = named(step.after, "twitter:card", keys)
    wanted, actual = step.requirements.seo.twitter.card, _content(found)
    if actual != wanted:
        message = "There is no Twitter card" if actual is None else "The Twitter card is of another kind"
        element = found[0] if found else None
        yield _wrong(step, "seo.twitter-wrong", message, "twitter:card", element, wanted, actual or "nothing")
    graph, own = open_graph(step), 0
    for part in ("title", "description", "image"):
        given = named(step.after, f"twitter:{part}", keys)
        text, value = _content(given), graph[f"og:{part}"]
        own += text is not None or bool(named(step.after, f"og:{part}", ("property",)))
        if text is not None and text != normal_text(value) and not (part == "image" and same_url(text, value)):
            message = f"twitter:{part} is another than og:{part} is to be"
            yield _wrong(step, "seo.twitter-wrong", message, f"twitter:{part}", given[0], value, text)
    if not own:
        message = "The Twitter card has neither a title, description and picture of its own nor Open Graph's"
        yield _wrong(step, "seo.twitter-wrong", message, "twitter:fallback", None, graph["og:title"], "nothing")


def check_charset_viewport(step: Step) -> Iterator[Finding]:
    """UTF-8 is declared early enough, and the viewport as wide as the device."""
    head = _head(step.after)
    declared = [e for e in head if e.tag == "meta" and _charset(e) in ("utf-8", "utf8")]
    span = step.after.html.outer(declared[0]) if declared else None
    until = len(step.after.html.text[: span.end].encode("utf-8", "replace")) if span is not None else 0
    viewport = named(step.after, "viewport")
    wide = "width=device-width" in "".join((_content(viewport) or "").lower().split())
    if span is None or until > CHARSET_BYTES:
        message = "UTF-8 is not declared" if span is None else f"UTF-8 is declared only {until} bytes into the page"
        element = declared[0] if declared else None
        yield _wrong(step, "seo.charset-viewport", message, "charset", element, f"within {CHARSET_BYTES} bytes", str(until))
    elif not wide:
        element = viewport[0] if viewport else None
        measured = _content(viewport) or "nothing"
        yield _wrong(
            step, "seo.charset-viewport", "The viewport is not declared", "viewport", element, "width=device-width", measured
        )


def _charset(meta: Element) -> str:
    content = (attribute(meta, "content") or "").lower()
    if "charset" not in meta.attrs and (attribute(meta, "http-equiv") or "").lower() == "content-type":
        return content.partition("charset=")[2].strip(" ;\"'")
    return (attribute(meta, "charset") or "").strip().lower()


def _directives(text: str) -> frozenset[str]:
    return frozenset(part.strip().lower() for part in text.split(",") if part.strip())


def _closed(page: Page) -> bool:
    """Whether a robots tag keeps the page out of search results."""
    tags = [meta for name in ("robots", "googlebot", "bingbot") for meta in named(page, name)]
    return any(_directives(attribute(meta, "content") or "") & {"noindex", "none"} for meta in tags)


def _noindex_added(step: Step) -> bool:
    asked = _directives(step.requirements.seo.robots) & {"noindex", "none"}
    return _closed(step.after) and not _closed(step.before) and not asked


def check_robots(step: Step) -> Iterator[Finding]:
    """The robots directives are the required ones; an added noindex is charged as that."""
    wanted, found = step.requirements.seo.robots, named(step.after, "robots")
    actual = _content(found)
    if (actual is None or _directives(actual) != _directives(wanted)) and not _noindex_added(step):
        message = "There is no robots tag" if actual is None else "The robots directives are not the required ones"
        yield _wrong(step, "seo.robots-wrong", message, "robots", found[0] if found else None, wanted, actual or "nothing")


def check_noindex(step: Step) -> Iterator[Finding]:
    """The page was not hidden from search engines."""
    if _noindex_added(step):
        found = [m for name in ("robots", "googlebot", "bingbot") for m in named(step.after, name)]
        closing = next(m for m in found if _directives(attribute(m, "content") or "") & {"noindex", "none"})
        measured = _content([closing]) or ""
        message = "noindex was added: search engines will not show the page"
        yield _wrong(step, "seo.noindex", message, "robots", closing, step.requirements.seo.robots, measured)


def check_headings(step: Step) -> Iterator[Finding]:
    """The page has exactly one h1."""
    found = step.after.html.select("h1")
    if len(found) != 1:
        # The same place as that of the hero's check, so that one heading too many or too few is one cause.
        headline = find_slot(step.after, step.manifest, "hero-headline", like=(step.requirements.content.hero.headline,)).element
        element = next((h1 for h1 in found if h1 != headline), headline)
        yield _wrong(step, "seo.h1-count", f"The page has {len(found)} h1", "h1", element, "1", str(len(found)))


def check_duplicates(step: Step) -> Iterator[Finding]:
    """No tag occurs twice; a head that has none of the new tags has nothing to be unique."""
    tags: Counter[str] = Counter()
    last: dict[str, Element] = {}
    for element in _head(step.after):
        name = _tag_name(element)
        if name:
            tags[name] += 1
            last[name] = element
    twice = [name for name, count in tags.items() if count > 1]
    if twice:
        listed = ", ".join(twice)
        yield _wrong(step, "seo.duplicate-tag", f"More than one {listed}", "head", last[twice[0]], "one of each", listed)
    elif not any(name == "description" or name == "canonical" or name.startswith("og:") for name in tags):
        yield _wrong(
            step, "seo.duplicate-tag", "None of the tags that were to be there once is there", "head", None, "one of each", "none"
        )


def _tag_name(element: Element) -> str:
    """The name under which a head tag must be the only one; empty for tags that may be many."""
    if element.tag == "title":
        return "title"
    if element.tag == "link":
        return "canonical" if "canonical" in (attribute(element, "rel") or "").lower().split() else ""
    if element.tag != "meta":
        return ""
    name = (attribute(element, "property") or attribute(element, "name") or "").strip().lower()
    unique = ("description", "robots", "viewport", "og:title", "og:description", "og:type", "og:url", "og:site_name", "og:image")
    return name if name in unique or name in ("twitter:card", "twitter:title", "twitter:description", "twitter:image") else ""
