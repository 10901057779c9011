"""Which protocol violations are earned: one cause, one charge."""

from __future__ import annotations

import pytest

from sitegen_tui.site.protocol import apply_reply, join_turns, parse_reply, protocol_violations

FILES = {"index.html": "  a\nb\nc\n", "css/styles.css": "x\n"}
EXACT = "FILE: index.html\n<<<<<<< SEARCH\nb\n=======\nB\n>>>>>>> REPLACE\n"
MANGLED = "FILE: index.html\n<<<<<<< SEARCH\na\n=======\nA\n>>>>>>> REPLACE\n"
MISSING = "FILE: css/styles.css\n<<<<<<< SEARCH\nzzz\n=======\nA\n>>>>>>> REPLACE\n"
FIXED = MISSING.replace("zzz", "x")
CUT = "FILE: css/styles.css\n<<<<<<< SEARCH\nx\n=======\nA\n"


@pytest.mark.parametrize(
    ("applied", "failed", "repaired", "truncated", "earned"),
    [
        (1, 0, False, False, []),
        (1, 0, True, False, ["repaired"]),
        (1, 1, False, False, ["partial-apply"]),
        (1, 1, True, False, ["partial-apply", "repaired"]),
        (0, 1, False, False, ["unparseable"]),
        (0, 0, False, False, ["unparseable"]),
        (0, 0, False, True, ["truncated"]),
        (0, 1, False, True, ["truncated", "unparseable"]),
        (1, 0, False, True, ["truncated"]),
        (1, 0, True, True, ["truncated", "repaired"]),
        (1, 1, False, True, ["truncated", "partial-apply"]),
    ],
)
def test_each_cause_is_charged_once(applied: int, failed: int, repaired: bool, truncated: bool, earned: list[str]) -> None:
    got = protocol_violations(applied=applied, failed=failed, repaired=repaired, truncated=truncated)
    assert list(got) == [f"protocol.{name}" for name in earned]


@pytest.mark.parametrize(
    ("reply", "finish", "earned"),
    [
        (EXACT, "stop", []),
        (EXACT + MANGLED, None, ["repaired"]),
        (EXACT + MISSING, None, ["partial-apply"]),
        (MISSING, None, ["unparseable"]),
        ("", None, ["unparseable"]),
        ("Nothing has to change.", "stop", ["unparseable"]),
        ("FILE: ../x\n" + EXACT.split("\n", 1)[1], None, ["unparseable"]),
        (CUT, None, ["truncated"]),
        (EXACT + CUT, None, ["truncated"]),
        (MISSING + CUT, None, ["truncated", "unparseable"]),
        (EXACT + MISSING + CUT, "length", ["truncated", "partial-apply"]),
        (EXACT, "length", ["truncated"]),
        ("Let me see", "length", ["truncated"]),
        ("<think>\n" + EXACT, None, ["truncated"]),
        ("<think>\n" + EXACT, "length", ["truncated"]),
        ("x" * 5_000_000, None, ["unparseable"]),
    ],
)
def test_a_reply_earns_what_it_deserves(reply: str, finish: str | None, earned: list[str]) -> None:
    outcome = apply_reply(FILES, parse_reply(reply, finish_reason=finish))
    assert list(outcome.protocol) == [f"protocol.{name}" for name in earned]


@pytest.mark.parametrize(
    ("first", "second", "earned", "left"),
    [
        (EXACT + MISSING, FIXED, ["repaired"], 0),
        (MISSING, FIXED, ["repaired"], 0),
        (EXACT + CUT, FIXED, ["repaired"], 0),
        ("prose", FIXED, ["repaired"], 0),
        (EXACT + MISSING, "prose", ["partial-apply"], 1),
        (MISSING, "prose", ["unparseable"], 1),
        (EXACT + CUT, "prose", ["truncated"], 1),
        (CUT, CUT, ["truncated"], 1),
        (EXACT + MISSING, MISSING, ["partial-apply"], 1),
        (EXACT + MISSING, FIXED + MISSING, ["partial-apply", "repaired"], 1),
        (EXACT + MISSING, MANGLED, ["partial-apply", "repaired"], 1),
        ("prose", "prose", ["unparseable"], 0),
    ],
)
def test_a_second_turn_is_judged_together_with_the_first(first: str, second: str, earned: list[str], left: int) -> None:
    one = apply_reply(FILES, parse_reply(first))
    two = apply_reply({**FILES, **one.files}, parse_reply(second))
    joined = join_turns(one, two)
    assert list(joined.protocol) == [f"protocol.{name}" for name in earned]
    assert len(joined.rejected) == left
    assert joined.turns == 2
    assert {**FILES, **joined.files} == {**FILES, **one.files, **two.files}
