"""What contact details are judged by: text and link of each, leftovers of the template, and details that nobody gave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from turbohtml import Element, Text

from sitegen_tui.actions.base import Brief, Page, Step, finding
from sitegen_tui.actions.checks.copy_blocks import PLACEHOLDER, spaced_text, squeezed
from sitegen_tui.actions.checks.measure import VARIANT_SIMILARITY, find_slot, similarity, where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.site.html import all_inside, attribute, inside, normal_text, text_of

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_PHONE = re.compile(r"\+?\d(?:[\s().–-]{0,2}\d){7,14}")
_CALLED = re.compile(r"\b(fax|tel|telephone|phone|mobile|call|ring|hotline)\b\W*$", re.IGNORECASE)
_ENTITY = re.compile(r"&(#\d+|#x[\da-f]+|[a-z]{2,8}\d*);", re.IGNORECASE)
_NETWORKS = re.compile(
    r"(^|\.)(facebook|instagram|twitter|x|linkedin|youtube|tiktok|pinterest|threads|bsky|whatsapp|wa|t|snapchat|vimeo)\.[a-z]{2,}$"
)
MAIN_SLOTS = ("contact-email", "contact-phone", "contact-address", "contact-hours")


def _slot(page: Page, step: Step, slot: str) -> Element | None:
    contact = step.requirements.contact
    like = {
        "contact-name": (step.requirements.business.name,),
        "contact-email": (contact.email,),
        "contact-phone": (contact.phone.display,),
        "contact-address": (" ".join(contact.address.lines()),),
        "contact-hours": (contact.hours,),
        "copyright": (contact.copyright,),
    }
    tags = "footer *" if slot == "copyright" else ""
    return find_slot(page, step.manifest, slot, like=like.get(slot, ()), tags=tags).element


def _links(page: Page, around: Element | None, scheme: str) -> list[Element]:
    """The links of a scheme in, on or around an element."""
    return [
        link
        for link in page.html.select("a[href]")
        if around is not None
        and (inside(link, around) or inside(around, link))
        and (attribute(link, "href") or "").strip().lower().startswith(scheme)
    ]


def _mail(href: str) -> str:
    return unquote(href.strip()[len("mailto:") :].split("?", 1)[0]).strip()


def _number(href: str) -> str:
    """A dialled number without the separators that RFC 3966 lets people put in."""
    return re.sub(r"[\s().-]", "", unquote(href.strip()[len("tel:") :].split(";", 1)[0]))


def check_email(step: Step) -> Iterator[Finding]:
    """The address is right as text and in its link."""
    wanted = step.requirements.contact.email
    slot = _slot(step.after, step, "contact-email")
    links = _links(step.after, slot, "mailto:")
    shown = _EMAIL.findall(text_of(slot)) if slot is not None else []
    targets = [_mail(attribute(link, "href") or "") for link in links]
    if shown == [wanted] and targets and all(target.lower() == wanted.lower() for target in targets):
        return
    if slot is None or (not shown and not links):
        message = "The e-mail address is missing"
    elif shown == [wanted]:
        message = f"The e-mail address is right as text, but {'its link is not' if targets else 'it is no mailto link'}"
    else:
        message = "The e-mail address is not the required one"
    yield _wrong(step, "contact.email-wrong", message, "contact-email", slot, f"{wanted}, mailto:{wanted}", _said(slot, links))


def check_phone(step: Step) -> Iterator[Finding]:
    """The number is right as text and in its link, there in E.164."""
    phone = step.requirements.contact.phone
    slot = _slot(step.after, step, "contact-phone")
    links = _links(step.after, slot, "tel:")
    text_right = slot is not None and _alone(text_of(slot), phone.display)
    targets = [_number(attribute(link, "href") or "") for link in links]
    if text_right and targets and all(target == phone.e164 for target in targets):
        return
    if slot is None:
        message = "The telephone number is missing"
    elif text_right:
        message = f"The telephone number is right as text, but {'its link is not' if targets else 'it is no tel link'}"
    else:
        message = "The telephone number is not the required one"
    expected = f"{phone.display}, tel:{phone.e164}"
    yield _wrong(step, "contact.phone-wrong", message, "contact-phone", slot, expected, _said(slot, links))


def _alone(text: str, wanted: str) -> bool:
    """Whether a text shows the wanted number, and no other digits beside it."""
    wanted = normal_text(wanted)
    return wanted in text and not any(char.isdigit() for char in text.replace(wanted, "", 1))


def _said(slot: Element | None, links: list[Element]) -> str:
    targets = ", ".join((attribute(link, "href") or "").strip() for link in links)
    return ", ".join(part for part in (text_of(slot) if slot is not None else "", targets) if part) or "nothing"


def check_address(step: Step) -> Iterator[Finding]:
    """The lines of the address stand there in order; commas may stand for line ends and the country may follow."""
    address = step.requirements.contact.address
    slot = _slot(step.after, step, "contact-address")
    actual = spaced_text(slot) if slot is not None else ""
    wanted = _bare(" ".join(address.lines()))
    if _bare(actual) not in (wanted, wanted + address.country):
        message = "The address is not the required one" if actual else "The address is missing"
        yield _wrong(
            step, "contact.address-wrong", message, "contact-address", slot, "; ".join(address.lines()), actual or "nothing"
        )


def _bare(text: str) -> str:
    return squeezed(re.sub(r"[,;·|]", " ", text)).rstrip(".")


def check_name(step: Step) -> Iterator[Finding]:
    """The business's name stands in the contact block and in the copyright line, without variation."""
    business, line = step.requirements.business, step.requirements.contact.copyright
    block = _slot(step.after, step, "contact-name")
    shown = text_of(block) if block is not None else ""
    if shown.rstrip(".,") != normal_text(business.name):
        variant = similarity(shown, normal_text(business.name)) >= VARIANT_SIMILARITY
        message = f"The name in the contact block is {'a variant of the required one' if variant else 'not the required one'}"
        yield _wrong(step, "contact.name-wrong", message, "contact-name", block, business.name, shown or "nothing")
        return
    legal = _slot(step.after, step, "copyright")
    actual = text_of(legal) if legal is not None else ""
    if actual.rstrip(".") == normal_text(line).rstrip("."):
        return
    whole = re.search(rf"(?<!\w){re.escape(normal_text(business.name))}(?!\w)", actual)
    varied = business.legal_name != business.name and business.legal_name not in line and normal_text(business.legal_name) in actual
    if not whole or varied:
        bare = re.sub(r"[©\d]|\(c\)|All rights reserved\.?", "", actual).strip(" .,")
        variant = varied or similarity(bare, business.name) >= VARIANT_SIMILARITY
        message = f"The copyright line {'varies the name' if variant else 'does not bear the name'}"
        yield _wrong(step, "contact.name-wrong", message, "copyright", legal, line, actual or "nothing", section="footer")
    elif _ENTITY.search(actual) and not _ENTITY.search(line):
        message = "The copyright line shows an entity instead of its character"
        yield _wrong(step, "contact.name-wrong", message, "copyright", legal, line, actual, section="footer")


