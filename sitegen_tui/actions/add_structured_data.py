"""Action 14, add structured data: truthful JSON-LD about the business and its website."""

from __future__ import annotations

from urllib.parse import urljoin

from sitegen_tui.actions.base import HTML, Action, Brief, Files, changed, lines
from sitegen_tui.actions.checks.schema import (
    check_context,
    check_invented,
    check_name,
    check_present,
    check_required,
    check_type,
    check_values,
    check_website,
)
from sitegen_tui.actions.edits.editing import insert_lines_before_end, remove_element
from sitegen_tui.actions.edits.schema_graph import graph, scripts
from sitegen_tui.actions.faults.add_structured_data import FAULTS
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import parse_html
from sitegen_tui.site.json_text import for_script, read_json
from sitegen_tui.site.source import Splices


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
    faults=FAULTS,
)
