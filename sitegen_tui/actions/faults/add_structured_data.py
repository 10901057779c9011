"""How adding structured data goes wrong: JSON that is none, another type or name, values left out, altered or made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from sitegen_tui.actions.base import HTML, Brief, Fault, Files, Grade, Mutation
from sitegen_tui.actions.checks.schema import ALL
from sitegen_tui.actions.edits.editing import remove_element, set_attribute
from sitegen_tui.actions.edits.schema_graph import Node, graph, scripts
from sitegen_tui.actions.faults.planting import digit_changed, letters_swapped, written
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.site.html import parse_html, text_of
from sitegen_tui.site.source import Splices

_Change = Callable[[Node, Node, Requirements, Random], bool]
"""A change of business and website nodes; whether it applies."""


def _rewritten(change: _Change) -> Mutation:
    """The block says something else."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        value = graph(brief.requirements)
        business, website = value["@graph"]
        if not change(business, website, brief.requirements, rng):
            return None
        value["@graph"] = [node for node in (business, website) if node]
        return _block(after, _json(value))

    return apply


def _json(value: Node) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("<", "\\u003c")


def _block(after: Files, text: str) -> dict[str, str] | None:
    html = parse_html(after.get(HTML, ""))
    found = scripts(html)
    inner = html.inner(found[0]) if found else None
    if inner is None:
        return None
    edits = Splices(html.text)
    edits.replace(inner, f"{html.newline}{text}{html.newline}")
    return written(after, edits)


def _spoilt(spoil: Callable[[str, Random], str]) -> Mutation:
    """The block is not JSON."""
    return lambda before, after, brief, rng: _block(after, spoil(_json(graph(brief.requirements)), rng))


def _trailing_comma(text: str, rng: Random) -> str:
    return text.replace("\n    }\n  ]", "\n    },\n  ]")


def _commented(text: str, rng: Random) -> str:
    return text.replace("{", "{\n  // Structured data for search engines", 1)


def _curly(text: str, rng: Random) -> str:
    """One pair of quotes is typographic."""
    return text.replace('"name"', "“name”", 1)


