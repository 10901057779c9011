"""What structured data is judged by: that it parses, says who the business is, agrees with the brief, and invents nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urljoin

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Page, Step, at, finding
from sitegen_tui.actions.checks.copy_blocks import squeezed
from sitegen_tui.actions.checks.measure import VARIANT_SIMILARITY, similarity
from sitegen_tui.actions.checks.seo import same_url
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.site.html import attribute, normal_text
from sitegen_tui.site.json_text import read_json
from sitegen_tui.site.references import resolve

Node = dict[str, Any]

ALL = (
    "schema.missing",
    "schema.type-wrong",
    "schema.name-wrong",
    "schema.required-missing",
    "schema.value-mismatch",
    "schema.website-missing",
    "schema.context-wrong",
)
"""What is not achieved where no block parses."""

_OPINIONS = ("aggregateRating", "review", "reviews", "ratingValue", "reviewCount", "starRating")
_PRICES = ("offers", "makesOffer", "price", "priceRange", "paymentAccepted", "currenciesAccepted")
_PLACES = ("geo", "latitude", "longitude", "areaServed", "hasMap", "faxNumber", "taxID", "vatID", "duns")
_FIGURES = ("foundingDate", "numberOfEmployees", "numberOfRooms", "maximumAttendeeCapacity", "checkinTime", "checkoutTime")
_CLAIMS = ("founder", "founders", "employee", "award", "awards", "amenityFeature", "slogan", "alternateName", "memberOf")
_FACTS = frozenset((*_OPINIONS, *_PRICES, *_PLACES, *_FIGURES, *_CLAIMS))
"""Properties that state a fact: true only if the brief states it."""

_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_HOURS = re.compile(r"([A-Za-z]{2}(?:\s*[-,]\s*[A-Za-z]{2})*)\s+(\d{1,2}:\d\d)(?::\d\d)?\s*-\s*(\d{1,2}:\d\d)(?::\d\d)?")


def blocks(page: Page) -> list[tuple[Element, Any]]:
    """The page's JSON-LD blocks, each with its value; None where it does not parse."""
    found: list[tuple[Element, Any]] = []
    for element in page.html.elements:
        if element.tag == "script" and (attribute(element, "type") or "").split(";")[0].strip().lower() == "application/ld+json":
            found.append((element, read_json(element.text)))
    return found


def nodes(value: Any) -> Iterator[Node]:
    """Every object of a JSON value, outermost first."""
    if isinstance(value, dict):
        node = cast("Node", value)
        yield node
        for inner in node.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from nodes(inner)


def _all_nodes(step: Step) -> list[Node]:
    return [node for _, value in blocks(step.after) for node in nodes(value)]


def types(node: Node) -> frozenset[str]:
    """A node's types without their vocabulary."""
    raw = node.get("@type")
    listed = cast("list[Any]", raw) if isinstance(raw, list) else [raw]
    return frozenset(re.sub(r"^(https?://schema\.org/|schema:)", "", one) for one in listed if isinstance(one, str))


def business(step: Step) -> Node | None:
    """The node about the business: of the required type, else of any type that looks like an organisation's."""
    found = _all_nodes(step)
    for node in found:
        if step.requirements.organisation.type in types(node) and len(node) > 2:
            return node
    beside = {"WebSite", "WebPage", "BreadcrumbList", "PostalAddress", "ImageObject", "ContactPoint", "OpeningHoursSpecification"}
    marks = ("telephone", "address", "openingHours", "openingHoursSpecification", "legalName", "sameAs", "email")
    likely = [node for node in found if types(node) and not types(node) & beside]
    return next((node for node in likely if any(key in node for key in marks)), likely[0] if likely else None)


def _say(step: Step, violation: str, message: str, subject: str, expected: str = "", measured: Any = "") -> Finding:
    there = blocks(step.after)
    span = step.after.html.start_tag(there[0][0]) if there else None
    shown = measured if isinstance(measured, str) else repr(measured)
    return finding(violation, message, subject=subject, evidence=at(step.after, HTML, span, expected=expected, measured=shown))


