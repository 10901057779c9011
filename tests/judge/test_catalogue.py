"""The catalogue is consistent, and a catalogue that is not is refused with the reason."""

import re
from importlib.resources import files

import pytest

from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import ContentError
from sitegen_tui.judge.catalogue import catalogue, load

TEXT = files("sitegen_tui.judge").joinpath("catalogue.yaml").read_text("utf-8")


def test_completion_caps_of_every_action_sum_to_ten():
    for action in ACTION_IDS:
        assert sum(cap for cap, _ in catalogue().completion_pools(action).values()) == pytest.approx(10.0)


def test_every_entry_tells_a_person_what_must_be_so():
    for violation in catalogue().violations:
        assert violation.title
        assert violation.rule.endswith(".")
        assert not re.search(r"TODO|lorem", violation.rule, re.IGNORECASE)


def test_the_static_layer_sees_what_the_readme_says():
    static = frozenset({Layer.STATIC})
    assert sum(catalogue().assessable(action, static) for action in ACTION_IDS) == 90.5
    assert sum(catalogue().assessable(action, static | {Layer.RENDERED}) for action in ACTION_IDS) == 160.0


def test_every_fault_names_ids_of_the_catalogue_that_its_action_can_be_charged_with():
    for action in ACTIONS:
        for fault in action.faults:
            for name in fault.violations:
                assert catalogue().by_id[name].term(action.id) is not None, (action.id, fault.id, name)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "{action: add-seo-meta, kind: completion, points: 2.0}",
            "{action: add-seo-meta, kind: completion, points: 1.0}",
            "sum to",
        ),
        ("suppresses: [contrast.below-aa]", "suppresses: [contrast.gone]", "suppresses contrast.gone"),
        ("id: seo.noindex", "id: seo.title-wrong", "is there twice"),
        ("{action: add-seo-meta, kind: extra", "{action: add-seo, kind: extra", "names the action add-seo"),
        (
            'severity: critical\n    channels: [S]\n    title: "Page is cut off"',
            'severity: minor\n    channels: [S]\n    title: "x"',
            "is minor but deducts 5.0",
        ),
    ],
)
def test_a_contradiction_is_refused_with_its_reason(old, new, reason):
    assert old in TEXT
    with pytest.raises(ContentError, match=reason):
        load(TEXT.replace(old, new, 1))


def test_a_catalogue_of_another_shape_is_refused():
    with pytest.raises(ContentError, match="cannot be read"):
        load(TEXT.replace("rubric_version: 1", "rubric_version: none"))
