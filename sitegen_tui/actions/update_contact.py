"""Action 10, update contact: how to reach the business, right as text and as link."""

from __future__ import annotations

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Action, Brief, Files, changed, lines
from sitegen_tui.actions.checks.contact import (
    check_address,
    check_email,
    check_hours,
    check_invented,
    check_name,
    check_phone,
    check_placeholder,
    check_socials,
)
from sitegen_tui.actions.edits.editing import (
    indent_of,
    insert_line_after,
    remove_attribute,
    remove_element,
    set_attribute,
    set_text,
)
from sitegen_tui.actions.faults.update_contact import FAULTS
from sitegen_tui.domain.requirements import Requirements, Social
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import HtmlFile, attribute, escape_text, normal_text, parse_html, text_of
from sitegen_tui.site.source import Span, Splices


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    contact = requirements.contact
    socials = contact.socials
    return lines(
        "Replace every contact detail. Use these texts and link targets exactly.",
        f"- Business name in the contact block: {requirements.business.name}",
        f"- E-mail: {contact.email} (text, and link to mailto:{contact.email})",
        f"- Telephone: {contact.phone.display} (text; link to tel:{contact.phone.e164})",
        "- Address, in these lines and no others:",
        tuple(f"  {line}" for line in contact.address.lines()),
        f"- Opening hours: {contact.hours}",
        "- Social profiles, exactly these links:" if socials else "- Social profiles: none; remove the links there are",
        tuple(f"  {social.network}: {social.url}" for social in socials),
        f"- Copyright line in the footer: {contact.copyright}",
        "Leave none of the old details anywhere on the page, in texts or in links, and invent none. Change no other copy.",
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Replace the text of each slot and the targets of its links; mailto and tel links elsewhere follow."""
    html = parse_html(files.get(HTML, ""))
    edits = Splices(html.text)
    contact, slots = brief.requirements.contact, brief.manifest.slots
    plain = {"contact-name": brief.requirements.business.name, "contact-hours": contact.hours, "copyright": contact.copyright}
    for slot, text in plain.items():
        element = html.one(slots[slot])
        if element is not None and text_of(element) != normal_text(text):
            set_text(html, edits, element, text)
    _set_links(html, edits, "mailto:", f"mailto:{contact.email}", contact.email)
    _set_links(html, edits, "tel:", f"tel:{contact.phone.e164}", contact.phone.display)
    address = html.one(slots["contact-address"])
    if address is not None:
        _set_lines(html, edits, address, contact.address.lines())
    socials = html.one(slots["contact-socials"])
    if socials is not None:
        _set_socials(html, edits, socials, contact.socials)
    return changed(files, {HTML: edits.result()})


def _set_links(html: HtmlFile, edits: Splices, scheme: str, target: str, text: str) -> None:
    """Every link of a scheme: its target, and its text where that is an address or number and not a word."""
    for link in html.select("a[href]"):
        old = (attribute(link, "href") or "").strip()
        if not old.lower().startswith(scheme):
            continue
        set_attribute(html, edits, link, "href", target)
        shown = text_of(link)
        if ("@" in shown or any(char.isdigit() for char in shown)) and shown != normal_text(text):
            set_text(html, edits, link, text)


def _set_lines(html: HtmlFile, edits: Splices, slot: Element, wanted: tuple[str, ...]) -> None:
    """The address: in the elements that hold its lines, else between line breaks, written as the template writes them."""
    parts = [child for child in slot.children if isinstance(child, Element) and child.tag != "br"]
    if parts:
        for part, line in zip(parts, wanted, strict=False):
            if text_of(part) != normal_text(line):
                set_text(html, edits, part, line)
        for part in parts[len(wanted) :]:
            remove_element(html, edits, part)
        if len(wanted) > len(parts):
            last = parts[-1]
            for line in wanted[len(parts) :]:
                insert_line_after(html, edits, last, f"<{last.tag}>{escape_text(line)}</{last.tag}>")
        return
    inner = html.inner(slot)
    breaks = [child for child in slot.children if isinstance(child, Element)]
    mark = next((html.source(span) for child in breaks if (span := html.start_tag(child)) is not None), "<br>")
    if inner is not None:
        old = html.source(inner)
        lead, tail = len(old) - len(old.lstrip()), len(old) - len(old.rstrip()) if old.strip() else 0
        shown = [normal_text(piece) for piece in parse_html(old.replace(mark, "\x1f")).document.text.split("\x1f")]
        if shown != [normal_text(line) for line in wanted]:
            edits.replace(Span(inner.start + lead, inner.end - tail), mark.join(escape_text(line) for line in wanted))


def _set_socials(html: HtmlFile, edits: Splices, slot: Element, wanted: tuple[Social, ...]) -> None:
    """The profile links: targets and names in place, further ones cloned from the last, those too many taken out."""
    links = [slot] if slot.tag == "a" else [e for e in slot.descendants if isinstance(e, Element) and e.tag == "a"]
    for link, social in zip(links, wanted, strict=False):
        _set_social(html, edits, link, social)
    for link in links[len(wanted) :]:
        remove_element(html, edits, _item(link, slot))
    last = links[-1] if links else None
    outer = html.outer(_item(last, slot)) if last is not None else None
    if outer is None or last is None:
        return
    for social in wanted[len(links) :]:
        source = html.source(outer)
        copied = parse_html(source)
        pieces = Splices(source)
        for clone in copied.elements:
            if clone.tag == "a":
                _set_social(copied, pieces, clone, social)
                remove_attribute(copied, pieces, clone, "id")
        edits.insert(outer.end, html.newline + indent_of(html.text, outer.start) + pieces.result())


def _item(link: Element, slot: Element) -> Element:
    """The list item of a link, if it stands in one of its own inside the slot."""
    parent = link.parent
    return parent if isinstance(parent, Element) and parent.tag == "li" and parent != slot else link


def _set_social(html: HtmlFile, edits: Splices, link: Element, social: Social) -> None:
    if (attribute(link, "href") or "").rstrip("/") == social.url.rstrip("/"):
        return
    set_attribute(html, edits, link, "href", social.url)
    name = social.network.replace("-", " ").title()
    if text_of(link):
        set_text(html, edits, link, name)
    if "aria-label" in link.attrs:
        set_attribute(html, edits, link, "aria-label", name)


ACTION = Action(
    id="update-contact",
    intent="Correct, linked contact facts",
    write_set=(HTML,),
    reads=(HTML,),
    directive=directive,
    edit=edit,
    rewords=(
        "contact-name",
        "contact-email",
        "contact-phone",
        "contact-address",
        "contact-hours",
        "contact-socials",
        "copyright",
    ),
    checks=(
        check_email,
        check_phone,
        check_address,
        check_name,
        check_hours,
        check_socials,
        check_placeholder,
        check_invented,
    ),
    faults=FAULTS,
)
