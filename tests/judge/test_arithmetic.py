"""What holds for the arithmetic of charges whatever is found: bounds, caps, order, dominance and rounding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from math import fsum
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.findings import Charge, Evidence, Finding, Provenance, Score
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import DEDUCTION_CAP, JUDGE_CAP, Kind, Layer
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.charging import charge, score

BOTH = (Layer.STATIC, Layer.RENDERED)
DUST = 1e-9
PLACES = st.sampled_from([(None, None), ("index.html", None), ("index.html", 4), ("index.html", 9), ("css/styles.css", 2)])
SUBJECTS = st.sampled_from(["", "a", "b", "headline", "subheadline", "cta", "secondary-cta"])


@cache
def ids_of(action: str) -> tuple[str, ...]:
    """Every id that can be charged in an action."""
    return tuple(violation.id for violation in catalogue().violations if violation.term(action))


@cache
def dominant(action: str) -> tuple[str, ...]:
    """Those that explain others, and those that are explained."""
    known = catalogue().by_id
    explained: set[str] = set()
    causes: set[str] = set()
    for name in ids_of(action):
        one = known[name]
        others = {*one.suppresses, *one.suppresses_at, *one.suppresses_in_file}
        explained |= others & set(ids_of(action))
        causes |= {name} if others or one.suppresses_in_section else set()
    return tuple(sorted(explained | causes))


@st.composite
def one_finding(draw: st.DrawFn, ids: Sequence[str]) -> Finding:
    file, line = draw(PLACES)
    return Finding(
        violation=draw(st.sampled_from(ids)),
        subject=draw(SUBJECTS),
        section=draw(st.sampled_from(["", "about", "hero"])),
        message="x",
        evidence=Evidence(file=file, line=line, column=1 if line else None),
        instances=draw(st.integers(1, 9)),
        provenance=draw(st.sampled_from([Provenance.OWN, Provenance.OWN, Provenance.OWN, *Provenance])),
    )


@st.composite
def step_findings(draw: st.DrawFn, most: int = 30) -> tuple[str, list[Finding]]:
    """An action with findings: any of its ids, or for half of the steps only such as explain each other."""
    action = draw(st.sampled_from(ACTION_IDS))
    ids = draw(st.sampled_from([ids_of(action), dominant(action)]))
    return action, draw(st.lists(one_finding(ids), max_size=most))


def judged(action: str, findings: Sequence[Finding]) -> tuple[tuple[Charge, ...], Score]:
    charges = charge(catalogue(), action, findings)
    return charges, score(catalogue(), action, charges, BOTH)


@settings(max_examples=150)
@given(step_findings())
def test_no_score_and_no_charge_leaves_its_bounds(given_step: tuple[str, list[Finding]]) -> None:
    action, findings = given_step
    charges, result = judged(action, findings)
    assert 10 - DEDUCTION_CAP <= result.value <= 10
    pools: dict[str, list[float]] = defaultdict(list)
    caps: dict[str, float] = {}
    for entry in charges:
        term = catalogue().by_id[entry.finding.violation].term(action)
        assert term is not None
        assert 0 <= entry.amount <= entry.nominal + DUST
        pools[term.pool].append(entry.amount)
        caps[term.pool] = term.cap
    assert all(fsum(amounts) <= caps[pool] + DUST for pool, amounts in pools.items())
    assert fsum(entry.amount for entry in charges) <= DEDUCTION_CAP + DUST
    assert fsum(entry.amount for entry in charges if entry.kind is Kind.JUDGE) <= JUDGE_CAP + DUST


@settings(max_examples=150)
@given(step_findings())
def test_what_is_charged_less_than_its_points_says_why(given_step: tuple[str, list[Finding]]) -> None:
    action, findings = given_step
    for entry in judged(action, findings)[0]:
        assert (entry.amount < entry.nominal) == bool(entry.reason), entry


@settings(max_examples=150)
@given(step_findings(), st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_no_score(given_step: tuple[str, list[Finding]], rng: Random) -> None:
    action, findings = given_step
    assert judged(action, findings)[1].value == judged(action, rng.sample(findings, len(findings)))[1].value


@settings(max_examples=150)
@given(st.data())
def test_a_further_finding_never_raises_the_score_but_by_explaining_what_was_charged(data: st.DataObject) -> None:
    action, findings = data.draw(step_findings(12))
    more = data.draw(one_finding(ids_of(action))).model_copy(update={"provenance": Provenance.OWN})
    before, without = judged(action, findings)
    after, with_it = judged(action, [*findings, more])
    if with_it.value <= without.value:
        return
    freed = [entry for entry in after if entry.reason == f"explained by {more.violation}"]
    saved = fsum(entry.nominal for entry in freed)
    assert freed, "the score rose and nothing was explained"
    assert with_it.value - without.value <= saved + DUST
    assert len(after) <= len(before) + 1


@settings(max_examples=150)
@given(step_findings())
def test_what_is_explained_is_explained_by_something_that_is_not(given_step: tuple[str, list[Finding]]) -> None:
    """Two findings may not excuse each other: behind every excuse stands a cause that is charged for itself."""
    action, findings = given_step
    charges = judged(action, findings)[0]
    reasons = [(entry.finding.violation, entry.reason.partition("explained by ")[2]) for entry in charges]
    standing = {violation for violation, cause in reasons if not cause}
    grew = True
    while grew:
        more = {violation for violation, cause in reasons if cause in standing} - standing
        standing |= more
        grew = bool(more)
    assert standing == {violation for violation, _ in reasons}


def test_an_elided_section_is_paid_for_once_and_not_excused_by_being_empty() -> None:
    here = Evidence(file="index.html", line=40)
    elided, emptied = (
        Finding(violation=one, section="about", message="x", evidence=here, layer=Layer.STATIC)
        for one in ("html.elided", "layout.section-emptied")
    )
    charges = {entry.finding.violation: entry for entry in judged("replace-header-logo", [elided, emptied])[0]}
    assert charges["html.elided"].amount > 0
    assert charges["layout.section-emptied"].reason == "explained by html.elided"


@pytest.mark.parametrize("action", ACTION_IDS)
def test_no_two_findings_in_one_place_excuse_each_other(action: str) -> None:
    here = Evidence(file="index.html", line=3, column=1)
    found = [
        Finding(violation=one.id, subject="s", section="about", message="x", evidence=here, layer=Layer.STATIC)
        for one in catalogue().violations
        if one.term(action) is not None
    ]
    excused = [
        (one.violation, other.violation)
        for one, other in combinations(found, 2)
        if all(entry.reason.startswith("explained by") for entry in charge(catalogue(), action, [one, other]))
    ]
    assert excused == []


@settings(max_examples=100)
@given(step_findings(15), step_findings(15))
def test_findings_that_do_not_meet_cost_the_sum_of_what_each_costs(
    one: tuple[str, list[Finding]], other: tuple[str, list[Finding]]
) -> None:
    """Sets of findings about different things, in different files and of different ids, do not change each other's price."""
    action = one[0]
    left = [f for f in one[1] if f.violation.startswith(("layout.", "regress."))]
    here = [_moved(f, "left") for f in left]
    there = [_moved(f, "right") for f in other[1] if f.violation in ids_of(action) and f.violation.startswith(("css.", "js."))]
    total = judged(action, [*here, *there])[1].deducted
    assert total == pytest.approx(min(DEDUCTION_CAP, judged(action, here)[1].deducted + judged(action, there)[1].deducted))


