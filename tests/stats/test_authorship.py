"""Authors are told apart where their texts differ and not where they do not, as scikit-learn's classifier does."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from sklearn.naive_bayes import MultinomialNB

from sitegen_tui.stats.authorship import SMOOTHING, gram_counts, guessed, predicted
from sitegen_tui.stats.families import Deducted, family_interaction

WORDS = "margin padding colour hero section card grid gap width height font weight image overlay".split()  # noqa: SIM905


def written(author: str, count: int, chance: Random, *, habit: bool) -> list[str]:
    texts = []
    for _ in range(count):
        lines = [f"  {chance.choice(WORDS)}: {chance.randint(1, 90)}px;" for _ in range(12)]
        if habit:
            lines = [f"/* {author} was here */", *lines] if author == "a" else [line.replace("  ", "\t") for line in lines]
        texts.append("\n".join(lines))
    return texts


def made(seed: int, *, habit: bool) -> tuple[list[str], list[str], list[str]]:
    chance = Random(seed)
    texts = [text for author in "ab" for text in written(author, 40, chance, habit=habit)]
    return texts, ["a"] * 40 + ["b"] * 40, [f"g{at % 8}" for at in range(80)]


def test_habits_give_authors_away() -> None:
    found = guessed(*made(1, habit=True))
    assert (found.n, found.authors, found.chance) == (80, 2, 0.5)
    assert found.accuracy == 1.0
    assert found.above_chance


def test_texts_of_the_same_kind_are_guessed_by_chance_alone() -> None:
    above = sum(bool(guessed(*made(seed, habit=False)).above_chance) for seed in range(40))
    assert above <= 5


def test_the_classifier_predicts_what_scikit_learn_predicts() -> None:
    texts, authors, _ = made(3, habit=False)
    counts = np.stack([gram_counts(text) for text in texts])
    who = np.array([author == "b" for author in authors], dtype=np.int64)
    train = np.arange(len(texts)) % 3 != 0
    oracle = MultinomialNB(alpha=SMOOTHING).fit(counts[train], who[train])
    assert predicted(counts[train], who[train], counts[~train], 2).tolist() == oracle.predict(counts[~train]).tolist()


def test_nothing_is_guessed_of_one_author_or_of_one_group() -> None:
    assert guessed(["x", "y"], ["a", "a"], ["1", "2"]).accuracy is None
    assert guessed(["x", "y"], ["a", "b"], ["1", "1"]).above_chance is None
    with pytest.raises(ValueError, match="an author and a group"):
        guessed(["x"], [], [])


def told(chance: Random, favour: float, runs: int = 60) -> list[Deducted]:
    found = []
    for at in range(runs):
        family = "red" if at % 2 else "blue"
        bad = chance.gauss(20, 5)
        for judge in ("red", "blue"):
            kind = favour if judge == family == "red" else 0.0
            found.append(Deducted(judge, family, f"r{at}", bad + chance.gauss(2 if judge == "red" else 0, 1) - kind))
    return found


def test_a_judge_that_spares_its_own_family_is_found_out_whatever_its_severity() -> None:
    rows = {row.family: row for row in family_interaction(told(Random(5), favour=3.0))}
    assert (rows["red"].own_runs, rows["red"].other_runs) == (30, 30)
    assert rows["red"].low is not None
    assert rows["red"].low > 0
    assert rows["red"].points == pytest.approx(3.0, abs=0.8)


def test_the_interval_of_a_fair_judge_holds_nothing_at_the_rate_it_says() -> None:
    holds = 0
    for seed in range(200):
        row = family_interaction(told(Random(seed), favour=0.0, runs=20))[0]
        assert row.low is not None
        assert row.high is not None
        holds += row.low <= 0 <= row.high
    assert 180 <= holds <= 199


def test_without_runs_of_both_kinds_there_is_no_interaction() -> None:
    rows = family_interaction([Deducted("red", "red", "r1", 3.0), Deducted("blue", "red", "r1", 4.0)])
    assert [(row.family, row.points) for row in rows] == [("blue", None), ("red", None)]


def test_runs_that_are_all_alike_have_no_interval() -> None:
    found = [
        Deducted(judge, family, f"{family}{at}", 3.0 if judge == family else 4.0)
        for family in ("red", "blue")
        for at in range(3)
        for judge in ("red", "blue")
    ]
    assert [(row.points, row.low, row.high) for row in family_interaction(found)] == [(2.0, None, None)] * 2
