"""Action 14, add structured data: truthful JSON-LD about the business and its website."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import urljoin

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Action, Brief, Fault, Files, Mutation, changed, lines
from sitegen_tui.actions.editing import insert_lines_before_end, remove_element
from sitegen_tui.actions.schema_checks import (
    ALL,
    check_context,
    check_invented,
    check_name,
    check_present,
    check_required,
    check_type,
    check_values,
    check_website,
)
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import HtmlFile, attribute, parse_html
from sitegen_tui.site.json_text import for_script, read_json
from sitegen_tui.site.source import Splices

Node = dict[str, Any]


def graph(requirements: Requirements) -> Node:
    """The JSON-LD that says what the brief says, and nothing else."""
    contact, organisation, business = requirements.contact, requirements.organisation, requirements.business
    node: Node = {
        "@type": organisation.type,
        "name": business.name,
        "legalName": business.legal_name,
        "description": requirements.seo.description,
        "url": organisation.url,
        "logo": urljoin(requirements.seo.canonical, organisation.logo),
        "email": contact.email,
    }
    if organisation.telephone_ref:
        node["telephone"] = contact.phone.e164
    if organisation.address_ref:
        address = contact.address
        parts = {
            "@type": "PostalAddress",
            "streetAddress": address.street,
            "addressLocality": address.locality,
            "addressRegion": address.region,
            "postalCode": address.postal,
            "addressCountry": address.country,
        }
        node["address"] = {key: value for key, value in parts.items() if value}
    if organisation.opening_hours:
        node["openingHours"] = organisation.opening_hours
    if organisation.same_as_ref and contact.socials:
        node["sameAs"] = [social.url for social in contact.socials]
    website = {"@type": "WebSite", "name": business.name, "url": requirements.seo.canonical}
    return {"@context": "https://schema.org", "@graph": [node, website]}


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    contact, organisation, business = requirements.contact, requirements.organisation, requirements.business
    address = ", ".join(
        f"{key} {value}" for key, value in graph(requirements)["@graph"][0].get("address", {}).items() if key != "@type"
    )
    return lines(
        'Add structured data: one <script type="application/ld+json"> in the head, @context https://schema.org, with two nodes.',
        f"1. A {organisation.type} (exactly this @type) with",
        f"   name {business.name}; legalName {business.legal_name}; url {organisation.url}",
        f"   description: {requirements.seo.description}",
        f"   logo {urljoin(requirements.seo.canonical, organisation.logo)}; email {contact.email}",
        f"   telephone {contact.phone.e164}" if organisation.telephone_ref else "",
        f"   address, a PostalAddress: {address}" if organisation.address_ref else "",
        f"   openingHours {organisation.opening_hours}" if organisation.opening_hours else "",
        f"   sameAs {', '.join(social.url for social in contact.socials)}" if organisation.same_as_ref and contact.socials else "",
        f"2. A WebSite with name {business.name} and url {requirements.seo.canonical}",
        "It must be valid JSON; write < inside strings as \\u003c.",
        "State no fact that is not given here: no ratings, reviews, prices, coordinates or further numbers.",
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Put the block at the end of the head, or in the place of the one there is."""
    html = parse_html(files.get(HTML, ""))
    edits = Splices(html.text)
    wanted = graph(brief.requirements)
    there = scripts(html)
    if there:
        for further in there[1:]:
            remove_element(html, edits, further)
        inner = html.inner(there[0])
        if inner is not None and html.end_tag(there[0]) is not None and read_json(html.source(inner)) != wanted:
            edits.replace(inner, f"{html.newline}{for_script(wanted, '  ', html.newline)}{html.newline}  ")
    elif (head := html.tag("head")) is not None:
        block = ['<script type="application/ld+json">', *for_script(wanted, "", "\n").split("\n"), "</script>"]
        insert_lines_before_end(html, edits, head, block)
    return changed(files, {HTML: edits.result()})