def check_hours(step: Step) -> Iterator[Finding]:
    """The opening hours are the required ones, verbatim."""
    wanted = normal_text(step.requirements.contact.hours)
    slot = _slot(step.after, step, "contact-hours")
    actual = spaced_text(slot) if slot is not None else ""
    if wanted not in (actual, text_of(slot) if slot is not None else ""):
        message = "The opening hours are not the required ones" if actual else "The opening hours are missing"
        yield _wrong(step, "contact.hours-wrong", message, "contact-hours", slot, wanted, actual or "nothing")


def _urls(page: Page, step: Step) -> list[Element]:
    """The links of the profiles' slot that leave the site."""
    slot = _slot(page, step, "contact-socials")
    return [a for a in page.html.select("a[href]") if slot is not None and inside(a, slot)]


def _same(url: str) -> str:
    """A URL as it is compared: scheme and host in lower case, no slash at the end."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path.rstrip("/")).geturl()


def check_socials(step: Step) -> Iterator[Finding]:
    """The profile links lead to the required profiles, and to none of the template's."""
    wanted = {_same(social.url) for social in step.requirements.contact.socials}
    actual = [_same(attribute(link, "href") or "") for link in _urls(step.after, step)]
    everywhere = {_same(attribute(link, "href") or "") for link in step.after.html.select("a[href]")}
    old = {_same(attribute(link, "href") or "") for link in _urls(step.start, step)} - wanted
    missing = wanted - (set(actual) or everywhere)
    # One link too many is an invented one; here only what is missing, left over, or was put in its place.
    if missing or old & set(actual):
        slot = _slot(step.after, step, "contact-socials")
        message = "A required profile is not linked" if missing else "A profile of the template is still linked"
        yield _wrong(
            step, "contact.social-wrong", message, "contact-socials", slot, ", ".join(sorted(wanted)), ", ".join(actual) or "none"
        )