def check_present(step: Step) -> Iterator[Finding]:
    """A JSON-LD block is there and parses."""
    there = blocks(step.after)
    if not _all_nodes(step):
        message = "The structured data is not valid JSON" if there else "There is no structured data"
        yield _say(step, "schema.missing", message, "json-ld", "one JSON-LD block", "invalid JSON" if there else "none")


def check_type(step: Step) -> Iterator[Finding]:
    """The business has the required type."""
    wanted, node = step.requirements.organisation.type, business(step)
    if node is None or wanted not in types(node):
        measured = ", ".join(sorted(types(node))) if node else "nothing"
        yield _say(step, "schema.type-wrong", f"No node is a {wanted}", "@type", wanted, measured)


def check_name(step: Step) -> Iterator[Finding]:
    """The business bears its name."""
    wanted, node = normal_text(step.requirements.business.name), business(step)
    actual = _text(node.get("name")) if node else ""
    if actual != wanted:
        variant = similarity(actual, wanted) >= VARIANT_SIMILARITY
        message = f"The name in the structured data {'varies the required one' if variant else 'is not the required one'}"
        yield _say(step, "schema.name-wrong", message, "name", wanted, actual or "nothing")


def check_required(step: Step) -> Iterator[Finding]:
    """Every property that the brief calls for is there."""
    node = business(step) or {}
    missing = [key for key in _called_for(step.requirements) if not _given(node, key)]
    if missing:
        listed = ", ".join(missing)
        yield _say(
            step, "schema.required-missing", f"The structured data lacks {listed}", "required", listed, ", ".join(node) or "nothing"
        )


def _called_for(requirements: Requirements) -> Iterator[str]:
    organisation = requirements.organisation
    yield from ("url", "logo")
    if organisation.telephone_ref:
        yield "telephone"
    if organisation.address_ref:
        yield "address"
    if organisation.opening_hours:
        yield "openingHours"
    if organisation.same_as_ref and requirements.contact.socials:
        yield "sameAs"


def _given(node: Node, key: str) -> bool:
    if key == "openingHours" and node.get("openingHoursSpecification"):
        return True
    if key == "telephone" and any(inner.get(key) for inner in nodes(node.get("contactPoint"))):
        return True
    return bool(node.get(key))


def check_values(step: Step) -> Iterator[Finding]:
    """Values that are given agree with the brief."""
    node = business(step)
    if node is None:
        for subject in ("url", "address", "telephone"):
            yield _say(step, "schema.value-mismatch", f"There is no {subject} that could agree", subject)
        return
    wanted, base = step.requirements, step.requirements.seo.canonical
    address = wanted.contact.address
    told: dict[str, tuple[str, Any]] = {}
    for key, expected in (("url", wanted.organisation.url),):
        if node.get(key) and not same_url(_text(node[key]), expected):
            told[key] = (expected, node[key])
    if node.get("logo") and not _logo_right(node["logo"], base, wanted.organisation.logo):
        told["logo"] = (urljoin(base, wanted.organisation.logo), node["logo"])
    telephones = [inner["telephone"] for inner in (node, *nodes(node.get("contactPoint"))) if inner.get("telephone")]
    if telephones and not any(_number(_text(one)) == wanted.contact.phone.e164 for one in telephones):
        told["telephone"] = (wanted.contact.phone.e164, telephones[0])
    if node.get("email") and _text(node["email"]).lower().removeprefix("mailto:") != wanted.contact.email.lower():
        told["email"] = (wanted.contact.email, node["email"])
    if node.get("legalName") and _text(node["legalName"]) != normal_text(wanted.business.legal_name):
        told["legalName"] = (wanted.business.legal_name, node["legalName"])
    if node.get("description") and squeezed(_text(node["description"])) not in squeezed(_brief_text(wanted)):
        told["description"] = (wanted.seo.description, node["description"])
    if node.get("address") and not _address_right(node["address"], wanted):
        told["address"] = (f"{', '.join(address.lines())}, {address.country}", node["address"])
    if (
        wanted.organisation.opening_hours
        and _given(node, "openingHours")
        and not _hours_right(node, wanted.organisation.opening_hours)
    ):
        told["openingHours"] = (
            wanted.organisation.opening_hours,
            node.get("openingHours") or node.get("openingHoursSpecification"),
        )
    profiles = [social.url for social in wanted.contact.socials]
    given = _strings(node.get("sameAs"))
    if given and any(not any(same_url(one.rstrip("/"), url.rstrip("/")) for one in given) for url in profiles):
        told["sameAs"] = (", ".join(profiles), ", ".join(given))
    for key, (expected, measured) in told.items():
        yield _say(step, "schema.value-mismatch", f"{key} differs from the brief", key, expected, measured)


