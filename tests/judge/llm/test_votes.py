"""Samples become one verdict by two thirds; what cannot be read says nothing; checklists are shuffled, split and never cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.verdicts import JUDGE_ANSWERS, JudgeSampleRow, JudgeVerdictRow
from sitegen_tui.errors import UsageError
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.llm import checklist
from sitegen_tui.judge.llm.prompt import MOST_IDS, questions, wording
from sitegen_tui.judge.llm.votes import verdicts_by_judge, voted

P, A, C = "present", "absent", "cannot_tell"


@pytest.mark.parametrize(
    ("answers", "winner"),
    [((P, P, P), P), ((P, P, A), P), ((P, A, A), A), ((P, A, C), C), ((P, P, C), P), ((C, C, A), C), ((P, A), C), ((P,), P)],
)
def test_two_thirds_have_to_agree(answers: tuple[str, ...], winner: str) -> None:
    votes = voted([{"a.b": answer} for answer in answers])  # type: ignore[dict-item]
    assert {P: votes.present, A: votes.absent, C: votes.cannot_tell}[winner] == {"a.b"}
    assert not votes.unjudged
    assert votes.flips == (None if len(answers) == 1 else float(len(set(answers)) > 1))


def test_a_judge_of_which_less_than_two_thirds_could_be_read_says_nothing() -> None:
    votes = voted([{"a.b": "present"}, "there is no JSON in the reply", "the reply is empty"])
    assert votes.present == frozenset()
    assert votes.unjudged == "2 of 3 samples could not be read: there is no JSON in the reply"
    assert not voted([{"a.b": "present"}, {"a.b": "present"}, "the reply is empty"]).unjudged
    assert voted([]).unjudged


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.sampled_from(JUDGE_ANSWERS)), min_size=1, max_size=5))
def test_every_id_is_in_one_set_and_order_does_not_matter(samples: list[dict[str, object]]) -> None:
    votes, other = voted(samples), voted(samples[::-1])  # type: ignore[arg-type]
    assert votes == other
    assert sorted([*votes.present, *votes.absent, *votes.cannot_tell]) == sorted({one for sample in samples for one in sample})


def row(sample: int, judging: int, **more: object) -> JudgeSampleRow:
    values: dict[str, object] = {"judge": "m", "family": "f", "mode": "scoring", "run_id": "e1.1", "step": 2, "rubric": 1}
    return JudgeSampleRow.model_validate(values | {"judging": judging, "sample": sample, "prompt": "p"} | more)


def said(sample: int, judging: int, verdict: str) -> JudgeVerdictRow:
    return JudgeVerdictRow.model_validate(
        {"judge": "m", "run_id": "e1.1", "step": 2, "judging": judging, "sample": sample, "violation": "a.b", "verdict": verdict}
    )


def test_the_newest_judging_of_each_judge_counts() -> None:
    samples = [row(n, 1) for n in (1, 2, 3)] + [row(1, 2), row(2, 2), row(3, 2, error="the reply is empty")]
    rows = [said(n, 1, P) for n in (1, 2, 3)] + [said(1, 2, A), said(2, 2, A)]
    votes = verdicts_by_judge(samples, rows)[("m", "e1.1", 2)]
    assert (votes.absent, votes.present, votes.samples, votes.usable) == ({"a.b"}, frozenset(), 3, 2)


def test_a_judge_is_asked_for_scores_only_where_no_program_can_see() -> None:
    for action in ACTION_IDS:
        scoring, audit = (checklist.asked(catalogue(), action, mode) for mode in ("scoring", "audit"))
        assert {"scope.unrequested-change", "layout.visual-break"} <= set(scoring) <= checklist.owned(catalogue())
        assert set(scoring) < set(audit)
        assert not [one for one in audit if one.startswith("protocol.")]
    assert "a11y.alt-inapt" in checklist.asked(catalogue(), "add-accessibility", "scoring")


def test_each_sample_has_an_order_of_its_own_and_the_same_seed_the_same_one() -> None:
    ids = checklist.asked(catalogue(), "update-contact", "audit")
    orders = {checklist.shuffled(ids, f"{seed}") for seed in range(20)}
    assert len(orders) == 20
    assert {frozenset(order) for order in orders} == {frozenset(ids)}
    assert checklist.shuffled(reversed(ids), "7") == checklist.shuffled(ids, "7")


@given(st.integers(0, 90), st.integers(1, 30))
def test_a_split_checklist_holds_every_id_once_in_order(count: int, most: int) -> None:
    ids = tuple(map(str, range(count)))
    parts = checklist.in_parts(ids, most)
    assert tuple(one for part in parts for one in part) == ids
    assert all(len(part) <= most for part in parts)
    assert not parts or max(map(len, parts)) - min(map(len, parts)) <= 1


FILES = {"index.html": "<p>one</p>\n" * 200, "css/styles.css": "p { color: red }\n" * 50}
CHANGED = {**FILES, "index.html": FILES["index.html"].replace("one", "two", 3)}


def asked_for(context: int | None, count: int = 40):
    ids = checklist.shuffled(checklist.asked(catalogue(), "update-contact", "audit"), "1")[:count]
    return ids, questions(directive="Do it.", before=FILES, after=CHANGED, ids=ids, catalogue=catalogue(), context=context)


def test_both_sites_are_whole_in_every_part_and_every_id_is_asked_once() -> None:
    ids, parts = asked_for(None)
    assert tuple(one for part in parts for one in part.ids) == ids
    assert all(len(part.ids) <= MOST_IDS for part in parts)
    for part in parts:
        text = part.messages[1].content
        assert text.count("<p>one</p>") >= 397
        assert "200: <p>one</p>" in text
        assert "-<p>one</p>" in text
        assert "+<p>two</p>" in text
        assert all(f"- {one} (" in text for one in part.ids)


def test_a_small_context_splits_the_checklist_and_still_shows_the_whole_site() -> None:
    _, whole = asked_for(None)
    ids, parts = asked_for(context := 4300)
    assert len(parts) > len(whole)
    assert tuple(one for part in parts for one in part.ids) == ids
    for part in parts:
        text = part.messages[1].content
        assert text.count("<p>one</p>") >= 197
        assert sum(len(message.content) for message in part.messages) / 3 + 120 * len(part.ids) < context


def test_no_more_is_asked_at_once_than_can_be_answered() -> None:
    ids = checklist.asked(catalogue(), "update-contact", "audit")
    parts = questions(directive="Do it.", before=FILES, after=CHANGED, ids=ids, catalogue=catalogue(), answer=512)
    assert max(len(part.ids) for part in parts) == 7
    assert tuple(one for part in parts for one in part.ids) == ids


def test_a_context_that_holds_not_even_one_id_is_refused_with_the_arithmetic() -> None:
    with pytest.raises(UsageError, match=r"the judge holds 900 tokens, and one id needs about [\d,]+: [\d,]+ of rules"):
        asked_for(900)


def test_the_wording_has_a_hash() -> None:
    assert wording() == wording()
    assert len(wording()) == 16
