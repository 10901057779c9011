"""Stylesheets are read as browsers read them, by range, whatever stands in them."""

from __future__ import annotations

import pytest
import tinycss2
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen_tui.site.css import CssFile, parse_css, parse_declarations
from sitegen_tui.site.css_text import split_top, url_references, var_references

MODERN = """@charset "utf-8";
@import url("https://fonts.example/css2?family=A:wght@400;700") layer(base);
@layer reset, base;
@property --angle { syntax: "<angle>"; inherits: false; initial-value: 0deg; }
:root { --empty:; --odd: {a:b}; --time: 12:30; --json: [1, {"a": ";"}]; --c: oklch(70% 0.1 200 / 0.5); }
@font-face { font-family: "X"; src: local("X"), url(x.woff2) format("woff2"); unicode-range: U+0025-00FF, u+4??; }
.card { color: red; &:hover { color: blue; } > h2 { margin: 0 } & + & { margin-top: 1em } .wide & { width: 2px }
  @media (width >= 600px) { padding: 1px; .deep { order: 2 } } }
a:is(.b, .c):not(:has(> img)), a[href$=".pdf" i], .md\\:flex, li:nth-child(2n + 1 of .x), ::part(x) { top: 0 }
.grid { grid-template-areas: "a b" "c d"; grid-template: [full-start] "x" 1fr [full-end] / auto; }
.bg { background: url(https://x.example/y.png) 0 0 / cover, url(data:image/svg+xml;utf8,<svg>) ,
  linear-gradient(90deg, #fff, color-mix(in oklab, red 20%, blue)); }
.old { filter: progid:DXImageTransform.Microsoft.gradient(startColorstr='#80000000', endColorstr='#80000000'); }
.if { color: if(style(--x: 1): red; else: blue); width: calc(1px + (2px * 3)); content: "}{;:" '/*'; }
@container card (inline-size > 400px) and (height > 2px) { .x { y: z } }
@supports (display: grid) and (not (display: inline-grid)) { .x { float: none } }
@media screen and (min-width: 10em), print { .x { y: z !important } }
@-webkit-keyframes spin { from { top: 0 } 50.5% { top: 1px } to { top: 2px } }
@page :first { margin: 1in; @top-left { content: "x" } }
@layer base { html { color: black } }
@scope (.card) to (.content) { img { border: 0 } }
@starting-style { .x { opacity: 0 } }
@counter-style thumbs { system: cyclic; symbols: "x"; suffix: " " }
.a/* { */.b { /* } */ color/**/:/* ; */red/* : */; } /* done */
<!-- .cdo { a: b } -->
.last { margin: -1px }"""


def rules(text: str) -> list[tuple[str, tuple[str, ...], dict[str, str]]]:
    """Rules as selector, at-rules around it, and declarations."""
    return [(r.prelude, r.context, {d.name: d.value for d in r.declarations}) for r in CssFile(text).rules]


def messages(text: str) -> list[str]:
    """What was tolerated."""
    return [error.message for error in CssFile(text).errors]


def test_modern_css_has_no_errors_and_is_whole() -> None:
    sheet = CssFile(MODERN)
    assert sheet.errors == ()
    assert not sheet.open_at_end


def test_nested_rules_are_written_out() -> None:
    assert rules(".a, .b { c: d; &:hover { e: f } .x, > i { g: h } .t & { i: j } @media print { k: l; u { m: n } } }") == [
        (".a, .b", (), {"c": "d"}),
        (":is(.a, .b):hover", (), {"e": "f"}),
        (":is(.a, .b) .x, :is(.a, .b) > i", (), {"g": "h"}),
        (".t :is(.a, .b)", (), {"i": "j"}),
        (".a, .b", ("@media print",), {"k": "l"}),
        (":is(.a, .b) u", ("@media print",), {"m": "n"}),
    ]


def test_rules_are_found_by_selector_however_it_is_spelt() -> None:
    sheet = CssFile(".a  >.b,\n.c/* x */{ top: 0 } @media print { .c { top: 1px } }")
    assert [r.get("top").value for r in sheet.rules_for(".a > .b")] == ["0"]  # type: ignore[union-attr]
    assert len(sheet.rules_for(".c")) == 2
    assert len(sheet.rules_for(".c", ())) == 1
    assert len(sheet.rules_for(".c", ("@media print",))) == 1


