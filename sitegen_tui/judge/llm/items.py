"""The steps that a judge is measured by, made from a name alone: gold with a fault planted, or changed without harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from sitegen_tui.actions.base import Fault
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.audits import Grade
from sitegen_tui.domain.diffs import split_lines
from sitegen_tui.domain.judge_audits import LEAST, JudgeAuditWanted, JudgeItem
from sitegen_tui.errors import UnknownName
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.faults.base import AssetFault
from sitegen_tui.judge.faults.harmless import HARMLESS
from sitegen_tui.judge.faults.registry import faults_of
from sitegen_tui.judge.gold import gold_after, gold_before
from sitegen_tui.judge.llm.checklist import owned
from sitegen_tui.judge.llm.plants import PLANTS

_TRIES = 40
"""How many names are made for each item that is wanted: not every fault applies to every step."""


@dataclass(frozen=True)
class Shownable:
    """An item made: editable files before and after, what is planted, and where it is (file and lines that differ from gold)."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    planted: tuple[str, ...]
    allowed: tuple[str, ...]
    grade: Grade | None
    places: Mapping[str, frozenset[int]]


def wanted_items(wanted: JudgeAuditWanted) -> int:
    """How many items an audit shows: those asked for, or enough to admit the judge to every id that only it can see."""
    if wanted.items is not None:
        return wanted.items
    ids = owned(catalogue()).intersection(wanted.violations or owned(catalogue()))
    return len(ids or wanted.violations) * (LEAST + LEAST // 2) + LEAST


def quotas(wanted: JudgeAuditWanted, harmless: int | None = None) -> dict[str, int]:
    """How many items of each kind are shown: so many harmless ones, or in proportion where None."""
    total = wanted_items(wanted)
    if harmless is None:
        harmless = -(-LEAST * total // wanted_items(wanted.model_copy(update={"items": None})))
    return {"planted": total - harmless, "harmless": harmless}


def names(wanted: JudgeAuditWanted, harmless: int | None = None) -> tuple[JudgeItem, ...]:
    """Names of items in an order in which every beginning holds both kinds in proportion, planted ids in turn.

    There are more than are wanted, because not every change applies to every step. Raises UnknownName.
    """
    for name in wanted.templates:
        library().template(name)
    for name in wanted.violations:
        if name not in catalogue().by_id:
            raise UnknownName("violation", name, tuple(catalogue().by_id))
    pairs = [
        (template, pack) for template in (wanted.templates or library().template_ids()) for pack in library().packs_for(template)
    ]
    shares = list(quotas(wanted, harmless).values())
    streams = [_planted(wanted, pairs), _harmless(wanted, pairs)]
    found: list[JudgeItem] = []
    given = [0, 0]
    for _ in range(sum(shares) * _TRIES):
        kind = 0 if given[0] * shares[1] <= given[1] * shares[0] else 1
        if not shares[kind]:
            kind = 1 - kind
        given[kind] += 1
        item = next(streams[kind], None)
        if item is None:
            break
        found.append(item)
    return tuple(found)


def _planted(wanted: JudgeAuditWanted, pairs: list[tuple[str, str]]) -> Iterator[JudgeItem]:
    """Each id in turn; realistic faults four times as often as others, since by them admission goes."""
    ids = list(wanted.violations or sorted(owned(catalogue())))
    chance = Random(f"planted {wanted.seed}")
    at = 0
    while True:
        violation = ids[at % len(ids)]
        options = _options(violation)
        realistic = [one for one in options if one[1].grade == "realistic"]
        some = realistic if realistic and chance.random() < 0.8 else options
        at += 1
        if not some:
            if not any(_options(one) for one in ids):
                return
            continue
        action, fault = chance.choice(some)
        template, pack = chance.choice(pairs)
        yield JudgeItem(
            kind="planted", template=template, requirements=pack, action=action, change=fault.id, seed=wanted.seed * 1000 + at
        )


def _harmless(wanted: JudgeAuditWanted, pairs: list[tuple[str, str]]) -> Iterator[JudgeItem]:
    chance = Random(f"harmless {wanted.seed}")
    ids = set(wanted.violations or owned(catalogue()))
    at = 0
    while True:
        at += 1
        change = chance.choice((None, *HARMLESS))
        actions = [action.id for action in (change.planted_on() if change is not None else ACTIONS)]
        # What no id that is measured can be charged in measures nothing.
        actions = [one for one in actions if any(catalogue().by_id[name].term(one) is not None for name in ids)]
        if not actions:
            continue
        template, pack = chance.choice(pairs)
        yield JudgeItem(
            kind="harmless",
            template=template,
            requirements=pack,
            action=chance.choice(actions),
            change=change.id if change else "",
            seed=wanted.seed * 1000 + at,
        )


def _options(violation: str) -> list[tuple[str, Fault]]:
    found: list[tuple[str, Fault]] = [
        (action.id, plant) for plant in PLANTS if violation in plant.violations for action in plant.planted_on()
    ]
    if not found:
        found = [
            (action.id, fault)
            for action in ACTIONS
            for fault in faults_of(action.id)
            if fault.violations == (violation,) and not isinstance(fault, AssetFault)
        ]
    return found


def made(item: JudgeItem) -> Shownable | None:
    """The item of that name, always the same one; None where its change does not apply there. Raises UnknownName."""
    place = (item.template, item.requirements, item.action)
    before, gold, brief = gold_before(*place), gold_after(*place), brief_of(item.template, item.requirements)
    chance = Random(f"{item.seed} {item.change}")
    if item.kind == "harmless":
        if not item.change:
            return Shownable(before, gold, (), (), None, {})
        known = {change.id: change for change in HARMLESS}
        if item.change not in known:
            raise UnknownName("harmless change", item.change, tuple(known))
        changes = known[item.change].apply(before, gold, brief, chance)
        return None if not changes or changes.items() <= gold.items() else Shownable(before, {**gold, **changes}, (), (), None, {})
    faults: dict[str, Fault] = {fault.id: fault for fault in (*faults_of(item.action), *PLANTS)}
    if item.change not in faults:
        raise UnknownName(f"fault of {item.action}", item.change, tuple(faults))
    fault = faults[item.change]
    changes = fault.apply(before, gold, brief, chance)
    after = {**gold, **(changes or {})}
    if not changes or after == gold:
        return None
    # What a program charges may well be called unrequested, or broken, by who looks at it.
    allowed = fault.also if fault in PLANTS else (*fault.also, *sorted(owned(catalogue())))
    return Shownable(before, after, fault.violations, allowed, fault.grade, _places(gold, after))


def _places(gold: Mapping[str, str], after: Mapping[str, str]) -> dict[str, frozenset[int]]:
    """Lines, from 1, that stand in no line of gold; where nothing but lines are gone, those around the gap."""
    found: dict[str, frozenset[int]] = {}
    for path, text in after.items():
        old = gold.get(path, "")
        if text == old:
            continue
        there = set(split_lines(old))
        new = split_lines(text)
        lines = {at for at, line in enumerate(new, 1) if line not in there}
        if not lines:
            first = next((at for at, (a, b) in enumerate(zip(split_lines(old), new, strict=False), 1) if a != b), len(new) or 1)
            lines = {first}
        found[path] = frozenset(lines)
    return found
