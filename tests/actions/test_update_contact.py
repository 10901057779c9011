"""Action 10: contact details, right as text and as link, and none invented."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import HTML
from sitegen_tui.actions.update_contact import ACTION
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

BLANK: Pair = ("blank-site", "harbour-books-01")
SAFARI: Pair = ("safari-lodge", "thornveld-01")
PHONE = '<a href="tel:+441632960482" data-slot="contact-phone">01632 960482</a>'
EMAIL = '<a href="mailto:desk@harbourlane.example" data-slot="contact-email">desk@harbourlane.example</a>'
ADDRESS = "14 Harbour Lane<br>Porthaven, Cornwall PH1 4ZZ"
SOCIAL = '<a href="https://instagram.example/harbourlanebooks">Instagram</a>'


@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, pair: Pair) -> None:
        gold.assert_gold_is_clean(ACTION, pair)

    def test_line_endings_stay(self, pair: Pair) -> None:
        gold.assert_works_with_crlf(ACTION, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, pair: Pair) -> None:
        assert gold.assert_faults_are_charged(ACTION, pair) == {fault.id for fault in ACTION.faults}

    def test_hostile_input_raises_nothing(self, pair: Pair) -> None:
        gold.assert_survives_hostile_input(ACTION, pair)

    def test_untouched_details_earn_nothing(self, pair: Pair) -> None:
        before = gold.gold_before(pair, ACTION.id)
        names = ("email", "phone", "address", "name", "hours", "social")
        expected = sorted([f"contact.{name}-wrong" for name in names] + ["contact.placeholder-left"])
        assert ids(gold.judge(ACTION, pair, before, before)) == expected


@pytest.mark.parametrize(
    ("piece", "other"),
    [
        (PHONE, PHONE.replace("tel:+441632960482", "tel:+44-1632-960482")),
        (PHONE, PHONE.replace(">01632 960482", ">01632&nbsp;960482")),
        (PHONE, f"Call {PHONE}"),
        (PHONE, '<span data-slot="contact-phone">Telephone: <a href="TEL:+44%201632%20960482">01632 960482</a></span>'),
        (EMAIL, EMAIL.replace("mailto:desk@", "mailto:Desk%40").replace("Desk%40", "desk%40") + "<!-- -->"),
        (EMAIL, EMAIL.replace('.example" data', '.example?subject=Hello" data')),
        (ADDRESS, "<span>14 Harbour Lane</span><span>Porthaven, Cornwall PH1 4ZZ</span>"),
        (ADDRESS, "14 Harbour Lane, Porthaven, Cornwall PH1 4ZZ"),
        (ADDRESS, "14 Harbour Lane<br/>\n Porthaven<br/>Cornwall PH1&nbsp;4ZZ<br>GB"),
        (SOCIAL, SOCIAL.replace("harbourlanebooks", "harbourlanebooks/").replace(">Instagram", ' aria-label="Instagram">')),
        ("© 2026 Harbour Lane Books", "&copy; 2026 Harbour Lane Books. All rights reserved."),
        ("Tuesday to Sunday, 10:00", "Tuesday to Sunday,<br>10:00"),
        (' data-slot="contact-phone"', ""),
    ],
)
def test_every_right_way_of_writing_it_costs_nothing(piece: str, other: str) -> None:
    assert judge_swap(ACTION, BLANK, (piece, other)) == []


@pytest.mark.parametrize(
    ("piece", "other", "violation"),
    [
        ("tel:+441632960482", "tel:01632960482", "contact.phone-wrong"),
        (PHONE, "<span data-slot='contact-phone'>01632 960482</span>", "contact.phone-wrong"),
        ("mailto:desk@", "mailto:hello@", "contact.email-wrong"),
        (">desk@harbourlane.example", ">Write to us", "contact.email-wrong"),
        ("PH1 4ZZ", "PH1 4ZX", "contact.address-wrong"),
        (">Harbour Lane Books</p>", ">Harbor Lane Books</p>", "contact.name-wrong"),
        ("© 2026 Harbour Lane Books", "© 2026 Harbour Lane Books Ltd", "contact.name-wrong"),
        ("Tuesday to Sunday, 10:00 to 18:00", "Tuesday to Sunday, 10am to 6pm", "contact.hours-wrong"),
        (SOCIAL, "", "contact.social-wrong"),
        (SOCIAL, SOCIAL.replace("harbourlanebooks", "harbourlane"), "contact.social-wrong"),
        (SOCIAL, SOCIAL + '<a href="https://x.example/harbourlane">X</a>', "contact.invented"),
        ("© 2026 Harbour", "© 2025 Harbour", "contact.placeholder-left"),
        ("<form>", "<p>Or write to bench@marlow.example.</p><form>", "contact.placeholder-left"),
        ("<form>", '<a href="tel:+441632960017">Ring</a><form>', "contact.placeholder-left"),
        ("<form>", "<p>Orders: 01632 960111</p><form>", "contact.invented"),
        ("<form>", '<a href="mailto:info@harbourlane.example">Mail</a><form>', "contact.invented"),
        ("<form>", '<a href="https://www.facebook.com/harbour">Facebook</a><form>', "contact.invented"),
    ],
)
def test_each_wrong_one_is_charged_once(piece: str, other: str, violation: str) -> None:
    assert judge_swap(ACTION, BLANK, (piece, other)) == [violation]


def test_a_link_that_is_no_profile_is_nobodys_invention() -> None:
    assert judge_swap(ACTION, BLANK, ("<form>", '<a href="https://maps.example/?q=14+Harbour+Lane">Map</a><form>')) == []


def test_an_invented_address_is_charged_once_for_text_and_link() -> None:
    text = gold.gold_after(SAFARI, ACTION.id)[HTML].replace(
        '<form class="contact__form"',
        '<p><a href="mailto:book@thornveld.example">book@thornveld.example</a></p><form class="contact__form"',
    )
    (found,) = judge_after(ACTION, SAFARI, {HTML: text})
    assert (found.violation, found.subject) == ("contact.invented", "mailto:book@thornveld.example")


def test_a_stale_link_under_a_new_number_is_told_apart() -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML].replace("tel:+441632960482", "tel:+441632960017")
    (found,) = judge_after(ACTION, BLANK, {HTML: text})
    assert "right as text" in found.message
    assert "+441632960017" in found.evidence.measured


def test_a_nearly_right_name_is_called_a_variant() -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML].replace("© 2026 Harbour Lane Books", "© 2026 Harbour Books")
    (found,) = judge_after(ACTION, BLANK, {HTML: text})
    assert (found.violation, found.subject, found.section) == ("contact.name-wrong", "copyright", "footer")
    assert "varies" in found.message


def test_several_profiles_are_cloned_from_the_one_there_is() -> None:
    context = gold.brief(BLANK)
    more = context.requirements.contact.socials[0].model_copy(
        update={"network": "mastodon", "url": "https://social.example/@harbour"}
    )
    contact = context.requirements.contact.model_copy(update={"socials": (*context.requirements.contact.socials, more)})
    wanted = type(context)(context.requirements.model_copy(update={"contact": contact}), context.manifest, context.assets)
    files = gold.gold_before(BLANK, ACTION.id)
    after = files | ACTION.edit(files, wanted)
    assert '<a href="https://social.example/@harbour">Mastodon</a>' in after[HTML]
    assert ACTION.edit(after, wanted) == {}
