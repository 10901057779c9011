"""How updating the contact details goes wrong: stale links, near numbers, varied names, details left over or made up."""

from __future__ import annotations

import re
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Brief, Fault, Files, Mutation
from sitegen_tui.actions.edits.editing import remove_element
from sitegen_tui.actions.faults.planting import (
    digit_changed,
    digits_swapped,
    letters_swapped,
    line_after,
    link_kept,
    link_of,
    one_of,
    paragraph,
    slot_link,
    slot_source,
    slot_text,
    text_kept,
    written,
)
from sitegen_tui.domain.requirements import Contact
from sitegen_tui.site.html import attribute, parse_html, text_of
from sitegen_tui.site.source import Splices

_EMAIL, _PHONE, _ADDRESS, _HOURS = "contact-email", "contact-phone", "contact-address", "contact-hours"
_NAME, _SOCIALS, _LEGAL = "contact-name", "contact-socials", "copyright"


def _contact(brief: Brief) -> Contact:
    return brief.requirements.contact


# -- e-mail and telephone ------------------------------------------------------------------------------------------------


def _other_mail(text: str, brief: Brief, rng: Random) -> str | None:
    return rng.choice(("info@example.com", "contact@yourbusiness.com"))


def _label(text: str, brief: Brief, rng: Random) -> str | None:
    return rng.choice(("Email us", "Get in touch"))


def _mail_near(text: str, brief: Brief, rng: Random) -> str | None:
    local, _, domain = _contact(brief).email.partition("@")
    return rng.choice((f"{local}@{domain.rsplit('.', 1)[0]}.com", f"{local}s@{domain}", f"{local}@mail.{domain}"))


def _mail_target_near(href: str, brief: Brief, rng: Random) -> str | None:
    return f"mailto:{_mail_near(href, brief, rng)}"


def _unlinked(slot: str) -> Mutation:
    """A detail is text only: its link is gone, its element is there."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        link = link_of(html, brief, slot)
        span = html.attribute_span(link, "href") if link is not None else None
        if span is None:
            return None
        edits = Splices(html.text)
        edits.delete(span)
        return written(after, edits)

    return apply


def _other_number(text: str, brief: Brief, rng: Random) -> str | None:
    return rng.choice(("(555) 123-4567", "+1 202 555 0199", "Call us"))


def _number_restyled(text: str, brief: Brief, rng: Random) -> str | None:
    """The number as it is dialled from abroad, or run together."""
    phone = _contact(brief).phone
    return next((other for other in (phone.e164, phone.display.replace(" ", "-")) if other != phone.display), None)


def _local_target(href: str, brief: Brief, rng: Random) -> str | None:
    """A target without the country's code."""
    shown = re.sub(r"\D", "", _contact(brief).phone.display)
    return f"tel:{shown}" if shown != _contact(brief).phone.e164 else None


def _target_swapped(href: str, brief: Brief, rng: Random) -> str | None:
    return digits_swapped(href, rng)


# -- address, name, hours, profiles --------------------------------------------------------------------------------------


def _short(text: str, brief: Brief, rng: Random) -> str | None:
    return _contact(brief).address.lines()[0]


def _without_region(text: str, brief: Brief, rng: Random) -> str | None:
    address = _contact(brief).address
    return ", ".join((address.street, address.locality, address.postal)) if address.region else None


def _varied(text: str, brief: Brief, rng: Random) -> str | None:
    business = brief.requirements.business
    varied = [business.name.rsplit(" ", 1)[0], f"The {business.name}", business.legal_name]
    return rng.choice([name for name in varied if name != business.name])


def _misspelt(text: str, brief: Brief, rng: Random) -> str | None:
    return letters_swapped(text, rng)


def _line_varied(text: str, brief: Brief, rng: Random) -> str | None:
    name, line = brief.requirements.business.name, _contact(brief).copyright
    return line.replace(name, name.rsplit(" ", 1)[0]) if name in line and " " in name else None


def _line_legal(text: str, brief: Brief, rng: Random) -> str | None:
    business, line = brief.requirements.business, _contact(brief).copyright
    return line.replace(business.name, business.legal_name) if business.legal_name not in line else None


def _line_escaped(text: str, brief: Brief, rng: Random) -> str | None:
    """The sign is escaped twice, so that people read its entity."""
    line = _contact(brief).copyright
    return line.replace("©", rng.choice(("&copy;", "&#169;"))) if "©" in line else None


