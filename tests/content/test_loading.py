"""YAML and models: what is wrong is told by line, field and mend, and hostile files are bounded."""

from __future__ import annotations

import pytest

from sitegen_tui.content.findings import LintFinding
from sitegen_tui.content.loading import load_model
from sitegen_tui.content.yaml_text import MAX_YAML_BYTES, Document, parse_yaml
from sitegen_tui.domain.requirements import Contact, Images

CONTACT = """\
email: a@b.example
phone: {display: 01 23, e164: "+4412345678"}
address:
  street: Road 1
  locality: Town
  country: GB
hours: Always
copyright: (c) A
"""


def only(data: str) -> LintFinding:
    found = parse_yaml(data.encode(), "x.yaml")
    assert isinstance(found, LintFinding), found
    return found


def test_values_come_with_the_lines_they_stand_on() -> None:
    document = parse_yaml(b"a: 1\nb:\n  - x\n  - {c: yes, d: 2026-01-02}\n", "x.yaml")
    assert isinstance(document, Document)
    assert document.value == {"a": 1, "b": ["x", {"c": True, "d": "2026-01-02"}]}
    assert document.line_of(("b", 1, "d")) == 4
    assert document.line_of(("b", 0, "not", "there")) == 3


def test_an_alias_repeats_a_value() -> None:
    document = parse_yaml(b"a: &x {k: 1}\nb: *x\n", "x.yaml")
    assert isinstance(document, Document)
    assert document.value == {"a": {"k": 1}, "b": {"k": 1}}


@pytest.mark.parametrize(
    ("text", "line", "field", "message", "mend"),
    [
        ("a: 1\nb: 2\na: 3", 3, "a", "twice", "the first is on line 1"),
        ("x:\n  - k: 1\n    k: 2", 3, "x[0].k", "twice", "the first is on line 2"),
        ("a: [1", 1, "", "broken YAML", "mend the syntax"),
        ("a: b: c", 1, "", "broken YAML", "goes in quotes"),
        ("a: *gone", 1, "a", "stands for nothing", "define &gone"),
        ("a: &a [*a]", 1, "a[0]", "stands for nothing", "not around it"),
        ("a: !!python/object/apply:os.system [x]", 1, "a", "not allowed", "plainly"),
        ("a: !!binary aGk=", 1, "a", "not allowed", "plainly"),
        ("a: !!int x", 1, "a", "cannot be read as int", "quotes"),
        ("b: &b {c: 1}\na:\n  <<: *b", 3, "a", "merge keys", "write the fields out"),
        ("? [a]\n: 1", 1, "", "plain text", "name the field"),
        ("a: 1\n---\nb: 1", None, "", "more than one document", "---"),
        ("[" * 5000, 1, "[0]" * 41, "levels deep", "flatten"),
        ("x" * (MAX_YAML_BYTES + 1), None, "", "larger than 256 KB", "shorten"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(text: str, line: int | None, field: str, message: str, mend: str) -> None:
    finding = only(text)
    assert (finding.file, finding.line, finding.field) == ("x.yaml", line, field)
    assert message in finding.message
    assert mend in finding.mend


def test_aliases_of_aliases_are_counted_as_they_would_unfold() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdef", "bcdefg", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    assert "aliases unfolded" in only(bomb).message


def test_text_that_is_not_utf8_names_its_line() -> None:
    finding = parse_yaml(b"a: 1\nb: \xff", "x.yaml")
    assert isinstance(finding, LintFinding)
    assert (finding.line, finding.mend) == (2, "save it as UTF-8")


@pytest.mark.parametrize(
    ("old", "new", "field", "message", "mend"),
    [
        ("hours: Always\n", "", "hours", "is required", "add hours"),
        ("hours:", "ours:", "ours", "no field that is known", "did you mean hours?"),
        ("street:", "stret:", "address.stret", "no field that is known", "did you mean street?"),
        ("hours: Always", "hours: 7", "hours", "a number or a yes/no", "quotes"),
        ("hours: Always", "hours: yes", "hours", "a number or a yes/no", "quotes"),
        ("hours: Always", "hours: #7", "hours", "is empty", "goes in quotes"),
        ("hours: Always", "hours: ''", "hours", "is empty", "fill it in"),
        ("hours: Always", "hours: [a]", "hours", "a list is not text", "one text"),
        ("country: GB", "country: Britain", "address.country", "two capital letters", "such as ZA"),
        ('"+4412345678"', '"0123"', "phone.e164", "as dialled", "+27155550142"),
        ("email: a@b.example", "email: nobody", "email", "e-mail address", "write an e-mail address"),
        ("phone: {", "phone: x #{", "phone", "not a group of fields", "name: value"),
    ],
)
def test_a_field_that_does_not_fit_is_told_in_a_plain_sentence(old: str, new: str, field: str, message: str, mend: str) -> None:
    assert load_model(Contact, CONTACT.encode(), "c.yaml").findings == ()
    assert old in CONTACT
    loaded = load_model(Contact, CONTACT.replace(old, new).encode(), "c.yaml")
    assert loaded.model is None
    finding = next(finding for finding in loaded.findings if finding.field == field)
    assert message in finding.message
    assert mend in finding.mend
    assert finding.line


def test_the_branches_of_a_choice_are_one_finding() -> None:
    loaded = load_model(Images, b"sections:\n  - {section: a, path: no where}\n", "i.yaml")
    (finding,) = loaded.findings
    assert (finding.line, finding.field) == (2, "sections[0].path")
    assert "begins with assets/" in finding.message
    assert "none" in finding.message


def test_a_number_out_of_range_names_the_limit() -> None:
    text = b"hero: {path: assets/a.png, overlay_alpha_min: 2}"
    (finding,) = load_model(Images, text, "i.yaml").findings
    assert (finding.field, finding.mend) == ("hero.overlay_alpha_min", "it must be at most 1.0")


def test_long_values_are_shown_short() -> None:
    loaded = load_model(Contact, CONTACT.replace("a@b.example", "x" * 5000).encode(), "c.yaml")
    assert len(loaded.findings[0].message) < 120


@pytest.mark.parametrize("text", ["", "just text", "- a list"])
def test_a_file_without_fields_says_what_to_begin_with(text: str) -> None:
    (finding,) = load_model(Contact, text.encode(), "c.yaml").findings
    assert (finding.message, finding.mend) == ("holds no fields", "begin with the fields email, phone, address, ...")
