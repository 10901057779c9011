"""JSON in a site: bounded reading, and member ranges that lead to the value as it is written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.site.json_text import for_script, members, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=5), st.sampled_from([None, 0, 2]))
def test_each_members_range_holds_its_value(value: dict[str, object], indent: int | None) -> None:
    text = " " + json.dumps(value, indent=indent)
    found = members(text)
    assert {key: json.loads(text[span.start : span.end]) for key, span in found.items()} == value


@pytest.mark.parametrize("text", ["", "nul", "[1]", "3", '{"a": ', "[" * 5000, '{"a":' * 5000, '{"a": 1} x', '"{"'])
def test_what_is_no_object_has_no_members(text: str) -> None:
    assert members(text) == {}


def test_brackets_in_strings_do_not_count_as_depth() -> None:
    assert read_json(json.dumps(["[" * 500])) == ["[" * 500]


@settings(max_examples=100)
@given(VALUES)
def test_json_for_a_script_reads_back_and_cannot_end_the_element(value: object) -> None:
    text = for_script({"value": value, "sly": "</script><!--"}, "    ", "\n")
    assert "<" not in text
    assert json.loads(text) == {"value": value, "sly": "</script><!--"}