def test_the_winning_declaration_is_the_last_or_the_important_one() -> None:
    rule = CssFile("a { top: 1px !important; top: 2px; LEFT: 1px; left: 2px ! IMPORTANT }").rules[0]
    assert [(d.value, d.important) for d in (rule.get("top"), rule.get("left")) if d] == [("1px", True), ("2px", True)]
    assert rule.get("right") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a { color: red\n  background: blue }", "a semicolon is missing after color"),
        ("a { color red; }", "not a rule or declaration: color red;"),
        ("a { color:; }", "color has no value"),
        ("a { b: c } } d { e: f }", "a closing brace too many"),
        ("a { b: c };\nd { e: f }", "not a selector: ;\nd"),
        ("a { b: rgb(1, 2; }", "a bracket or quote is not closed in b"),
        ('a { b: "x\n; c: d }', "a bracket or quote is not closed in b"),
        ("a { b: url(x.png; }", "a bracket or quote is not closed in b"),
        ("{ b: c }", "a block without a selector"),
        ("a, { b: c }", "not a selector: a,"),
        ("color: red; a { b: c }", "not a selector: color: red; a"),
        ("Here is the stylesheet:\na { b: c }", "not a selector: Here is the stylesheet:\na"),
        ("> a { b: c }", "not a selector: > a"),
        ("a:is(b { c: d }", "not a selector: a:is(b"),
    ],
)
def test_what_browsers_drop_is_reported_once(text: str, message: str) -> None:
    assert messages(text) == [message]


@pytest.mark.parametrize("end", range(1, len(".a { color: red; } @media print { .b { top: 0 } }")))
def test_a_sheet_cut_inside_a_statement_is_open(end: int) -> None:
    whole = ".a { color: red; } @media print { .b { top: 0 } }"
    finished = whole[:end].rstrip() == ".a { color: red; }"
    assert CssFile(whole[:end]).open_at_end is not finished


@pytest.mark.parametrize("text", ["", "a{}", "@import 'x'", "@layer a, b", "a{} /* x */", "a{}\n\n", "a{} -->", "a { b: '}' }"])
def test_a_whole_sheet_is_not_open(text: str) -> None:
    assert not CssFile(text).open_at_end


@pytest.mark.parametrize("text", ["a{} /* x", "a {", "a { b: '}", "a{} .b", "a{} @media pri", "@media x { a{}", 'a{b:"x}', "a{/*}"])
def test_an_unfinished_sheet_is_open(text: str) -> None:
    assert CssFile(text).open_at_end


def test_references_and_variables_of_values() -> None:
    value = """url( "a b.png" ), url('c\\'d'), url(https://x/y?z#w), var(--a), var( --b , url(e)), xvar(--no), color-var(--no)"""
    assert [raw for raw, _ in url_references(value)] == ["a b.png", "c'd", "https://x/y?z#w", "e"]
    assert [value[span.start : span.end] for _, span in url_references(value)] == ["a b.png", "c\\'d", "https://x/y?z#w", "e"]
    assert list(var_references(value)) == [("--a", False), ("--b", True)]


def test_splitting_minds_brackets_strings_and_comments() -> None:
    assert split_top("a(b,c), 'd,e' , /* , */ f", ",") == ["a(b,c)", " 'd,e' ", " /* , */ f"]


def test_inline_styles_have_ranges_too() -> None:
    style = "color:red; background : url(a;b.png) ; --x: {y:z}; top:0"
    found = parse_declarations(style)
    assert [(d.name, style[d.value_span.start : d.value_span.end]) for d in found] == [
        ("color", "red"),
        ("background", "url(a;b.png)"),
        ("--x", "{y:z}"),
        ("top", "0"),
    ]