def check_placeholder(step: Step) -> Iterator[Finding]:
    """No detail of the template is left outside its own slot, no placeholder stands in one, and not everything was left."""
    own = {slot: _slot(step.after, step, slot) for slot in (*MAIN_SLOTS, "contact-name", "contact-socials", "copyright")}
    olds = {slot: _slot(step.start, step, slot) for slot in own}
    wanted = _required_text(step)
    for slot, element in own.items():
        shown = text_of(element) if element is not None else ""
        match = PLACEHOLDER.search(shown)
        if match is not None and match.group() not in wanted:
            yield _left(step, f"A placeholder is left in {slot}", element, shown)
            return
    old_line = text_of(olds["copyright"]) if olds["copyright"] is not None else ""
    now_line = text_of(own["copyright"]) if own["copyright"] is not None else ""
    years = set(re.findall(r"\b(?:19|20)\d\d\b", now_line)) - set(re.findall(r"\d{4}", wanted))
    if years and now_line != old_line:
        whose = "the template's year" if years & set(re.findall(r"\d{4}", old_line)) else "another year than the required one"
        yield _left(step, f"The copyright line has {whose}", own["copyright"], now_line)
        return
    strayed = _strayed(step, [element for element in own.values() if element is not None])
    if strayed is not None:
        yield _left(step, "A contact detail of the template is left elsewhere on the page", *strayed)
        return
    kept = [slot for slot in MAIN_SLOTS if (old := olds[slot]) is not None and _shows(own[slot], text_of(old))]
    if len(kept) == len(MAIN_SLOTS):
        yield _left(step, "The template's contact details are left", own["contact-email"], "every detail of the template")
    elif not any(own[slot] is not None for slot in MAIN_SLOTS):
        yield _left(step, "The contact details are gone", None, "nothing")


def _shows(element: Element | None, text: str) -> bool:
    return element is not None and text_of(element) == text


def _strayed(step: Step, own: list[Element]) -> tuple[Element, str] | None:
    """A link or text outside the details' own places that still has the template's address or number."""
    wanted = _required_text(step)
    olds = [e for slot in ("contact-email", "contact-phone") if (e := _slot(step.start, step, slot)) is not None]
    emails = {m for e in olds for m in _EMAIL.findall(text_of(e)) if m not in wanted}
    numbers = {m for e in olds for m in _PHONE.findall(text_of(e)) if m not in wanted}
    targets = {_digits(attribute(a, "href") or "") for e in olds for a in _links(step.start, e, "tel:")} - {""}
    targets -= {_digits(step.requirements.contact.phone.e164)}
    places = all_inside(own)
    for element, text in _own_texts(step.after):
        if element in places:
            continue
        href = (attribute(element, "href") or "").strip() if element.tag == "a" else ""
        low = href.lower()
        if low.startswith("mailto:") and _mail(href) in emails:
            return element, href
        if low.startswith("tel:") and _digits(href) in targets:
            return element, href
        for old in emails | numbers:
            if old in text:
                return element, old
    return None


@lru_cache(maxsize=64)
def _own_texts(page: Page) -> tuple[tuple[Element, str], ...]:
    """Every element that may show text, with what stands in itself."""
    unseen = ("script", "style", "head", "html", "body")
    return tuple((element, _own_text(element)) for element in page.html.elements if element.tag not in unseen)


def _own_text(element: Element) -> str:
    """The text that stands in the element itself, not in its children."""
    own = "".join(child.data for child in element.children if isinstance(child, Text))
    return "" if own.isspace() else normal_text(own)


