"""The JSON-LD that is to be there, and the blocks in which a page has it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from turbohtml import Element

from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.site.html import HtmlFile, attribute

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


def scripts(html: HtmlFile) -> list[Element]:
    """The page's JSON-LD blocks."""
    return [e for e in html.elements if e.tag == "script" and (attribute(e, "type") or "").strip().lower() == "application/ld+json"]
