"""Fits the simulated models to what four published models scored, action by action, and prints both side by side.

`python benchmarks/fit_simulated.py [--runs N] [--rounds N] [--profile NAME...] [--static] [--write] [--seed N] [--json]`.
Runs every profile over Safari Lodge, judged by files and browser: about half a minute a run. Published scores are out of 10
and were given by another judge. With `--static` files alone judge, ours are compared as the share of the points that they can
assess, and where that is less than a third of an action, the rate stays as it was chosen. Each round multiplies a rate by the
ratio of points to be lost to points lost, damped. With `--nominal` rates are first set by the catalogue's own prices of the faults,
without any judging, which takes seconds; runs then show how well that holds. `--write` puts the fitted rates into the data file.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sitegen_tui.actions.base import Fault
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.actions.registry import action as action_of
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.events import StepScored
from sitegen_tui.domain.runs import ExperimentPlan, Pairing, RunPlan
from sitegen_tui.domain.violations import Layer
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.engine.run import run
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.faults.careless import DAMAGE
from sitegen_tui.providers import profiles as data
from sitegen_tui.providers import registry
from sitegen_tui.providers.profiles import Profile
from sitegen_tui.providers.simulated import poisson
from sitegen_tui.services.eyes import SiteEyes

TEMPLATE = "safari-lodge"
LEAST_ASSESSED = 10 / 3
DAMPING = 0.7
BOUNDS = (0.01, 8.0)

STANDS_FOR = {
    "typical": "kimi-k2.5",
    "careful": "claude-haiku-4.5",
    "erratic": "deepseek-v3.2",
    "reckless": "deepseek-r1",
}
PUBLISHED: dict[str, tuple[float, float, float, float]] = {
    "apply-colours": (6.2, 5.8, 6.5, 0.2),
    "swap-fonts": (7.6, 7.0, 6.8, 2.1),
    "replace-header-logo": (8.2, 9.2, 7.4, 4.8),
    "replace-footer-logo": (6.0, 8.6, 4.8, 2.0),
    "replace-favicon": (9.0, 8.8, 8.4, 6.0),
    "replace-hero-bg": (7.3, 6.2, 6.5, 2.8),
    "replace-section-bgs": (7.6, 2.4, 5.5, 3.0),
    "update-hero-text": (7.6, 7.7, 7.2, 1.6),
    "update-about-text": (9.2, 8.8, 8.6, 0.6),
    "update-contact": (7.4, 7.6, 7.0, -1.2),
    "apply-hero-layout": (4.7, 3.2, 2.8, -3.9),
    "apply-sections-layout": (1.6, -3.8, -1.5, -2.5),
    "add-seo-meta": (9.4, 9.6, 9.0, 6.8),
    "add-structured-data": (7.8, 8.8, 7.0, 5.1),
    "add-accessibility": (9.6, 9.8, 9.2, 8.1),
    "verify-contrast": (6.4, 7.8, 5.8, 4.8),
}
"""Mean score of an action in round 1 of "5 Models, 467 Actions" (T. Tseka, 2026), in the order of STANDS_FOR."""
PUBLISHED_SPREAD = {"typical": 20.1, "careful": 13.4, "erratic": 28.9, "reckless": 3.3}

ACTION_IDS = tuple(action.id for action in ACTIONS)


@dataclass
class Outcome:
    """By action: scores as shares of the assessed points, points deducted, assessed points; and each run's total of 160."""

    shares: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    deducted: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    assessed: dict[str, float] = field(default_factory=dict)
    totals: list[float] = field(default_factory=list)


