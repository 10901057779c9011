"""Action 14: JSON-LD that says what the brief says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sitegen_tui.actions.add_structured_data import ACTION, graph
from sitegen_tui.actions.base import HTML
from sitegen_tui.actions.checks.schema import ALL
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after

BLANK: Pair = ("blank-site", "harbour-books-01")
Node = dict[str, Any]


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

    def test_a_page_without_structured_data_earns_nothing(self, pair: Pair) -> None:
        before = gold.gold_before(pair, ACTION.id)
        found = ids(gold.judge(ACTION, pair, before, before))
        assert set(found) == set(ALL)
        assert found.count("schema.value-mismatch") == 3


def judged(text: str) -> list[str]:
    """Ids reported when the block's text is exchanged."""
    page = gold.gold_before(BLANK, ACTION.id)[HTML]
    block = f'<script type="application/ld+json">{text}</script>'
    return ids(judge_after(ACTION, BLANK, {HTML: page.replace("</head>", block + "</head>")}))


def changed(change: Callable[[Node, Node], None]) -> list[str]:
    """Ids reported when business and website nodes are changed."""
    value = graph(gold.brief(BLANK).requirements)
    change(*value["@graph"])
    return judged(json.dumps(value))


def _hours(business: Node, _: Node) -> None:
    days = ["https://schema.org/Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    business["openingHoursSpecification"] = [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": "10:00:00", "closes": "18:00"}
    ]
    del business["openingHours"]


def _contact_point(business: Node, _: Node) -> None:
    business["contactPoint"] = {"@type": "ContactPoint", "telephone": business.pop("telephone"), "contactType": "customer service"}


@pytest.mark.parametrize(
    "change",
    [
        lambda b, w: b.update({"@type": ["BookStore", "LocalBusiness"], "@id": "https://harbourlane.example/#shop"}),
        lambda b, w: b.update({"@type": "https://schema.org/BookStore"}),
        lambda b, w: b.update(logo={"@type": "ImageObject", "url": b["logo"]}),
        lambda b, w: b.update(logo="assets/logos/harbour-dark.svg"),
        lambda b, w: b.update(telephone="+44 1632 960482", url="https://harbourlane.example"),
        lambda b, w: b.update(sameAs=b["sameAs"][0] + "/"),
        lambda b, w: b.update(openingHours=["Tu-Fr 10:00-18:00", "Sa,Su 10:00-18:00"]),
        lambda b, w: b["address"].update(addressCountry={"@type": "Country", "name": "GB"}),
        lambda b, w: b.update(
            description="New and second-hand books by the water", slogan="New and second-hand books by the water"
        ),
        lambda b, w: [b.pop(key) for key in ("legalName", "description", "email")],
        lambda b, w: w.update(inLanguage="en-GB", publisher={"@id": "https://harbourlane.example/#shop"}),
        _hours,
        _contact_point,
    ],
)
def test_every_true_way_of_saying_it_costs_nothing(change: Callable[[Node, Node], None]) -> None:
    assert changed(change) == []


@pytest.mark.parametrize(
    ("change", "violations"),
    [
        (lambda b, w: b.update(name="Harbour Books"), ["schema.name-wrong"]),
        (lambda b, w: b["address"].update(postalCode="PH1"), ["schema.value-mismatch"]),
        (lambda b, w: b.update(openingHours="Mo-Su 10:00-18:00"), ["schema.value-mismatch"]),
        (lambda b, w: b.update(description="The best bookshop of the coast"), ["schema.value-mismatch"]),
        (lambda b, w: b.update(sameAs=[*b["sameAs"], "https://facebook.example/harbour"]), ["schema.invented"]),
        (lambda b, w: b.update(contactPoint={"@type": "ContactPoint", "telephone": "+441632960000"}), ["schema.invented"]),
        (lambda b, w: b.update(foundingDate="1994"), []),
        (
            lambda b, w: b.update(aggregateRating={"@type": "AggregateRating", "ratingValue": 4.9, "reviewCount": 12}),
            ["schema.invented"],
        ),
        (lambda b, w: b.update(foundingDate="1987"), ["schema.invented"]),
        (lambda b, w: w.update(name="Books"), ["schema.website-missing"]),
        (lambda b, w: (b.pop("logo"), b.pop("sameAs")), ["schema.required-missing"]),
    ],
)
def test_each_untruth_is_charged_once(change: Callable[[Node, Node], None], violations: list[str]) -> None:
    assert changed(change) == violations


def test_nodes_may_stand_in_blocks_of_their_own() -> None:
    business, website = graph(gold.brief(BLANK).requirements)["@graph"]
    for node in (business, website):
        node["@context"] = "http://schema.org/"
    assert judged(json.dumps([business, website])) == []
    assert judged(json.dumps(business) + '</script><script type="application/ld+json">' + json.dumps(website)) == []


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[]", "3", "[" * 3000, '{"@graph": [' * 3000, '{"a": NaN'])
def test_a_block_that_says_nothing_earns_nothing(text: str) -> None:
    assert set(judged(text)) == set(ALL)


def test_a_name_with_markup_cannot_end_the_script() -> None:
    context = gold.brief(BLANK)
    name = 'A</script><img src="x">'
    sly = context.requirements.model_copy(update={"business": context.requirements.business.model_copy(update={"name": name})})
    files = gold.gold_before(BLANK, ACTION.id)
    after = ACTION.edit(files, type(context)(sly, context.manifest, context.assets))[HTML]
    assert after.count("</script>") == files[HTML].count("</script>") + 1
    assert "A\\u003c/script>" in after
