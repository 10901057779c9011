"""The parts that every template has, found on an existing page: header, hero, about, contact and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bs4 import Tag

from sitegen_tui.content.adopting.markup import Markup
from sitegen_tui.content.page import attribute, single_spaced

NETWORKS = (
    "facebook",
    "instagram",
    "twitter",
    "x.com",
    "linkedin",
    "github",
    "youtube",
    "tiktok",
    "mastodon",
    "pinterest",
    "dribbble",
)

_HERO = re.compile(r"hero|masthead|banner|jumbotron|intro|cover|landing|splash", re.IGNORECASE)
_MENU = re.compile(r"toggl|menu|burger|nav-btn|navbtn", re.IGNORECASE)
_ABOUT = re.compile(r"\babout\b|our story|who we are|\bstory\b", re.IGNORECASE)
_CONTACT = re.compile(r"\bcontact|get in touch|\bvisit us\b|find us|write to us|reach us", re.IGNORECASE)
_HOURS = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b.*\d|\bopen(ing)?\b.*\d|\bhours\b", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass(slots=True)
class Parts:
    """What was found; `slots` by name, each element the only one of its slot."""

    slots: dict[str, Tag] = field(default_factory=dict[str, Tag])
    header: Tag | None = None
    hero: Tag | None = None
    hero_text: Tag | None = None
    about: Tag | None = None
    contact: Tag | None = None
    footer: Tag | None = None

    def first(self, name: str, candidates: Iterable[Tag]) -> Tag | None:
        """Fill a slot with the first candidate that fills no other."""
        taken = {id(tag) for tag in self.slots.values()}
        for tag in candidates:
            if id(tag) not in taken:
                self.slots[name] = tag
                return tag
        return None


def find_parts(markup: Markup) -> Parts:
    """Everything that can be found; what is not there is left out."""
    parts, soup = Parts(), markup.soup
    body = soup.find("body")
    top = soup.select_one("body > header, [role=banner]") or soup.find("nav") or soup.find("header")
    parts.header = top if isinstance(top, Tag) else None
    footers = soup.select("body > footer, footer, [role=contentinfo]")
    parts.footer = footers[-1] if footers else None
    _hero(parts, markup)
    if parts.header is not None and parts.header is parts.hero:
        nav = soup.find("nav")
        parts.header = nav if isinstance(nav, Tag) else None
    parts.about = _section(markup, _ABOUT, parts)
    parts.contact = _section(markup, _CONTACT, parts)
    _header(parts, soup.select("nav"))
    _about(parts, markup)
    places = [one for one in (parts.contact, parts.footer, body) if isinstance(one, Tag)]
    _contact(parts, places)
    for place in (*footers[::-1], body):
        if isinstance(place, Tag) and (tag := _smallest(place, _COPYRIGHT)) is not None:
            parts.first("copyright", [tag])
            break
    return parts


def classes(tag: Tag) -> str:
    """Id and classes of an element as one text."""
    return f"{attribute(tag, 'id')} {attribute(tag, 'class')}"


def heading_of(tag: Tag) -> Tag | None:
    """The element's first heading."""
    found = tag.find(_HEADINGS)
    return found if isinstance(found, Tag) else None


def words(tag: Tag) -> str:
    """Its text, white space single."""
    return single_spaced(tag.get_text())


def _hero(parts: Parts, markup: Markup) -> None:
    headline = markup.soup.find("h1")
    named = [tag for tag in markup.soup.select("body section, body header, body div") if _HERO.search(classes(tag))]
    if not isinstance(headline, Tag):
        parts.hero = next((tag for tag in named if heading_of(tag)), None)
        headline = heading_of(parts.hero) if parts.hero else None
        if headline is None:
            return
    around = [tag for tag in headline.parents if tag.name not in ("body", "html", "main", "[document]")]
    parts.slots["hero-headline"] = headline
    if parts.hero is None:
        by_name = [tag for tag in around if any(tag is one for one in named)]
        parts.hero = next(iter(reversed(by_name)), None) or next(
            (tag for tag in around if tag.name in ("section", "header")), around[-1] if around else None
        )
    if parts.hero is None:
        return
    calls = [tag for tag in parts.hero.select("a[href]") if tag.find_parent("nav") is None and words(tag)]
    inside = [tag for tag in around if any(parent is parts.hero for parent in tag.parents)]
    wanted = [headline, *calls[:1]]
    holding = [tag for tag in inside if all(any(parent is tag for parent in one.parents) for one in wanted)]
    parts.hero_text = next(iter(holding), None) or next(iter(inside), None) or headline
    texts = [tag for tag in parts.hero.find_all(("p", "h2", "h3", "span", "div")) if _plain(tag)]
    before = [tag for tag in texts if _stands_before(tag, headline) and len(words(tag)) < 60]
    after = [tag for tag in texts if _stands_before(headline, tag) and len(words(tag)) >= 12]
    parts.first("hero-eyebrow", before[-1:])
    parts.first("hero-subheadline", [tag for tag in after if tag.name == "p"] or after)
    buttons = [tag for tag in calls if re.search(r"btn|button|cta", classes(tag), re.IGNORECASE)]
    ordered = [*buttons, *(tag for tag in calls if tag not in buttons)]
    parts.first("hero-primary-cta", ordered[:1])
    parts.first("hero-secondary-cta", ordered[1:2])