PIECES = st.sampled_from(
    [
        *"{}();:,'\"\\/*@&>!-#.\n\r\f \0",
        "/*",
        "*/",
        "url(",
        "a",
        "--x",
        "@media x",
        "!important",
        "é",
        "😀",
        "<!--",
        "-->",
        "var(--a)",
        "a{b:c}",
        "\\\n",
        "{{",
        "&:hover",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map("".join))
@example("a{/*" + "*/" * 3)
def test_any_text_is_read_and_ranges_say_what_they_hold(text: str) -> None:
    sheet = CssFile(text)
    for rule in sheet.rules:
        assert 0 <= rule.span.start <= rule.prelude_span.start <= rule.prelude_span.end <= rule.body.start <= rule.body.end
        assert rule.body.end <= rule.span.end <= len(text)
        for declaration in rule.declarations:
            assert text[declaration.value_span.start : declaration.value_span.end] == declaration.value
            assert text[declaration.span.start :].lower().startswith(declaration.name.lower())
            assert rule.body.start <= declaration.span.start <= declaration.value_span.start
            assert declaration.value_span.end <= declaration.span.end <= rule.body.end
    for error in sheet.errors:
        assert 0 <= error.offset <= len(text)
    parse_declarations(text)
    assert CssFile(text).rules == sheet.rules


NAMES = st.sampled_from(["color", "margin", "--x", "background-image", "-webkit-mask"])
VALUES = st.sampled_from(
    [
        "red",
        "0 1px",
        "url(a.png)",
        'url("b;c}.png")',
        "rgb(1, 2, 3)",
        "'};'",
        "calc((1px + 2px) * 3)",
        "var(--x, 1px)",
        "a /* } */ b",
    ]
)
SELECTORS = st.sampled_from(["a", ".b > .c", "a:hover", "[x='{'] d", "a::before, b:not(.c, .d)", "#e.f"])
GAPS = st.sampled_from(["", " ", "\n", "/* { */", "\r\n  "])


@st.composite
def valid_rules(draw: st.DrawFn) -> str:
    """A valid style rule in some spelling."""
    gap = [draw(GAPS) for _ in range(4)]
    body = "".join(
        f"{gap[1]}{draw(NAMES)}{gap[2]}:{gap[3]}{draw(VALUES)}{draw(st.sampled_from(['', ' !important']))};{gap[0]}"
        for _ in range(draw(st.integers(0, 4)))
    )
    return f"{gap[0]}{draw(SELECTORS)}{gap[1]}{{{body}}}"


@st.composite
def valid_sheets(draw: st.DrawFn) -> str:
    """Valid rules, some of them in groups."""
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 5))):
        inner = "".join(draw(st.lists(valid_rules(), max_size=3)))
        group = draw(st.sampled_from(["", "@media (a: b)", "@layer x", "@supports (a: b)"]))
        parts.append(f"{group}{{{inner}}}" if group else inner)
    return draw(GAPS).join(parts)


def _independent(text: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    found: list[tuple[str, list[tuple[str, str, bool]]]] = []
    for node in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if node.type == "at-rule":
            found += _independent(tinycss2.serialize(node.content))
        elif node.type == "qualified-rule":
            declarations = [
                (d.name, "".join(tinycss2.serialize(d.value).split()), d.important)
                for d in tinycss2.parse_declaration_list(node.content, skip_comments=True, skip_whitespace=True)
                if d.type == "declaration"
            ]
            found.append(("".join(tinycss2.serialize(node.prelude).split()), declarations))
    return found


@settings(max_examples=200)
@given(valid_sheets())
def test_valid_css_reads_as_another_parser_reads_it(text: str) -> None:
    sheet = CssFile(text)
    ours = [
        ("".join(rule.prelude.split()), [(d.name, "".join(d.value.split()), d.important) for d in rule.declarations])
        for rule in sheet.rules
    ]

    def bare(value: str) -> str:
        return value.replace("/*{*/", "").replace("/*}*/", "").replace("/**/", "").replace('"', "'").replace("'", "")

    theirs = _independent(text)
    assert [(bare(s), [(n, bare(v), i) for n, v, i in ds]) for s, ds in ours] == [
        (bare(s), [(n, bare(v), i) for n, v, i in ds]) for s, ds in theirs
    ]
    assert sheet.errors == ()
    assert not sheet.open_at_end


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "(",
        "/*",
        '"',
        "'",
        ";",
        "}",
        "[",
        "\\",
        "url(",
        "a{",
        "@media x{",
        "--x:",
        "a{/*",
        "}{",
        "!important ",
        "a:url(",
        "--x:{}",
        ":",
        ",",
    ],
)
def test_hostile_repetitions_are_read(unit: str) -> None:
    # So many characters take less than a second when reading is linear and hours when it is not.
    for text in (unit * (150_000 // len(unit)), f" /* */{' ' * 50_000}{unit * 10_000}", "a{" + "/**/" * 20_000 + unit):
        assert all(error.offset <= len(text) for error in CssFile(text).errors)


def test_texts_are_parsed_once() -> None:
    assert parse_css("a{b:c}") is parse_css("a{b:c}")
