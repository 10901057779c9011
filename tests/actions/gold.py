"""The gold chain of every shipped pair of template and requirements, and what every action promises about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from random import Random

from sitegen_tui.actions.base import HTML, Action, Brief, Files, Step, page_of
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.site.protocol import EDITABLE_PATHS

Pair = tuple[str, str]
"""Template id and requirements id."""


PAIRS: tuple[Pair, ...] = (("blank-site", "harbour-books-01"), ("safari-lodge", "thornveld-01"))
"""The small site and a rich one: what actions and judge promise is tried on these in depth, on the others by tests/templates."""


def every_pair() -> tuple[Pair, ...]:
    """Every shipped template with each of its briefs."""
    shelf = library()
    return tuple((template, pack) for template in shelf.template_ids() for pack in shelf.packs_for(template))


def action_of(action_id: str) -> Action | None:
    """The action, or None while its file is not there."""
    name = f"sitegen_tui.actions.{action_id.replace('-', '_')}"
    try:
        return import_module(name).ACTION
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None


def brief(pair: Pair) -> Brief:
    """The pair's brief."""
    return brief_of(*pair)


@cache
def start(pair: Pair) -> dict[str, str]:
    """The editable files of the skeleton."""
    shelf = library()
    files = shelf.start_files(shelf.template(pair[0]), shelf.pack(pair[1]))
    return {path: files[path].decode("utf-8") for path in EDITABLE_PATHS if path in files}


@cache
def gold_before(pair: Pair, action_id: str) -> dict[str, str]:
    """The files as the reference editor leaves them in front of an action."""
    files = dict(start(pair))
    for earlier in ACTION_IDS[: ACTION_IDS.index(action_id)]:
        action = action_of(earlier)
        if action is not None:
            files |= action.edit(files, brief(pair))
    return files


@cache
def gold_after(pair: Pair, action_id: str) -> dict[str, str]:
    """The files after the action's reference edit."""
    files = gold_before(pair, action_id)
    action = action_of(action_id)
    assert action is not None
    return files | action.edit(files, brief(pair))


def judge(action: Action, pair: Pair, before: Files, after: Files) -> list[Finding]:
    """What the action's checks report."""
    context = brief(pair)
    step = Step(page_of(before, context), page_of(after, context), context, page_of(start(pair), context))
    return [finding for check in action.checks for finding in check(step)]


def judge_after(action: Action, pair: Pair, changes: Mapping[str, str]) -> list[Finding]:
    """What the checks report of the gold edit with some files exchanged."""
    return judge(action, pair, gold_before(pair, action.id), gold_after(pair, action.id) | dict(changes))


def judge_swap(action: Action, pair: Pair, *swaps: tuple[str, str], file: str = HTML) -> list[str]:
    """Ids reported when pieces of the gold result are exchanged for others; every piece must be there."""
    text = gold_after(pair, action.id)[file]
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new)
    return ids(judge_after(action, pair, {file: text}))


def ids(findings: list[Finding]) -> list[str]:
    """The findings' ids, sorted, each as often as it was found."""
    return sorted(finding.violation for finding in findings)


def plain(findings: list[Finding]) -> str:
    """The findings as lines, for a failing test to show."""
    return "\n".join(f"{f.violation} [{f.subject}] {f.message}: {f.evidence.measured!r} {f.evidence.quote!r}" for f in findings)


# -- what holds for every action -----------------------------------------------------------------------------------------


def assert_gold_is_clean(action: Action, pair: Pair) -> None:
    """The reference edit satisfies every check, leaves other files alone and changes nothing a second time."""
    before, after = gold_before(pair, action.id), gold_after(pair, action.id)
    found = judge(action, pair, before, after)
    assert not found, plain(found)
    assert {path for path in after if after[path] != before.get(path)} <= set(action.write_set)
    assert action.edit(after, brief(pair)) == {}


def assert_works_with_crlf(action: Action, pair: Pair) -> None:
    """With CRLF line endings the edit is as good, and brings no other line ending in."""
    before = {path: text.replace("\n", "\r\n") for path, text in gold_before(pair, action.id).items()}
    after = before | action.edit(before, brief(pair))
    found = judge(action, pair, before, after)
    assert not found, plain(found)
    for path, text in after.items():
        assert text.count("\n") == text.count("\r\n"), path
    assert action.edit(after, brief(pair)) == {}


def assert_faults_are_charged(action: Action, pair: Pair, seeds: range = range(6)) -> set[str]:
    """Each fault that applies is charged with just its violations; returns the ids of those that applied."""
    before, after = gold_before(pair, action.id), gold_after(pair, action.id)
    applied: set[str] = set()
    for fault in action.faults:
        for seed in seeds:
            changes = fault.apply(before, after, brief(pair), Random(seed))
            if changes is None:
                continue
            applied.add(fault.id)
            assert changes, f"{fault.id} changes nothing"
            found = judge(action, pair, before, after | changes)
            told, must, may = set(ids(found)), _own(action, fault.violations), _own(action, fault.also)
            assert must <= told <= must | may, f"{fault.id} seed {seed}\n{plain(found)}"
    return applied


def _own(action: Action, violations: tuple[str, ...]) -> set[str]:
    """Those violations that this action's static checks charge; damage is charged by the judge of every action."""
    known = catalogue().by_id
    return {one for one in violations if "S" in known[one].channels and any(term.action == action.id for term in known[one].terms)}


def hostile(files: Files) -> Iterator[dict[str, str]]:
    """The files as they may come from a model that has gone wrong."""
    page = files[HTML]
    yield dict.fromkeys(files, "")
    yield {}
    for share in (0.05, 0.2, 0.45, 0.7, 0.95):
        yield {path: text[: int(len(text) * share)] for path, text in files.items()}
    yield {**files, HTML: page.replace("data-slot", "data-x")}
    yield {**files, HTML: page.replace("<main>", "").replace("</main>", "")}
    yield {**files, HTML: "<!DOCTYPE html>" + "<div>" * 300 + page}
    yield {**files, HTML: page.replace("</", "<")}
    yield {**files, HTML: "<svg><title>x</title></svg>" + page.replace("<head>", "").replace("</head>", "")}
    yield {path: "{" * 500 + text for path, text in files.items()}
    yield {**files, HTML: page.replace('"', "")}
    yield {**files, HTML: "\x00\ufeff\ud800" + page}


def assert_survives_hostile_input(action: Action, pair: Pair) -> None:
    """Neither edit nor checks raise on any input, and the edit stays idempotent."""
    before, after = gold_before(pair, action.id), gold_after(pair, action.id)
    for files in hostile(before):
        once = {**files, **action.edit(files, brief(pair))}
        assert action.edit(once, brief(pair)) == {}
        judge(action, pair, files, once)
    for files in hostile(after):
        judge(action, pair, before, files)