def scripts(html: HtmlFile) -> list[Element]:
    """The page's JSON-LD blocks."""
    return [e for e in html.elements if e.tag == "script" and (attribute(e, "type") or "").strip().lower() == "application/ld+json"]


# -- how it goes wrong ---------------------------------------------------------------------------------------------------


def _rewritten(change: Callable[[Node, Node, Requirements, Random], bool]) -> Mutation:
    """A fault in what the block says; the change gets business and website nodes and whether it applies it tells."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        value = graph(brief.requirements)
        business, website = value["@graph"]
        if not change(business, website, brief.requirements, rng):
            return None
        value["@graph"] = [node for node in (business, website) if node]
        return _written(after, json.dumps(value, ensure_ascii=False, indent=2).replace("<", "\\u003c"))

    return apply


def _written(after: Files, text: str) -> dict[str, str] | None:
    html = parse_html(after.get(HTML, ""))
    found = scripts(html)
    inner = html.inner(found[0]) if found else None
    if inner is None:
        return None
    edits = Splices(html.text)
    edits.replace(inner, f"{html.newline}{text}{html.newline}")
    return changed(after, {HTML: edits.result()})


def _trailing_comma(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    text = json.dumps(graph(brief.requirements), ensure_ascii=False, indent=2)
    return _written(after, text.replace("\n    }\n  ]", "\n    },\n  ]"))


def _general_type(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    business["@type"] = rng.choice(("Organization", "LocalBusiness"))
    return wanted.organisation.type not in ("Organization", "LocalBusiness")


def _legal_name(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    business["name"] = wanted.business.legal_name
    return wanted.business.legal_name != wanted.business.name


def _without(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    keys = [key for key in ("telephone", "address", "openingHours", "sameAs", "logo") if key in business]
    del business[rng.choice(keys)]
    return True


def _other_phone(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    if "telephone" in business:
        business["telephone"] = rng.choice(("+12025550173", business["telephone"][:-1] + "0"))
    return business.get("telephone") not in (None, wanted.contact.phone.e164)


def _no_website(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    website.clear()
    return True


def _rated(business: Node, website: Node, wanted: Requirements, rng: Random) -> bool:
    facts: dict[str, Any] = {
        "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.9", "reviewCount": "128"},
        "priceRange": "$$",
        "geo": {"@type": "GeoCoordinates", "latitude": -24.35, "longitude": 30.95},
    }
    key = rng.choice(sorted(facts))
    business[key] = facts[key]
    return True


def _context(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    value = graph(brief.requirements)
    if rng.random() < 0.5:
        del value["@context"]
    else:
        value["@context"] = "https://schema.example"
    return _written(after, json.dumps(value, ensure_ascii=False, indent=2).replace("<", "\\u003c"))


ACTION = Action(
    id="add-structured-data",
    intent="Truthful JSON-LD about business and website",
    write_set=(HTML,),
    reads=(HTML,),
    directive=directive,
    edit=edit,
    checks=(
        check_present,
        check_type,
        check_name,
        check_required,
        check_values,
        check_website,
        check_context,
        check_invented,
    ),
    faults=(
        Fault("schema-trailing-comma", ALL, _trailing_comma, "blatant"),
        Fault("schema-general-type", ("schema.type-wrong",), _rewritten(_general_type)),
        Fault("schema-legal-name", ("schema.name-wrong",), _rewritten(_legal_name), "subtle"),
        Fault("schema-left-out", ("schema.required-missing",), _rewritten(_without)),
        Fault("schema-other-phone", ("schema.value-mismatch",), _rewritten(_other_phone), "subtle"),
        Fault("schema-no-website", ("schema.website-missing",), _rewritten(_no_website), "realistic", 1.5),
        Fault("schema-context", ("schema.context-wrong",), _context, "subtle", 0.5),
        Fault("schema-rated", ("schema.invented",), _rewritten(_rated), "realistic", 1.5),
    ),
)