def _absent(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    html = parse_html(after.get(HTML, ""))
    edits = Splices(html.text)
    for script in scripts(html):
        remove_element(html, edits, script)
    return written(after, edits)


def _mistyped(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The script's type is not JSON-LD's, so nobody reads it."""
    html = parse_html(after.get(HTML, ""))
    found, edits = scripts(html), Splices(html.text)
    for script in found:
        set_attribute(html, edits, script, "type", rng.choice(("application/json", "application/json+ld", "text/ld+json")))
    return written(after, edits)


# -- type, name and what is called for -----------------------------------------------------------------------------------


def _typed(*kinds: str) -> _Change:
    def change(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
        fitting = [kind for kind in kinds if kind != wanted.organisation.type]
        business["@type"] = rng.choice(fitting)
        return True

    return change


def _near_type(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    kind = wanted.organisation.type
    business["@type"] = rng.choice((f"{kind}s", kind[0].lower() + kind[1:], letters_swapped(kind, rng) or f"{kind}s"))
    return True


def _old_name(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The business is called as the template's was."""
    title = parse_html(before.get(HTML, "")).one("head > title")
    selector = brief.manifest.slots.get("header-logo", "")
    element = parse_html(before.get(HTML, "")).one(selector) or title
    other = rng.choice(("Your Business Name", "Example Company", text_of(element) if element is not None else ""))

    def change(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
        business["name"] = other or "Your Business Name"
        return True

    return _rewritten(change)(before, after, brief, rng)


def _legal_name(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    business["name"] = wanted.business.legal_name
    return wanted.business.legal_name != wanted.business.name


def _tagged_name(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    name = wanted.business.name
    business["name"] = rng.choice((f"{name} | {wanted.business.tagline}", name.rsplit(" ", 1)[0], f"The {name}"))
    return True


_CALLED_FOR = ("telephone", "address", "openingHours", "sameAs", "logo")


def _without(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    del business[rng.choice([key for key in _CALLED_FOR if key in business])]
    return True


def _with_name_only(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    for key in [key for key in business if key not in ("@type", "name", "url")]:
        del business[key]
    return True


def _emptied(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    """A property is there and says nothing."""
    key = rng.choice([key for key in _CALLED_FOR if key in business])
    business[key] = [] if isinstance(business[key], list) else {} if isinstance(business[key], dict) else ""
    return True


# -- values --------------------------------------------------------------------------------------------------------------


def _generic(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    other: dict[str, Any] = {
        "url": "https://www.example.com/",
        "telephone": "+1-555-555-5555",
        "logo": "https://www.example.com/logo.png",
    }
    key = rng.choice([key for key in other if key in business])
    business[key] = other[key]
    return True


def _other_phone(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    if "telephone" in business:
        business["telephone"] = rng.choice(("+12025550173", business["telephone"][:-1] + "0"))
    return business.get("telephone") not in (None, wanted.contact.phone.e164)


def _reworded(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    """The description is praise, or the hours are those of any office."""
    if rng.random() < 0.5 and "openingHours" in business:
        business["openingHours"] = "Mo-Fr 09:00-17:00"
    else:
        business["description"] = f"{wanted.business.name} offers an unforgettable experience for everyone."
    return True


def _near_value(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    """One digit of the postal code, one letter of the address, one scheme."""
    match rng.randrange(3):
        case 0 if (other := digit_changed(business.get("address", {}).get("postalCode", ""), rng)) is not None:
            business["address"]["postalCode"] = other
        case 1 if business["url"].startswith("https:"):
            business["url"] = business["url"].replace("https:", "http:")
        case _:
            business["email"] = f"info@{wanted.contact.email.split('@')[-1]}"
    return business.get("email") != wanted.contact.email or business != graph(wanted)["@graph"][0]


def _no_website(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    website.clear()
    return True


def _web_page(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    website["@type"] = "WebPage"
    return True


def _site_elsewhere(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    website.update(name="My Website", url="https://www.example.com/")
    return True


def _near_site(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    # A name of one word has no shorter form.
    shorter = wanted.business.name.rsplit(" ", 1)[0]
    if rng.random() < 0.5 or shorter == wanted.business.name:
        website["url"] = website["url"].replace("https://", "https://www.")
    else:
        website["name"] = shorter
    return True


def _context(*others: str | None) -> Mutation:
    """The vocabulary is another, or none."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        value, other = graph(brief.requirements), rng.choice(others)
        if other is None:
            del value["@context"]
        else:
            value["@context"] = other
        return _block(after, _json(value))

    return apply


# -- made up -------------------------------------------------------------------------------------------------------------

_PRAISE: dict[str, Any] = {
    "review": {
        "@type": "Review",
        "author": {"@type": "Person", "name": "Jane Doe"},
        "reviewBody": "The best place we ever found.",
        "reviewRating": {"@type": "Rating", "ratingValue": "5"},
    },
    "award": "Best of the Region 2023",
    "founder": {"@type": "Person", "name": "John Doe"},
}
_EXTRAS: dict[str, Any] = {
    "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.9", "reviewCount": "128"},
    "priceRange": "$$",
    "geo": {"@type": "GeoCoordinates", "latitude": -24.35, "longitude": 30.95},
}
_FACTS: dict[str, Any] = {
    "foundingDate": "1996",
    "numberOfEmployees": 14,
    "hasMap": "https://maps.example/?q=place",
    "paymentAccepted": "Cash, Credit Card",
}


def _made_up(facts: dict[str, Any]) -> _Change:
    def change(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
        key = rng.choice(sorted(facts))
        business[key] = facts[key]
        # What the brief says by chance is not made up.
        return str(facts[key]) not in wanted.model_dump_json()

    return change


def _more_profiles(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    """A profile beside the right one that nobody gave."""
    handle = wanted.contact.email.split("@")[-1].split(".")[0]
    business["sameAs"] = [*business.get("sameAs", ()), f"https://www.facebook.com/{handle}"]
    return "sameAs" in graph(wanted)["@graph"][0]


def _fault(name: str, violation: str, change: _Change, grade: Grade = "realistic", weight: float = 1.0) -> Fault:
    return Fault(f"schema-{name}", (f"schema.{violation}",), _rewritten(change), grade, weight)


FAULTS = (
    Fault("schema-trailing-comma", ALL, _spoilt(_trailing_comma), "blatant"),
    Fault("schema-absent", ALL, _absent, "blatant", 0.3),
    Fault("schema-commented", ALL, _spoilt(_commented), "realistic", 0.3),
    Fault("schema-mistyped", ALL, _mistyped, "subtle", 0.3),
    Fault("schema-curly", ALL, _spoilt(_curly), "subtle", 0.3),
    _fault("thing", "type-wrong", _typed("Thing", "Person", "Product"), "blatant", 0.0),
    _fault("general-type", "type-wrong", _typed("Organization", "LocalBusiness")),
    _fault("near-type", "type-wrong", _near_type, "subtle", 0.3),
    Fault("schema-other-name", ("schema.name-wrong",), _old_name, "blatant", 0.3),
    _fault("tagged-name", "name-wrong", _tagged_name, "realistic", 1.0),
    _fault("legal-name", "name-wrong", _legal_name, "subtle"),
    _fault("name-only", "required-missing", _with_name_only, "blatant", 0.3),
    _fault("left-out", "required-missing", _without),
    _fault("emptied", "required-missing", _emptied, "subtle", 0.3),
    _fault("generic", "value-mismatch", _generic, "blatant", 0.3),
    _fault("reworded", "value-mismatch", _reworded, "realistic", 1.0),
    _fault("other-phone", "value-mismatch", _other_phone, "subtle"),
    _fault("near-value", "value-mismatch", _near_value, "subtle", 0.7),
    _fault("site-elsewhere", "website-missing", _site_elsewhere, "blatant", 0.0),
    _fault("no-website", "website-missing", _no_website, "realistic", 1.5),
    _fault("web-page", "website-missing", _web_page, "subtle", 0.5),
    _fault("near-site", "website-missing", _near_site, "subtle", 0.5),
    Fault("schema-no-context", ("schema.context-wrong",), _context("https://example.com/vocabulary", ""), "blatant", 0.0),
    Fault("schema-bare-context", ("schema.context-wrong",), _context("schema.org", None), "realistic", 0.3),
    Fault("schema-context", ("schema.context-wrong",), _context(None, "https://schema.example"), "subtle", 0.5),
    Fault("schema-near-context", ("schema.context-wrong",), _context("https://schema.com", "https://schemas.org"), "subtle", 0.0),
    _fault("praised", "invented", _made_up(_PRAISE), "blatant", 0.3),
    _fault("rated", "invented", _made_up(_EXTRAS), "realistic", 1.5),
    _fault("facts", "invented", _made_up(_FACTS), "subtle", 0.5),
    _fault("more-profiles", "invented", _more_profiles, "subtle", 0.5),
)