def check_invented(step: Step) -> Iterator[Finding]:
    """No address, number or profile stands there that neither brief nor input has; in its own slot it is a wrong one already."""
    contact = step.requirements.contact
    known_text = " ".join((_required_text(step), *(_whole(page) for page in (step.before, step.start))))
    emails = {contact.email.lower(), *_emails(_required_text(step)), *_emails(_whole(step.before)), *_emails(_whole(step.start))}
    numbers = {_digits(m) for m in _PHONE.findall(known_text)} | {_digits(contact.phone.e164), _digits(contact.phone.display)}
    profiles = {_same(social.url) for social in contact.socials} | _linked(step.before) | _linked(step.start)
    own = [e for slot in ("contact-email", "contact-phone") if (e := _slot(step.after, step, slot)) is not None]
    socials = _slot(step.after, step, "contact-socials")
    spare = max(0, len(_urls(step.after, step)) - len(contact.socials))
    told: set[str] = set()
    for link in step.after.html.select("a[href]"):
        href = (attribute(link, "href") or "").strip()
        if any(inside(link, slot) or inside(slot, link) for slot in own):
            continue
        kind = _invention(href, emails, numbers, profiles)
        in_slot = socials is not None and inside(link, socials)
        if in_slot and not kind and _same(href) not in profiles and "://" in href:
            kind = "profile"
        if kind == "profile" and in_slot and not spare:
            continue
        if kind and href.lower() not in told:
            told |= {href.lower(), _mail(href).lower()}
            numbers |= {_digits(href)} if kind == "telephone number" else set()
            spare -= in_slot
            yield _made_up(step, kind, href, link)
    places = all_inside(own)
    for element, text in _own_texts(step.after):
        if not text or element in places:
            continue
        addresses = _EMAIL.findall(text) if "@" in text else []
        found = [("e-mail address", m, m.lower() in emails | told) for m in addresses]
        found += [("telephone number", one, _digits(one) in numbers) for one in _numbers_in(text)]
        for kind, value, known in found:
            if not known and value.lower() not in told:
                told |= {value.lower()}
                numbers |= {_digits(value)}
                yield _made_up(step, kind, value, element)


def _numbers_in(text: str) -> Iterator[str]:
    """What in a text is a telephone number: it begins as one does, stands in brackets, or is said to be one."""
    for match in _PHONE.finditer(text):
        before = text[: match.start()]
        if match.group()[0] in "+0" or before.endswith("(") or _CALLED.search(before[-24:]):
            yield match.group()


def _invention(href: str, emails: set[str], numbers: set[str], profiles: set[str]) -> str:
    low = href.lower()
    if low.startswith("mailto:"):
        return "" if _mail(href).lower() in emails else "e-mail address"
    if low.startswith(("tel:", "sms:")):
        return "" if _digits(_number(href)) in numbers else "telephone number"
    try:
        host = urlsplit(low).hostname or ""
    except ValueError:
        return ""
    return "profile" if _NETWORKS.search(host) and _same(href) not in profiles else ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@lru_cache(maxsize=64)
def _emails(text: str) -> frozenset[str]:
    return frozenset(found.lower() for found in _EMAIL.findall(text))


@lru_cache(maxsize=64)
def _linked(page: Page) -> frozenset[str]:
    return frozenset(_same(attribute(link, "href") or "") for link in page.html.select("a[href]"))


@lru_cache(maxsize=64)
def _whole(page: Page) -> str:
    hrefs = " ".join(unquote(attribute(a, "href") or "") for a in page.html.select("a[href]"))
    return f"{page.html.document.text} {hrefs}"


def _required_text(step: Step) -> str:
    return _as_text(step.brief)


@lru_cache(maxsize=64)
def _as_text(brief: Brief) -> str:
    return brief.requirements.model_dump_json()


def _wrong(
    step: Step,
    violation: str,
    message: str,
    slot: str,
    element: Element | None,
    expected: str,
    measured: str,
    section: str = "contact",
) -> Finding:
    gone = element is None and find_slot(step.before, step.manifest, slot).element is None
    evidence = where(step.after, element, expected=expected, measured=measured)
    return finding(violation, message, subject=slot, section=section, evidence=evidence, inherited=gone)


def _left(step: Step, message: str, element: Element | None, measured: str) -> Finding:
    evidence = where(step.after, element, expected="the required details only", measured=measured)
    return finding("contact.placeholder-left", message, subject="contact", section="contact", evidence=evidence)


def _made_up(step: Step, kind: str, value: str, element: Element) -> Finding:
    evidence = where(step.after, element, expected=f"no {kind} but the brief's", measured=value)
    return finding(
        "contact.invented", f"The {kind} {value} is in neither brief nor input", subject=value.lower(), evidence=evidence
    )
