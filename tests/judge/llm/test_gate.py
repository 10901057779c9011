"""Of what a judge claims only that passes which stands in the files; replies are read leniently and verified strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.judge.llm.gate import LONGEST, NEAR, Grounds, verified
from sitegen_tui.judge.llm.reply import Claim, Nonsense, Said, read

IDS = ("layout.visual-break", "scope.unrequested-change")
BEFORE = {"index.html": "<main>\n  <h1>Safari</h1>\n  <p class='lead'>Come and see</p>\n</main>\n"}
AFTER = {"index.html": "<main>\n  <h1>Safari</h1>\n\n\n\n\n\n\n\n  <p>Come   and\n  see us all</p>\n</main>\n"}
GROUNDS = Grounds(after=AFTER, before=BEFORE, gold={"index.html": BEFORE["index.html"] + "<footer>Made here</footer>"})


def claim(**more: object) -> Claim:
    values: dict[str, object] = {"file": "index.html", "line": 10, "quote": "", "absent_pattern": "", "why": "it is so"}
    return Claim(**(values | more))  # type: ignore[arg-type]


def passed(*claims: Claim):
    return verified([Said(IDS[0], "present", claims)], IDS, GROUNDS)


def test_a_quote_holds_with_its_white_space_collapsed_and_over_lines() -> None:
    found = passed(claim(quote="<p>Come and see us"))
    assert found.verdicts[0].verdict == "present"
    shown = found.verdicts[0].evidence[0]
    assert (shown.line, shown.quote, shown.moved) == (10, "<p>Come and see us", False)
    assert (found.items, found.rejected, found.moved) == (1, 0, 0)


@pytest.mark.parametrize(("named", "moved"), [(10 - NEAR, False), (10 + NEAR, False), (10 - NEAR - 1, True), (None, True)])
def test_a_quote_within_five_lines_stands_and_farther_away_is_moved(named: int | None, moved: bool) -> None:
    shown = passed(claim(quote="<p>Come and see", line=named)).verdicts[0].evidence[0]
    assert (shown.line, shown.moved) == (10, moved)


@pytest.mark.parametrize(
    "wrong",
    [
        claim(quote="<p>Come and go away"),
        claim(quote="Safari"),
        claim(quote="x" * (LONGEST + 1)),
        claim(quote="<h1>Safari</h1>", file="style.css"),
        claim(quote=""),
        claim(absent_pattern="<h1>"),
        claim(absent_pattern="h1"),
        claim(absent_pattern=".nowhere-at-all"),
        claim(absent_pattern="p"),
        claim(absent_pattern="]]]"),
    ],
)
def test_what_does_not_hold_is_dropped_counted_and_leaves_the_id_untold(wrong: Claim) -> None:
    found = passed(wrong)
    assert found.verdicts[0].verdict == "cannot_tell"
    assert found.verdicts[0].evidence == ()
    assert (found.items, found.rejected) == (1, 1)


@pytest.mark.parametrize("pattern", [".lead", "p[class=lead]", "class='lead'", "footer", "Made here"])
def test_what_is_missing_has_to_have_been_there_before_or_in_gold(pattern: str) -> None:
    shown = passed(claim(absent_pattern=pattern, line=None)).verdicts[0].evidence[0]
    assert (shown.absent_pattern, shown.line) == (pattern, None)


def test_a_claim_without_evidence_is_an_item_that_does_not_hold() -> None:
    found = passed()
    assert (found.verdicts[0].verdict, found.items, found.rejected) == ("cannot_tell", 1, 1)


def test_the_same_place_twice_is_one_piece_of_evidence() -> None:
    found = passed(claim(quote="<p>Come and see"), claim(quote="<p>Come and see us", line=11))
    assert len(found.verdicts[0].evidence) == 1


def test_ids_that_are_passed_over_cannot_be_told() -> None:
    found = verified([Said(IDS[1], "absent", ())], IDS, GROUNDS)
    assert [verdict.verdict for verdict in found.verdicts] == ["cannot_tell", "absent"]


def test_lines_are_told_as_they_were_written() -> None:
    shown = verified(
        [Said(IDS[0], "present", (claim(quote="<p>Come and see"),))],
        IDS,
        Grounds(AFTER, BEFORE, BEFORE, back=lambda _file, line: line + 100),
    )
    assert shown.verdicts[0].evidence[0].line == 110


GOOD = {"checks": [{"id": IDS[0], "verdict": "present", "evidence": [{"file": "index.html", "line": "10", "quote": "abc"}]}]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(GOOD),
        "Sure! Here it is:\n```json\n" + json.dumps(GOOD, indent=1) + "\n```\nHope that helps {really}.",
        '<think>{"checks": []} or so</think>' + json.dumps(GOOD),
        json.dumps(GOOD["checks"]),
        json.dumps({IDS[0]: GOOD["checks"][0] | {"id": IDS[0]}}),
        json.dumps(GOOD).replace("}]}]}", "},]},]}"),
        json.dumps(GOOD).replace('"present"', '"PRESENT"'),
        "{not json} " + json.dumps(GOOD),
    ],
)
def test_a_reply_is_read_out_of_whatever_stands_around_it(text: str) -> None:
    said = read(text, IDS)
    assert [(one.violation, one.verdict) for one in said] == [(IDS[0], "present")]
    assert said[0].claims == (Claim("index.html", 10, "abc", "", ""),)


@pytest.mark.parametrize("word", ["cannot_tell", "cannot tell", "Can't tell", "unknown"])
def test_not_knowing_has_many_words(word: str) -> None:
    assert read(json.dumps({"checks": [{"id": IDS[0], "verdict": word}]}), IDS)[0].verdict == "cannot_tell"


def test_an_id_answered_in_two_ways_cannot_be_told() -> None:
    twice = {"checks": [{"id": IDS[0], "verdict": "absent"}, {"id": IDS[0], "verdict": "present"}]}
    assert read(json.dumps(twice), IDS)[0] == Said(IDS[0], "cannot_tell", ())


@pytest.mark.parametrize(
    "text",
    ["", "   ", "All good!", "[" * 5000, "{}", "[]", '{"checks": "none"}', '{"checks": [{"id": "a.b", "verdict": "absent"}]}',
     "null", '{"checks": [{"id": "layout.visual-break", "verdict": "maybe"}]}', "x" * 400_001],
)  # fmt: skip
def test_nonsense_answers_nothing(text: str) -> None:
    with pytest.raises(Nonsense):
        read(text, IDS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([*IDS, "present", "absent", "index.html"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["checks", "id", "verdict", "evidence", "file", "line", "quote", *IDS]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@given(JSON.map(json.dumps) | st.text(), st.text(max_size=20))
def test_whatever_a_judge_writes_nothing_passes_that_is_not_in_the_files(text: str, around: str) -> None:
    try:
        said = read(around + text, IDS)
    except Nonsense:
        return
    found = verified(said, IDS, GROUNDS)
    assert [verdict.violation for verdict in found.verdicts] == list(IDS)
    for verdict in found.verdicts:
        assert bool(verdict.evidence) == (verdict.verdict == "present")
        for shown in verdict.evidence:
            flat = " ".join(AFTER["index.html"].split())
            assert shown.quote in flat if shown.quote else shown.absent_pattern not in flat


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 40))
def test_every_stretch_of_a_file_is_found_where_it_stands(start: int, length: int, line: int) -> None:
    flat = " ".join(AFTER["index.html"].split())
    quote = flat[start : start + length].strip()
    found = passed(claim(quote=quote, line=line))
    assert (found.rejected == 0) == (len(quote) >= 8)
