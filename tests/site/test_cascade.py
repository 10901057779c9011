"""What reaches an element, and what wins."""

from __future__ import annotations

import pytest

from sitegen_tui.site.cascade import applied, specificity
from sitegen_tui.site.page import CSS, HTML, Page


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("*", (0, 0, 0)),
        ("li", (0, 0, 1)),
        ("ul li::before", (0, 0, 3)),
        (".a.b[data-x='#y']", (0, 3, 0)),
        ("#a:not(.b, p.c) a:hover", (1, 2, 2)),
        (":where(#a) .b", (0, 1, 0)),
        ("li:nth-child(2n + 1)", (0, 1, 1)),
        (":is(#a, .b) > p:before", (1, 0, 2)),
        (":not(", (0, 0, 0)),
    ],
)
def test_specificity_counts_ids_classes_and_tags(selector: str, expected: tuple[int, int, int]) -> None:
    assert specificity(selector) == expected


def winner(css: str, selector: str = ".x", html: str = '<p class="x y" id="i">t</p>') -> str | None:
    """The value of `color` that wins."""
    reaching = applied(Page({HTML: html, CSS: css}), selector, "color")
    return reaching[-1].declaration.value if reaching else None


def test_the_stronger_selector_wins_then_the_later_rule_and_importance_above_all() -> None:
    assert winner(".x{color:a} p{color:b}") == "a"
    assert winner(".x{color:a} .y{color:b}") == "b"
    assert winner("p{color:a !important} #i{color:b}") == "a"
    assert winner("p,#i{color:a} .x.y{color:b}") == "a"


def test_pseudo_elements_states_and_other_elements_do_not_reach() -> None:
    assert winner(".x::before{color:a} .x:hover{color:b} .z{color:c}") is None
    assert winner(".x{color:a} p:before{color:b}", ".x::before") == "b"


def test_what_is_not_there_is_reached_by_nothing() -> None:
    assert winner(".x{color:a}", ".nothing") is None
    assert winner("}}{{", ".x") is None
