"""The judge measured: mutants of gold steps made from a key alone, judged, and compared with what was planted. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeVar

from sitegen_tui.actions.base import Brief, Fault, Files
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.audits import AuditWanted, Grade, MutantKey, Outcome, Planted
from sitegen_tui.domain.diffs import split_lines
from sitegen_tui.domain.edits import RejectedBlock
from sitegen_tui.domain.findings import Judgement
from sitegen_tui.domain.probes import Probe
from sitegen_tui.domain.violations import CHANNEL_LAYER, Layer, Violation
from sitegen_tui.errors import UnknownName
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.judge.faults.base import AssetFault
from sitegen_tui.judge.faults.compound import may_explain, merged
from sitegen_tui.judge.faults.harmless import HARMLESS
from sitegen_tui.judge.faults.registry import faults_of
from sitegen_tui.judge.faults.replies import REPLIES, ReplyFault, received
from sitegen_tui.judge.gold import gold_after, gold_before, gold_start

_T = TypeVar("_T")

PROGRAMS = frozenset({Layer.STATIC, Layer.RENDERED})
COMPOUNDS = 24
"""Compound mutants of each template and requirements in a whole audit."""
MOST_AT_ONCE = 5
_REPLY_HOSTS = ("apply-colours", "update-contact", "add-seo-meta")
_REPLIES = {fault.id: fault for fault in REPLIES}
_HARMLESS = {change.id: change for change in HARMLESS}


@dataclass(frozen=True)
class Mutant:
    """A gold step with something planted: editable files before it, after it as gold and as planted, and at the start.

    `planted` is what it must be charged with, `also` what it may be charged with besides. `protocol` and `rejected` are what
    its reply earned; `assets_after` the files beside the site, where something was done to them.
    """

    key: MutantKey
    before: Files
    gold: Files
    after: Files
    start: Files
    planted: tuple[Planted, ...] = ()
    also: frozenset[str] = frozenset()
    protocol: tuple[str, ...] = ()
    rejected: tuple[RejectedBlock, ...] = ()
    assets_after: Mapping[str, bytes] | None = None


@dataclass(frozen=True)
class Sights:
    """What a browser saw of a mutant's step."""

    before: Probe
    after: Probe
    start: Probe


# -- which mutants there are ----------------------------------------------------------------------------------------------


def keys(wanted: AuditWanted) -> tuple[MutantKey, ...]:
    """Every mutant that may be made for an audit, in an order in which each beginning holds as many violations as it can.

    Whether a fault applies to its step shows only when the mutant is made. Raises UnknownName.
    """
    shelf = library()
    for name in wanted.templates:
        shelf.template(name)
    for name in wanted.violations:
        if name not in catalogue().by_id:
            raise UnknownName("violation", name, tuple(catalogue().by_id))
    pairs = [
        (template, pack)
        for template in shelf.template_ids()
        if not wanted.templates or template in wanted.templates
        for pack in shelf.packs_for(template)
    ]
    chance = Random(wanted.seed)
    groups: dict[tuple[str, str], list[MutantKey]] = defaultdict(list)
    for pair in pairs:
        for group, key in _keys(pair, wanted):
            groups[group].append(key)
    return tuple(_dealt([groups[name] for name in sorted(groups)], chance))


def _dealt(groups: Sequence[list[MutantKey]], chance: Random) -> Iterator[MutantKey]:
    """One of each group in turn, groups and what is in them in an order by chance."""
    piles = [chance.sample(group, len(group)) for group in groups]
    chance.shuffle(piles)
    while piles:
        for pile in piles:
            yield pile.pop()
        piles = [pile for pile in piles if pile]


def _keys(pair: tuple[str, str], wanted: AuditWanted) -> Iterator[tuple[tuple[str, str], MutantKey]]:
    template, pack = pair

    def key(suite: str, action: str, *faults: str, seed: int = wanted.seed) -> MutantKey:
        return MutantKey.model_validate(
            {"suite": suite, "template": template, "requirements": pack, "action": action, "faults": faults, "seed": seed}
        )

    if "single" in wanted.suites:
        for action in ACTIONS:
            for fault in faults_of(action.id):
                if _asked(fault, wanted):
                    yield (fault.violations[0], fault.grade), key("single", action.id, fault.id)
    if "protocol" in wanted.suites:
        for reply in REPLIES:
            if _asked(reply, wanted):
                for action in _REPLY_HOSTS:
                    yield (reply.violations[0], reply.grade), key("protocol", action, reply.id)
    if wanted.violations or wanted.grades:
        return
    if "null" in wanted.suites:
        for change in HARMLESS:
            for action in change.planted_on():
                yield ("null", change.id), key("null", action.id, change.id)
    if "compound" in wanted.suites:
        for number in range(COMPOUNDS):
            chance = Random(f"{wanted.seed} {template} {pack} {number}")
            action = ACTIONS[number % len(ACTIONS)]
            pool = sorted({fault.id for fault in faults_of(action.id) if not isinstance(fault, AssetFault)})
            # More than are wanted: those that do not apply or meet another one are left out when the mutant is made.
            names = chance.sample(pool, min(len(pool), 2 * MOST_AT_ONCE))
            yield ("compound", str(number % 3)), key("compound", action.id, *names, seed=number)