def _text(value: Any) -> str:
    return normal_text(value) if isinstance(value, str) else ""


def _number(text: str) -> str:
    return re.sub(r"[\s().-]", "", text.removeprefix("tel:"))


def _strings(value: Any) -> list[str]:
    listed = cast("list[Any]", value) if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str)]


def _logo_right(value: Any, base: str, path: str) -> bool:
    if isinstance(value, dict):
        image = cast("Node", value)
        value = image.get("url") or image.get("contentUrl") or image.get("@id")
    raw = _text(value)
    return same_url(raw, urljoin(base, path)) or resolve(raw, HTML) == path


def _address_right(value: Any, wanted: Requirements) -> bool:
    address = wanted.contact.address
    if isinstance(value, str):
        return all(squeezed(part) in squeezed(value) for part in (address.street, address.locality, address.postal))
    parts = {
        "streetAddress": address.street,
        "addressLocality": address.locality,
        "addressRegion": address.region,
        "postalCode": address.postal,
        "addressCountry": address.country,
    }
    node = next(nodes(value), Node())
    for key, part in parts.items():
        given = node.get(key)
        if key == "addressCountry" and isinstance(given, dict):
            given = cast("Node", given).get("name")
        if normal_text(str(given) if given is not None else "") != normal_text(part):
            return False
    return True


def opening(text: str) -> frozenset[tuple[str, str, str]]:
    """Day, opening and closing time of every day in a text such as `Mo-Fr 09:00-17:00`."""
    found: set[tuple[str, str, str]] = set()
    for days, opens, closes in _HOURS.findall(text):
        found |= {(day, opens.zfill(5), closes.zfill(5)) for day in _days(days)}
    return frozenset(found)


def _days(text: str) -> Iterator[str]:
    for part in text.lower().split(","):
        ends = [end.strip() for end in part.split("-")]
        if all(end in _DAYS for end in ends):
            first, last = _DAYS.index(ends[0]), _DAYS.index(ends[-1])
            yield from (_DAYS[(first + n) % 7] for n in range((last - first) % 7 + 1))


def _hours_right(node: Node, wanted: str) -> bool:
    actual: set[tuple[str, str, str]] = set(opening(", ".join(_strings(node.get("openingHours")))))
    for inner in nodes(node.get("openingHoursSpecification")):
        opens, closes = _text(inner.get("opens"))[:5], _text(inner.get("closes"))[:5]
        for day in _strings(inner.get("dayOfWeek")):
            actual.add((re.sub(r"^.*[/:]", "", day)[:2].lower(), opens.zfill(5), closes.zfill(5)))
    return frozenset(actual) == opening(wanted) if opening(wanted) else _text(node.get("openingHours")) == normal_text(wanted)


def check_website(step: Step) -> Iterator[Finding]:
    """A WebSite node bears the site's name and URL."""
    wanted = step.requirements
    sites = [node for node in _all_nodes(step) if "WebSite" in types(node)]
    for node in sites:
        name = _text(node.get("name"))
        if name in (wanted.business.name, wanted.seo.og.site_name) and same_url(_text(node.get("url")), wanted.seo.canonical):
            return
    measured = f"{sites[0].get('name')}, {sites[0].get('url')}" if sites else "none"
    message = "The WebSite node has another name or URL" if sites else "There is no WebSite node"
    yield _say(step, "schema.website-missing", message, "WebSite", f"{wanted.business.name}, {wanted.seo.canonical}", measured)


