"""Replies of simulated models go wrong in the ways the protocol knows."""

from __future__ import annotations

from random import Random

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.providers.profiles import Style, profiles
from sitegen_tui.providers.writing import Draft, corrupted, cut, decorated, mangled, talk
from sitegen_tui.site.protocol import apply_reply, format_edits, parse_reply

BEFORE = {
    "index.html": "<main>\n  <h1>Old head</h1>\n  <p>Kept text here</p>\n  <p>Old text there</p>\n</main>\n",
    "css/styles.css": ":root {\n  --c-primary: #112233;\n}\n",
}
AFTER = {path: text.replace("Old", "New").replace("#112233", "#445566") for path, text in BEFORE.items()}
REPLY = format_edits(BEFORE, AFTER)


def applied(text: str, finish_reason: str = "stop"):
    return apply_reply(BEFORE, parse_reply(text, finish_reason=finish_reason))


def test_one_misremembered_block_is_refused_and_the_others_made():
    for seed in range(20):
        outcome = applied(corrupted(REPLY, Random(seed)))
        assert len(outcome.rejected) == 1
        assert outcome.protocol == ("protocol.partial-apply",)


def test_lost_indentation_is_mended_by_the_ladder():
    outcome = applied(mangled(REPLY))
    assert {**BEFORE, **outcome.files} == AFTER
    assert outcome.protocol == ("protocol.repaired",)


def test_a_cut_reply_counts_as_truncated():
    draft = cut(REPLY, Random(1))
    assert "protocol.truncated" in applied(draft.text, draft.finish_reason).protocol


def test_talk_cannot_be_read_as_edits():
    assert applied(talk(ACTION_IDS[0], Random(1)).text).protocol == ("protocol.unparseable",)


def test_prefaces_fences_and_thoughts_change_nothing():
    for inline in (False, True):
        style = Style(preface=1, fences=1, thinks=1, inline_thought=inline)
        for seed in range(20):
            draft = decorated(Draft(REPLY), ACTION_IDS[seed % 16], style, Random(seed))
            outcome = applied(draft.text)
            assert {**BEFORE, **outcome.files} == AFTER
            assert outcome.protocol == ()
            assert bool(draft.reasoning) is not inline


def test_every_profile_has_a_rate_for_every_action():
    for profile in profiles().values():
        for rates in (profile.faults, profile.damage):
            assert set(rates) == set(ACTION_IDS)
            assert all(0 <= rate <= 8 for rate in rates.values())