def _asked(fault: Fault | ReplyFault, wanted: AuditWanted) -> bool:
    named = not wanted.violations or bool({*fault.violations} & {*wanted.violations})
    return named and (not wanted.grades or fault.grade in wanted.grades)


# -- making one -----------------------------------------------------------------------------------------------------------


def mutant(key: MutantKey) -> Mutant | None:
    """The mutant of that key, always the same one; None where it does not apply. Raises UnknownName."""
    place = (key.template, key.requirements)
    whole = Mutant(
        key, gold_before(*place, key.action), gold_after(*place, key.action), gold_after(*place, key.action), gold_start(*place)
    )
    brief, chance = brief_of(*place), Random(f"{key.seed} {key.faults[0]}")
    match key.suite:
        case "protocol":
            return _replied(whole, _named("fault", _REPLIES, key.faults[0]), chance)
        case "null":
            changes = _named("harmless change", _HARMLESS, key.faults[0]).apply(whole.before, whole.gold, brief, chance)
            return None if not changes or changes.items() <= whole.gold.items() else _changed(whole, changes)
        case "single":
            return _single(whole, _fault(key.action, key.faults[0]), brief, chance)
        case "compound":
            return _several(whole, [_fault(key.action, name) for name in key.faults], brief)


def _named(kind: str, known: Mapping[str, _T], name: str) -> _T:
    if name not in known:
        raise UnknownName(kind, name, tuple(known))
    return known[name]


def _fault(action: str, name: str) -> Fault:
    return _named(f"fault of {action}", {fault.id: fault for fault in faults_of(action)}, name)


def _single(whole: Mutant, fault: Fault, brief: Brief, chance: Random) -> Mutant | None:
    changes = fault.apply(whole.before, whole.gold, brief, chance)
    if changes is None:
        return None
    planted = tuple(Planted(violation=one, grade=fault.grade) for one in fault.violations)
    made = replace(_changed(whole, changes), planted=planted, also=frozenset(fault.also))
    if isinstance(fault, AssetFault):
        left = fault.spoil(made.after, brief, chance)
        return None if left is None else replace(made, assets_after=left)
    return made if made.after != whole.gold else None


def _several(whole: Mutant, faults: Sequence[Fault], brief: Brief) -> Mutant | None:
    """Two to five of the faults at once: those that apply, plant different violations and meet nowhere."""
    number = 2 + whole.key.seed % (MOST_AT_ONCE - 1)
    kept: list[Fault] = []
    changes: list[Mapping[str, str]] = []
    files: dict[str, str] | None = None
    for fault in faults:
        chance = Random(f"{whole.key.seed} {fault.id}")
        found = fault.apply(whole.before, whole.gold, brief, chance)
        if not found or any(set(fault.violations) & set(other.violations) for other in kept):
            continue
        together = merged(whole.gold, [*changes, found])
        if together is None:
            continue
        files = together
        kept.append(fault)
        changes.append(found)
        if len(kept) == number:
            break
    if files is None or len(kept) < 2:
        return None
    planted = tuple(Planted(violation=one, grade=fault.grade) for fault in kept for one in fault.violations)
    return replace(_changed(whole, files), planted=planted, also=frozenset(one for fault in kept for one in fault.also))


def _replied(whole: Mutant, fault: ReplyFault, chance: Random) -> Mutant | None:
    outcome = received(whole.before, whole.gold, fault, chance)
    if outcome is None:
        return None
    planted = tuple(Planted(violation=one, grade=fault.grade) for one in fault.violations)
    after = {**whole.before, **outcome.files}
    made = replace(whole, after=after, planted=planted, protocol=outcome.protocol, rejected=outcome.rejected)
    # What the site lacks because of the reply is judged as on any site.
    lacking = evaluate(replace(_input(made, None), protocol=(), rejected=()))
    return replace(made, also=frozenset(_points(lacking)))


