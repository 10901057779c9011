"""Drawing steps to be labelled: by strata, with known probabilities, so that what is counted can be weighted by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from random import Random

from sitegen_tui.domain.labels import Candidate, Chosen, Draw, QueuedItem
from sitegen_tui.stats.calibration import inclusion, queue

OVERLAP = 30
"""Items that a further rater shares with those before, so that agreement between people can be measured."""


def systematic(inclusions: Sequence[float], chance: Random) -> list[int]:
    """Indexes drawn so that each is drawn with exactly its probability, and as many in all as these add up to (a whole number)."""
    point = chance.random()
    total = 0.0
    drawn: list[int] = []
    for index, one in enumerate(inclusions):
        total += one
        # Sums of fractions miss whole numbers by a hair: the last one must not fall through.
        if total > point + len(drawn) + 1e-12 and one > 0:
            drawn.append(index)
    return drawn


def plan_draw(
    candidates: Sequence[Candidate],
    items: Sequence[QueuedItem],
    earlier: Mapping[str, float],
    labels: Mapping[str, int],
    *,
    rater: str,
    wanted: int,
    seed: int,
) -> Draw | None:
    """What `rater` is to label besides what he has: up to `wanted` more; None where nothing is left.

    Of these as many as are missing to `OVERLAP` are what other raters were given, drawn evenly; the rest is drawn from what
    nobody has, half evenly within its stratum and half in proportion to how much its judges differ and how few labels its
    stratum has (`labels` counts them by stratum). `pi` of an item is the probability of having been drawn by now; `earlier` is
    that of having been drawn before, by `run/step`.
    """
    chance = Random(f"{seed}/{rater}")
    own = {item.key for item in items if item.rater == rater}
    others = {item.key: item for item in items if item.rater != rater}
    shared = sum(1 for key in own if key in others)
    known = {one.key for one in candidates}
    open_others = [item for key, item in sorted(others.items()) if key not in own and key in known]
    again = min(wanted, max(0, OVERLAP - shared), len(open_others))
    chosen = [Chosen(item.run_id, item.step, item.action, item.stratum, item.pi) for item in chance.sample(open_others, again)]
    # Neighbours in a systematic draw exclude each other: by strata, which spreads it, and by chance within them.
    fresh = [one for one in candidates if one.key not in own and one.key not in others]
    fresh.sort(key=lambda one: (one.stratum, chance.random()))
    more = min(wanted - again, len(fresh))
    chances: dict[str, float] = {}
    if more:
        found = _chances(fresh, labels, more)
        chances = {one.key: pi for one, pi in zip(fresh, found, strict=True)}
        for index in systematic(found, chance):
            one = fresh[index]
            # What was passed over before had a chance then, too.
            pi = 1 - (1 - earlier.get(one.key, 0.0)) * (1 - found[index])
            chosen.append(Chosen(one.run_id, one.step, one.action, one.stratum, pi))
    if not chosen:
        return None
    chance.shuffle(chosen)
    return Draw(seed=seed, wanted=wanted, chosen=tuple(chosen), chances=chances)


def _chances(fresh: Sequence[Candidate], labels: Mapping[str, int], wanted: int) -> list[float]:
    urgency = [one.disagreement + 1 / max(1, labels.get(one.stratum, 0)) for one in fresh]
    return inclusion(queue([one.stratum for one in fresh], urgency), wanted)


def labelled_probabilities(
    items: Sequence[QueuedItem], draws: Sequence[Mapping[str, float]], labelled: Collection[str], strata: Mapping[str, str]
) -> dict[str, float]:
    """For everything that could ever be drawn the probability of having been labelled by now, by `run/step`.

    `draws` holds the chances of each draw, the first one first; of what a draw gave, the labelled share counts, since queues are in
    random order. What was drawn before a later draw would have had its stratum's mean chance there (`strata` by `run/step`).
    """
    first: dict[str, int] = {}
    for item in items:
        if item.draw <= len(draws) and item.key in draws[item.draw - 1]:
            first[item.key] = item.draw
    missed: dict[str, float] = {}
    for number, chances in enumerate(draws, 1):
        given = [key for key, draw in first.items() if draw == number]
        done = sum(1 for key in given if key in labelled) / len(given) if given else 0.0
        means: dict[str, list[float]] = defaultdict(list)
        for key, chance in chances.items():
            means[strata.get(key, "")].append(chance)
            missed[key] = missed.get(key, 1.0) * (1 - chance * done)
        for key, draw in first.items():
            alike = means.get(strata.get(key, ""), [])
            if draw < number and alike:
                missed[key] *= 1 - sum(alike) / len(alike) * done
    return {key: 1 - one for key, one in missed.items()}