def _header(parts: Parts, navs: list[Tag]) -> None:
    places = [one for one in (parts.header, *navs[:1]) if one is not None]
    for place in places:
        lists = [tag for tag in place.find_all(("ul", "ol")) if len(tag.select("a[href]")) >= 2]
        if "nav" not in parts.slots:
            parts.first("nav", lists)
        buttons = [tag for tag in place.select("button, a, label, div") if _MENU.search(classes(tag)) and len(words(tag)) < 20]
        if "menu-button" not in parts.slots:
            parts.first("menu-button", [tag for tag in buttons if tag.name == "button"] or place.select("button[aria-expanded]"))
        if "header-logo" not in parts.slots:
            parts.first("header-logo", place.find_all("img"))
    if "nav" not in parts.slots and navs:
        parts.first("nav", navs)
    if parts.footer is not None:
        parts.first("footer-logo", parts.footer.find_all("img"))


def _section(markup: Markup, pattern: re.Pattern[str], parts: Parts) -> Tag | None:
    """A part of the page by its id or class, or else by its heading; the smaller one where one holds the other."""
    blocks = markup.soup.select("body section, body article, body div, body footer, body aside")
    blocks = [tag for tag in blocks if heading_of(tag) is not None and tag is not parts.hero]
    by_id = [tag for tag in blocks if pattern.search(attribute(tag, "id"))]
    by_class = [tag for tag in blocks if tag.name == "section" and pattern.search(attribute(tag, "class"))]
    by_heading = [tag for tag in blocks if tag.name in ("section", "footer") and pattern.search(words(heading_of(tag) or tag))]
    return next(iter((*by_id, *by_class, *by_heading)), None)


def _about(parts: Parts, markup: Markup) -> None:
    place = parts.about
    if place is None:
        return
    heading = heading_of(place)
    if heading is not None:
        parts.first("about-heading", [heading])
    paragraphs = [tag for tag in place.find_all("p") if _plain(tag) and len(words(tag)) >= 20]
    if not paragraphs:
        return
    parent = paragraphs[0].parent
    if parent is None:
        return
    run = [paragraphs[0]]
    for tag in paragraphs[0].find_next_siblings(True):
        if tag.name != "p" or not words(tag):
            break
        run.append(tag)
    others = [tag for tag in parent.find_all(True, recursive=False) if tag.name != "p"]
    if not others and parent is not place:
        parts.first("about-body", [parent])
        return
    # A block of its own, since the paragraphs stand among other things.
    markup.insert(markup.start_of(run[0]), '<div data-slot="about-body">')
    markup.insert(markup.element_end(run[-1]), "</div>")
    box = markup.soup.new_tag("div", attrs={"data-slot": "about-body"})
    run[0].insert_before(box)
    for tag in run:
        box.append(tag.extract())
    parts.slots["about-body"] = box


def _contact(parts: Parts, places: list[Tag]) -> None:
    finders: Mapping[str, str] = {
        "contact-email": 'a[href^="mailto:"]',
        "contact-phone": 'a[href^="tel:"]',
        "contact-address": "address, [itemprop=address], .address",
    }
    for name, selector in finders.items():
        for place in places:
            if parts.first(name, place.select(selector)) is not None:
                break
    for place in places[:2]:
        if "contact-hours" not in parts.slots and (tag := _smallest(place, _HOURS)) is not None:
            parts.first("contact-hours", [tag])
    for place in places:
        links = [
            tag for tag in place.select("a[href]") if any(name in attribute(tag, "href").lower() for name in NETWORKS)
        ] or place.select("[class*=social] a")
        if links:
            box = next((tag for tag in links[0].parents if all(any(up is tag for up in one.parents) for one in links)), None)
            if box is not None and box.name not in ("body", "html", "main", "section", "footer"):
                parts.first("contact-socials", [box])
                break
    name = parts.contact.select_one("[itemprop=name], .org, .company, .business-name") if parts.contact else None
    if name is not None:
        parts.first("contact-name", [name])


def _smallest(place: Tag, pattern: re.Pattern[str]) -> Tag | None:
    """The last innermost element whose own words say it."""
    found = [tag for tag in place.find_all(True) if tag.name not in ("script", "style") and pattern.search(words(tag))]
    inner = [tag for tag in found if not any(one is not tag and any(up is tag for up in one.parents) for one in found)]
    short = [tag for tag in inner if len(words(tag)) < 160]
    return short[-1] if short else None


def _plain(tag: Tag) -> bool:
    """Whether it holds words and nothing that stands for itself."""
    return bool(words(tag)) and tag.find(("p", "div", "ul", "ol", "h1", "h2", "h3", "form", "a", "button", "section")) is None


def _stands_before(one: Tag, other: Tag) -> bool:
    places = [(tag.sourceline or 0, tag.sourcepos or 0) for tag in (one, other)]
    return places[0] < places[1]