def _moved(finding: Finding, where: str) -> Finding:
    evidence = Evidence(file=f"{where}.html", line=1, column=1)
    return finding.model_copy(update={"subject": f"{where} {finding.subject}", "section": "", "evidence": evidence})


@pytest.mark.parametrize(
    ("action", "violation", "points"),
    [
        (term.action, violation.id, term.points * term.factor)
        for violation in catalogue().violations
        for term in violation.terms
        if term.shared and term.action
    ],
)
def test_the_parts_of_a_shared_weight_add_up_to_the_whole(action: str, violation: str, points: float) -> None:
    for many in (1, 2, 3, 6, 7, 9, 11, 13, 17, 29, 49):
        parts = [Finding(violation=violation, subject=f"part {n}", message="x", instances=many) for n in range(many)]
        charges, result = judged(action, parts)
        assert result.deducted == pytest.approx(points, abs=1e-12), many
        assert result.value == pytest.approx(10 - points, abs=1e-12)
        assert not any(entry.reason for entry in charges), many


@settings(max_examples=100)
@given(step_findings())
def test_charges_and_scores_are_stable_under_rounding_and_a_round_trip(given_step: tuple[str, list[Finding]]) -> None:
    action, findings = given_step
    charges, result = judged(action, findings)
    again = tuple(Charge.model_validate_json(entry.model_dump_json()) for entry in charges)
    assert again == charges
    assert score(catalogue(), action, again, BOTH) == result
    assert result.value == round(result.value, 6)
    assert result.value == pytest.approx(10 - fsum(entry.amount for entry in charges), abs=1e-6)


def test_of_findings_about_one_thing_the_costliest_counts_in_any_order() -> None:
    mine = Finding(violation="assets.not-found", subject="a.jpg", message="x")
    old = mine.model_copy(update={"provenance": Provenance.INHERITED})
    for order in ([mine, old], [old, mine], [old, mine, old]):
        (entry,) = judged("swap-fonts", order)[0]
        assert (entry.amount, entry.finding.provenance) == (2.5, Provenance.OWN)


def test_no_two_ids_explain_each_other() -> None:
    known = catalogue().by_id

    def explained(name: str, seen: frozenset[str]) -> None:
        assert name not in seen, f"{name} explains itself by way of {', '.join(seen)}"
        one = known[name]
        for other in {*one.suppresses, *one.suppresses_at, *one.suppresses_in_file}:
            explained(other, seen | {name})

    for name in known:
        explained(name, frozenset())