async def outcome_of(profile: str, runs: int, seed: int, layers: tuple[Layer, ...]) -> Outcome:
    requirements = library().default_pack(TEMPLATE)
    plan = ExperimentPlan(
        name="fit",
        models=(f"simulated/{profile}",),
        pairings=(Pairing(template=TEMPLATE, requirements=requirements),),
        repeats=runs,
        actions=ACTION_IDS,
        seed=seed,
        layers=layers,
    )
    workers, eyes = InlineWorkers(), SiteEyes()
    outcome = Outcome()

    async def follow(one: RunPlan) -> None:
        value = possible = 0.0
        stream = run(one, provider=registry.provider(one.model, workers), workers=workers, eyes=eyes)
        async with aclosing(stream):
            async for batch in stream:
                for event in batch.events:
                    if isinstance(event, StepScored):
                        score = event.score
                        value, possible = value + score.value, possible + score.assessed
                        outcome.assessed[event.action] = score.assessed
                        outcome.deducted[event.action].append(score.deducted)
                        if score.assessed:
                            outcome.shares[event.action].append(score.value / score.assessed)
        outcome.totals.append(160 * value / possible)

    try:
        await asyncio.gather(*(follow(one) for one in plan.runs("e1")))
    finally:
        await eyes.close()
    return outcome


def target(profile: str, action: str) -> float:
    return PUBLISHED[action][list(STANDS_FOR).index(profile)] / 10


def refit(profile: str, outcome: Outcome) -> None:
    """Change the profile's rates, in memory, towards the published losses."""
    rates = data.profiles()[profile].faults
    for doing in ACTIONS:
        action = doing.id
        if outcome.assessed.get(action, 0) < LEAST_ASSESSED or not doing.faults:
            continue
        lost = max(0.005, 1 - statistics.mean(outcome.shares[action]))
        wanted = max(0.005, 1 - target(profile, action))
        factor = min(3.0, max(1 / 3, (wanted / lost) ** DAMPING))
        rates[action] = round(min(BOUNDS[1], max(BOUNDS[0], rates[action] * factor)), 3)


def price(fault: Fault, action: str, several: int = 3) -> dict[str, float]:
    """What the catalogue deducts for a fault, by pool, in points; a shared weight is taken to be shared by `several`."""
    found: dict[str, float] = defaultdict(float)
    for name in fault.violations:
        term = catalogue().by_id[name].term(action)
        if term is not None:
            whole = statistics.mean(term.weights.values()) if term.weights else term.points
            found[term.pool] += term.factor * whole / (several if term.shared else 1)
    return found


def expected_loss(profile: Profile, action: str, faults: float, damage: float, steps: int = 600) -> float:
    """Points that a step loses on average when so many faults and so much damage are planted in it."""
    doing, chance, lost = action_of(action), Random(f"{action} {faults:.4f} {damage:.4f}"), 0.0
    caps = {term.pool: term.cap for one in catalogue().violations for term in one.terms if term.action in (None, action)}
    prices = {fault.id: price(fault, action) for fault in (*doing.faults, *DAMAGE)}
    for _ in range(steps):
        factor = exp(profile.spread * chance.gauss(0, 1) - profile.spread**2 / 2)
        pools: dict[str, float] = defaultdict(float)
        for group, rate in ((doing.faults, faults), (DAMAGE, damage)):
            pool = [fault for fault in group if fault.weight * profile.weights.get(fault.id, 1.0) > 0]
            for _ in range(min(poisson(rate * factor, chance), len(pool))):
                weights = [fault.weight * profile.weights.get(fault.id, 1.0) for fault in pool]
                for name, points in prices[pool.pop(chance.choices(range(len(pool)), weights)[0]).id].items():
                    pools[name] = min(caps.get(name, 10.0), pools[name] + points)
        lost += sum(pools.values())
    return lost / steps


def fit_nominal(profile: str) -> None:
    """Set the profile's rates, in memory, so that the catalogue's prices add up to the published losses."""
    found = data.profiles()[profile]
    for action in ACTION_IDS:
        wanted = 10 - 10 * target(profile, action)
        rate = solved(lambda rate, action=action: expected_loss(found, action, rate, found.damage[action]), wanted)
        found.faults[action] = round(rate, 3)
        if rate >= BOUNDS[1] * 0.99:
            # What was to be done can cost ten points at most: the rest is damage.
            more = solved(lambda rate, action=action: expected_loss(found, action, BOUNDS[1] / 2, rate), wanted)
            found.faults[action], found.damage[action] = BOUNDS[1] / 2, round(more, 3)