def _changed(whole: Mutant, changes: Mapping[str, str]) -> Mutant:
    return replace(whole, after={**whole.gold, **changes})


# -- judging one ----------------------------------------------------------------------------------------------------------


def judge(made: Mutant, sights: Sights | None = None) -> Judgement:
    """The judgement of a mutant, by its files alone or by what a browser saw too."""
    return evaluate(_input(made, sights))


def compare(made: Mutant, judgement: Judgement, sights: Sights | None = None) -> Outcome:
    """What the judgement says against what was planted.

    Of a reply's fault, what the site lacks is judged once more without the reply, by the same layers, and is not extra.
    """
    rubric = catalogue()
    layers = frozenset(judgement.score.layers)
    charged = _points(judgement)
    expected = [one.violation for one in made.planted if _visible(rubric.by_id[one.violation], layers, one.violation in charged)]
    allowed = set(made.also)
    if made.key.suite == "protocol" and sights is not None:
        allowed |= _points(evaluate(replace(_input(made, sights), protocol=(), rejected=()))).keys()
    lost = [one for one in dict.fromkeys(expected) if one not in charged]
    told = {
        charge.finding.violation
        for charge in judgement.charges
        if charge.reason.startswith(("explained by", "capped", "an action"))
    }
    explained = {
        one
        for one in lost
        if len(made.planted) > 1
        and (one in told or any(may_explain(rubric, made.key.action, by, one) for by in expected if by != one))
    }
    return Outcome(
        key=made.key,
        planted=tuple(one for one in made.planted if one.violation in expected),
        charged=charged,
        missed=tuple(one for one in lost if one not in explained),
        explained=tuple(sorted(explained)),
        extra=tuple(sorted(charged.keys() - {one.violation for one in made.planted} - allowed)),
        layers=judgement.score.layers,
        places=_places(made),
    )


def _visible(violation: Violation, layers: frozenset[Layer], found: bool) -> bool:
    """Whether the layers can be asked for it; where a browser may be needed, files alone are asked only for what they found."""
    seeing = {CHANNEL_LAYER[channel] for channel in violation.channels}
    return bool(seeing & layers) and (found or Layer.RENDERED not in seeing or Layer.RENDERED in layers)


def _input(made: Mutant, sights: Sights | None) -> StepInput:
    return StepInput(
        action_id=made.key.action,
        before=made.before,
        after=made.after,
        brief=brief_of(made.key.template, made.key.requirements),
        protocol=made.protocol,
        rejected=made.rejected,
        layers=PROGRAMS if sights else frozenset({Layer.STATIC}),
        start=made.start,
        seen_before=sights.before if sights else None,
        seen_after=sights.after if sights else None,
        seen_start=sights.start if sights else None,
        assets_after=made.assets_after,
    )


def _points(judgement: Judgement) -> dict[str, float]:
    found: dict[str, float] = {}
    for charge in judgement.charges:
        if charge.amount:
            found[charge.finding.violation] = found.get(charge.finding.violation, 0.0) + charge.amount
    return found


def _places(made: Mutant) -> tuple[str, ...]:
    """File and first line that differ from gold."""
    found: list[str] = []
    for path, text in sorted(made.after.items()):
        old = made.gold.get(path, "")
        if text != old:
            pairs = zip(split_lines(old), split_lines(text), strict=False)
            line = next((at for at, (one, other) in enumerate(pairs, 1) if one != other), 0)
            found.append(f"{path}:{line or min(len(split_lines(old)), len(split_lines(text))) + 1}")
    return tuple(found)


# -- counting -------------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """Of one violation: how often it was planted and found, by grade, and how often it was charged without being planted."""

    planted: dict[Grade, int] = field(default_factory=lambda: defaultdict[Grade, int](int))
    found: dict[Grade, int] = field(default_factory=lambda: defaultdict[Grade, int](int))
    extra: int = 0


def tallied(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """The tally of each violation that was planted or charged; what dominance explains counts neither way."""
    found: dict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        for one in outcome.planted:
            if one.violation not in outcome.explained:
                found[one.violation].planted[one.grade] += 1
                found[one.violation].found[one.grade] += one.violation in outcome.charged
        for violation in outcome.extra:
            found[violation].extra += 1
    return dict(found)


def plantable(layers: Iterable[Layer]) -> frozenset[str]:
    """The violations that programs of these layers must find."""
    programs = PROGRAMS & set(layers)
    return frozenset(v.id for v in catalogue().violations if any(CHANNEL_LAYER[channel] in programs for channel in v.channels))