def _hours_other(text: str, brief: Brief, rng: Random) -> str | None:
    hours = _contact(brief).hours
    return rng.choice(("Monday to Friday, 9am to 5pm", hours.replace(" to ", " - "), hours.split(",")[0]))


def _hours_open(text: str, brief: Brief, rng: Random) -> str | None:
    return "Open around the clock"


def _bracketed(text: str, brief: Brief, rng: Random) -> str | None:
    return "[Opening hours]"


def _profile_left_out(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    html = parse_html(after.get(HTML, ""))
    links = html.select(f"{brief.manifest.slots[_SOCIALS]} a")
    edits = Splices(html.text)
    for link in links:
        remove_element(html, edits, link)
    return written(after, edits) if links else None


def _profile_home(href: str, brief: Brief, rng: Random) -> str | None:
    """The network's own page, or none."""
    return rng.choice((href.rsplit("/", 1)[0] + "/", "#"))


def _profile_near(href: str, brief: Brief, rng: Random) -> str | None:
    return rng.choice((href + "official", href.replace("https://", "https://www."), letters_swapped(href, rng)))


# -- left over and made up -----------------------------------------------------------------------------------------------


def _old(before: Files, brief: Brief, slot: str) -> Element | None:
    return link_of(parse_html(before.get(HTML, "")), brief, slot)


def _old_mail_elsewhere(before: Files, brief: Brief, rng: Random) -> str | None:
    old = _old(before, brief, _EMAIL)
    href = attribute(old, "href") if old is not None else None
    if old is None or not href or "@" not in text_of(old):
        return None
    return rng.choice((f'<p>Bookings: <a href="{href}">{text_of(old)}</a></p>', f'<p><a href="{href}">Write to us</a></p>'))


def _old_number_elsewhere(before: Files, brief: Brief, rng: Random) -> str | None:
    old = _old(before, brief, _PHONE)
    return paragraph(f"After hours: {text_of(old)}") if old is not None else None


def _old_year(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    old = parse_html(before.get(HTML, "")).one(brief.manifest.slots[_LEGAL])
    year = re.search(r"\b\d{4}\b", text_of(old)) if old is not None else None
    return _dated(year.group())(before, after, brief, rng) if year else None


def _dated(year: str) -> Mutation:
    return slot_text(_LEGAL, lambda text, brief, rng: re.sub(r"\b\d{4}\b", year, text))


def _another_way(before: Files, brief: Brief, rng: Random) -> str | None:
    """A second way to reach the business that nobody gave."""
    domain = _contact(brief).email.split("@")[-1]
    return rng.choice(
        (
            f'<p><a href="mailto:bookings@{domain}">bookings@{domain}</a></p>',
            '<p><a href="tel:+441632960999">01632 960999</a></p>',
            f'<p><a href="https://facebook.com/{domain.split(".")[0]}">Facebook</a></p>',
        )
    )


def _other_ways(before: Files, brief: Brief, rng: Random) -> str | None:
    """A whole block of them."""
    handle = _contact(brief).email.split("@")[-1].split(".")[0]
    networks = ("facebook", "linkedin", "tiktok")
    return "<p>" + " ".join(f'<a href="https://www.{net}.com/{handle}">{net.title()}</a>' for net in networks) + "</p>"


def _fax(before: Files, brief: Brief, rng: Random) -> str | None:
    """A number beside the right one, one digit from it."""
    phone = _contact(brief).phone.display
    return paragraph(f"Fax: {phone[:-1]}{(int(phone[-1]) + 1) % 10}") if phone[-1].isdigit() else None


def _messenger(before: Files, brief: Brief, rng: Random) -> str | None:
    """The right number, on a network that nobody spoke of."""
    return f'<p><a href="https://wa.me/{_contact(brief).phone.e164.lstrip("+")}">WhatsApp</a></p>'


FAULTS = (
    Fault("contact-email-other", ("contact.email-wrong",), slot_text(_EMAIL, _other_mail), "blatant", 0.3),
    Fault("contact-email-href-kept", ("contact.email-wrong",), link_kept(_EMAIL), "realistic", 2.0),
    Fault("contact-email-unlinked", ("contact.email-wrong",), _unlinked(_EMAIL), "realistic", 0.5),
    Fault("contact-email-labelled", ("contact.email-wrong",), slot_text(_EMAIL, _label), "realistic", 0.5),
    Fault("contact-email-near", ("contact.email-wrong",), slot_text(_EMAIL, _mail_near), "subtle", 0.5),
    Fault("contact-email-href-near", ("contact.email-wrong",), slot_link(_EMAIL, _mail_target_near), "subtle", 0.3),
    Fault("contact-phone-other", ("contact.phone-wrong",), slot_text(_PHONE, _other_number), "blatant", 0.3),
    Fault("contact-phone-href-kept", ("contact.phone-wrong",), link_kept(_PHONE), "realistic", 2.0),
    Fault("contact-phone-restyled", ("contact.phone-wrong",), slot_text(_PHONE, _number_restyled), "realistic", 0.5),
    Fault("contact-phone-href-local", ("contact.phone-wrong",), slot_link(_PHONE, _local_target), "realistic", 0.7),
    Fault("contact-phone-digits", ("contact.phone-wrong",), slot_source(_PHONE, digits_swapped), "subtle"),
    Fault("contact-phone-href-digits", ("contact.phone-wrong",), slot_link(_PHONE, _target_swapped), "subtle", 0.5),
    Fault("contact-address-kept", ("contact.address-wrong",), text_kept(_ADDRESS), "blatant", 0.5),
    Fault("contact-address-short", ("contact.address-wrong",), slot_text(_ADDRESS, _short)),
    Fault("contact-address-regionless", ("contact.address-wrong",), slot_text(_ADDRESS, _without_region), "realistic", 0.5),
    Fault("contact-address-digit", ("contact.address-wrong",), slot_source(_ADDRESS, digit_changed), "subtle", 0.5),
    Fault("contact-name-kept", ("contact.name-wrong",), text_kept(_NAME), "blatant", 0.5),
    Fault("contact-copyright-kept", ("contact.name-wrong",), text_kept(_LEGAL), "realistic", 1.0),
    Fault("contact-copyright-legal", ("contact.name-wrong",), slot_text(_LEGAL, _line_legal), "subtle", 0.5),
    Fault("contact-copyright-escaped", ("contact.name-wrong",), slot_text(_LEGAL, _line_escaped), "realistic", 0.3),
    Fault("contact-name-varied", ("contact.name-wrong",), slot_text(_NAME, _varied), "subtle"),
    Fault("contact-name-misspelt", ("contact.name-wrong",), slot_text(_NAME, _misspelt), "subtle", 0.3),
    Fault("contact-copyright-varied", ("contact.name-wrong",), slot_text(_LEGAL, _line_varied), "subtle"),
    Fault("contact-hours-open", ("contact.hours-wrong",), slot_text(_HOURS, _hours_open), "blatant", 0.0),
    Fault("contact-hours-other", ("contact.hours-wrong",), slot_text(_HOURS, _hours_other)),
    Fault("contact-hours-digit", ("contact.hours-wrong",), slot_source(_HOURS, digit_changed), "subtle", 0.5),
    Fault(
        "contact-hours-bracketed",
        ("contact.hours-wrong", "contact.placeholder-left"),
        slot_text(_HOURS, _bracketed),
        "blatant",
        0.5,
    ),
    Fault(
        "contact-old-elsewhere",
        ("contact.placeholder-left",),
        one_of(line_after(_HOURS, _old_mail_elsewhere), line_after(_HOURS, _old_number_elsewhere)),
        "realistic",
        0.5,
    ),
    Fault("contact-old-year", ("contact.placeholder-left",), _old_year, "subtle", 0.7),
    Fault("contact-other-year", ("contact.placeholder-left",), _dated("2024"), "subtle", 0.5),
    Fault("contact-social-left-out", ("contact.social-wrong",), _profile_left_out, "blatant", 0.5),
    Fault("contact-social-kept", ("contact.social-wrong",), link_kept(_SOCIALS)),
    Fault("contact-social-home", ("contact.social-wrong",), slot_link(_SOCIALS, _profile_home), "realistic", 0.5),
    Fault("contact-social-near", ("contact.social-wrong",), slot_link(_SOCIALS, _profile_near), "subtle", 0.3),
    Fault("contact-invented-block", ("contact.invented",), line_after(_HOURS, _other_ways), "blatant", 0.3),
    Fault("contact-invented", ("contact.invented",), line_after(_HOURS, _another_way), "realistic", 0.7),
    Fault("contact-invented-fax", ("contact.invented",), line_after(_HOURS, _fax), "subtle", 0.3),
    Fault("contact-invented-messenger", ("contact.invented",), line_after(_HOURS, _messenger), "subtle", 0.5),
)