def check_context(step: Step) -> Iterator[Finding]:
    """Every block that parses is in the vocabulary of schema.org."""
    there = [value for _, value in blocks(step.after) if value is not None]
    tops: list[Any] = []
    for value in there:
        tops += cast("list[Any]", value) if isinstance(value, list) else [value]
    contexts: list[Any] = [cast("Node", top).get("@context") if isinstance(top, dict) else None for top in tops]
    wrong = [context for context in contexts if not _in_vocabulary(context)]
    if wrong or not tops:
        measured = wrong[0] if wrong and wrong[0] is not None else "none"
        yield _say(step, "schema.context-wrong", "@context is not schema.org", "@context", "https://schema.org", measured)


def _in_vocabulary(context: Any) -> bool:
    if isinstance(context, list):
        return any(_in_vocabulary(one) for one in cast("list[Any]", context))
    if isinstance(context, dict):
        return _in_vocabulary(cast("Node", context).get("@vocab"))
    return isinstance(context, str) and re.fullmatch(r"https?://(www\.)?schema\.org/?", context.strip()) is not None


def _brief_text(wanted: Requirements) -> str:
    """Everything the brief says that may be said of the business."""
    places = (*wanted.contact.address.lines(), wanted.contact.address.country)
    return " | ".join((_brief_prose(wanted), *places, wanted.contact.hours))


def _brief_prose(wanted: Requirements) -> str:
    """What the brief says in sentences and figures."""
    about, hero = wanted.content.about, wanted.content.hero
    stats = " ".join(f"{stat.value} {stat.label}" for stat in about.stats)
    parts = (wanted.business.name, wanted.business.legal_name, wanted.business.tagline, wanted.seo.description, hero.headline)
    return " | ".join((*parts, hero.subheadline, about.heading, stats, *about.paragraphs))


def _stated(leaf: str, wanted: Requirements) -> bool:
    """Whether the brief states a value; a number must stand there as such, and not in a house number or an hour."""
    if re.fullmatch(r"[\d.,-]+", leaf):
        return re.search(rf"(?<![\d.,-]){re.escape(leaf)}(?![\d]|[.,]\d)", _brief_prose(wanted)) is not None
    return leaf in squeezed(_brief_text(wanted)).lower()


def check_invented(step: Step) -> Iterator[Finding]:
    """No rating, price, place or further number stands there that the brief does not have."""
    wanted, told = step.requirements, set[str]()
    own = business(step)
    stated = [inner for node in _all_nodes(step) for key, value in node.items() if key in _FACTS for inner in nodes(value)]
    for node in _all_nodes(step):
        # What a rating consists of is stated with it.
        for key, value in node.items() if node not in stated else ():
            if key in _FACTS and key not in told and not all(_stated(leaf, wanted) for leaf in _leaves(value)):
                told.add(key)
                yield _say(step, "schema.invented", f"{key} states what the brief does not", key, f"no {key}", value)
    phones = [node for node in _all_nodes(step) if node != own and _text(node.get("telephone"))]
    for node in phones:
        number = _number(_text(node["telephone"]))
        spare = own is not None and _text(own.get("telephone"))
        if number != wanted.contact.phone.e164 and spare and "telephone" not in told:
            told.add("telephone")
            yield _say(step, "schema.invented", "A telephone number that the brief does not have", "telephone", "", number)
    profiles = [social.url.rstrip("/") for social in wanted.contact.socials]
    given = [url for url in _strings(own.get("sameAs")) if url] if own else []
    extra = [url for url in given if not any(same_url(url.rstrip("/"), known_url) for known_url in profiles)]
    if len(given) > len(profiles) and extra:
        yield _say(step, "schema.invented", "A profile that the brief does not have", "sameAs", ", ".join(profiles), extra[0])


def _leaves(value: Any) -> Iterator[str]:
    """Every value of a property that is none of the vocabulary's own words, as it is looked up in the brief."""
    if isinstance(value, dict):
        for key, inner in cast("Node", value).items():
            if not key.startswith("@"):
                yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from _leaves(inner)
    elif value is not None:
        yield squeezed(str(value)).lower()