def solved(loss: Callable[[float], float], wanted: float) -> float:
    """The rate within bounds at which the loss is what is wanted."""
    low, high = BOUNDS
    for _ in range(14):
        middle = (low + high) / 2
        low, high = (middle, high) if loss(middle) < wanted else (low, middle)
    return (low + high) / 2


def written(text: str, profile: str, rates: dict[str, float], damage: dict[str, float]) -> str:
    """The data file with a profile's rates put in, its comments kept."""
    head, name, rest = text.partition(f"  {profile}:\n")
    end = re.search(r"^  \w+:$", rest, re.MULTILINE)
    own, after = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    for action, rate in rates.items():
        # The first entry of an action is that of `faults`; `damage` comes after it.
        own = re.sub(rf"^(      {action}:) .*$", rf"\g<1> {rate}", own, count=1, flags=re.MULTILINE)
    own, mark, beside = own.partition("    damage:\n")
    for action, rate in damage.items():
        beside = re.sub(rf"^(      {action}:) .*$", rf"\g<1> {rate}", beside, count=1, flags=re.MULTILINE)
    own += mark + beside
    return head + name + own + after


def show(profile: str, outcome: Outcome) -> None:
    rates = data.profiles()[profile].faults
    print(f"\nsimulated/{profile}, beside {STANDS_FOR[profile]}: share of assessed points, in tenths; points deducted")
    for action in ACTION_IDS:
        own = [10 * share for share in outcome.shares.get(action, [])]
        figures = f"{statistics.mean(own):6.1f} sd {statistics.pstdev(own):4.1f}" if own else "     -        "
        lost = statistics.mean(outcome.deducted.get(action) or [0.0])
        assessed = outcome.assessed.get(action, 0)
        print(
            f"  {action:22} {figures}   published {10 * target(profile, action):5.1f}   deducted {lost:4.1f}"
            f"   rate {rates[action]:6.3f}{'' if assessed >= LEAST_ASSESSED else '  (not fitted)'}"
        )
    published = sum(10 * target(profile, action) for action in PUBLISHED)
    print(
        f"  total of 160: mean {statistics.mean(outcome.totals):.1f} sd {statistics.stdev(outcome.totals):.1f};"
        f" published actions sum to {published:.1f}, sd {PUBLISHED_SPREAD[profile]}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--profile", action="append", choices=[*STANDS_FOR], help="default: all four")
    parser.add_argument("--nominal", action="store_true", help="set rates by the catalogue's prices first")
    parser.add_argument("--static", action="store_true", help="judge by files alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    layers = (Layer.STATIC,) if options.static else (Layer.STATIC, Layer.RENDERED)
    for profile in options.profile or STANDS_FOR:
        if options.nominal:
            fit_nominal(profile)
        for round_number in range(options.rounds):
            refit(profile, asyncio.run(outcome_of(profile, options.runs, options.seed + round_number, layers)))
        if options.write:
            path = Path(data.__file__).with_name(data.PROFILES_FILE)
            profiles = data.profiles()[profile]
            path.write_text(written(path.read_text("utf-8"), profile, profiles.faults, profiles.damage), "utf-8")
        if not options.runs:
            continue
        # What is shown comes from runs that nothing was fitted to.
        outcome = asyncio.run(outcome_of(profile, options.runs, options.seed + 1000, layers))
        figures[profile] = {
            "totals": outcome.totals,
            "shares": {action: statistics.mean(own) for action, own in outcome.shares.items()},
            "deducted": {action: statistics.mean(own) for action, own in outcome.deducted.items()},
            "assessed": outcome.assessed,
            "faults": data.profiles()[profile].faults,
        }
        if not options.json:
            show(profile, outcome)
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
