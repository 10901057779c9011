"""What is counted apart and what is counted once: a model by its settings, and runs that are earlier ones again."""

import statistics
from contextlib import closing
from sqlite3 import connect

import pytest

from sitegen_tui.domain.events import AttemptFinished, OverrideRecorded, StepScored
from sitegen_tui.domain.insights import Scope, StepsWanted, model_of
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.services.insights.guard import settings
from sitegen_tui.services.insights.routing import policy_of
from sitegen_tui.services.insights.samples import behind, load, sampled
from sitegen_tui.store import Store
from sitegen_tui.store.contestants import Contestants
from sitegen_tui.store.migrations import MIGRATIONS

SITES = (Pairing(template="safari", requirements="lodge"), Pairing(template="blank", requirements="books"))
COLD = {"model": "kimi", "stream": True, "temperature": 0, "max_tokens": 16384}
WARM = {**COLD, "temperature": 0.7}
VIEWS = ("results", "heatmap", "gap", "difficulty", "templates", "variance", "violations", "cost", "routing")


@pytest.fixture
def store(db):
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def play(store, scripted):
    """Runs an experiment; `asked` are the settings of requests, or one by step, and `outputs` what decides about outputs."""

    def run(*, asked=None, outputs=0, shift=0.0, steps=16, **changes):
        changes = {"actions": ACTION_IDS, "pairings": SITES, **changes}
        _, plans = store.create_experiment(
            scripted.plan(changes.pop("models", ("kimi", "other")), **changes), created_at=scripted.START
        )
        for at, plan in enumerate(plans):
            script = scripted.Script(plan, seed=outputs + at)
            event, blobs = script.started()
            items = [(event.model_copy(update={"content_hash": plan.pairing.template}), blobs)]
            for step in range(1, steps + 1):
                for event, more in script.step(step):
                    if isinstance(event, StepScored):
                        event = event.model_copy(update={"score": scripted.score((at * 7 + step * 5) % 23 * 0.5 - 2 + shift)})
                    elif isinstance(event, AttemptFinished) and plan.model == "kimi":
                        told = (asked(step) if callable(asked) else asked) or {}
                        event = event.model_copy(update={"attempt": event.attempt.model_copy(update={"settings": told})})
                    items.append((event, more))
            if steps == 16:
                items.append(script.finished())
            store.append([event for event, _ in items], {sha: text for _, more in items for sha, text in more.items()})
        return [plan.run_id for plan in plans]

    return run


def test_a_model_with_other_settings_is_another_contestant(store, play):
    play(asked=COLD, seed=1)
    play(asked=WARM, seed=2, outputs=50, shift=1.0)
    view = load(store, "results", Scope(), {})
    means = {row.model: (row.complete, row.mean) for row in view.models}
    assert means.keys() == {"kimi (temperature 0)", "kimi (temperature 0.7)", "other"}
    assert means["kimi (temperature 0)"][0] == 2
    assert means["kimi (temperature 0.7)"][1] - means["kimi (temperature 0)"][1] == pytest.approx(16.0)
    assert means["other"][0] == 4
    assert view.apart == ("kimi: temperature 0 against 0.7",)
    assert "kimi: temperature 0 against 0.7" in settings(view)
    assert {model_of(name) for name in means} == {"kimi", "other"}
    heat = load(store, "heatmap", Scope(), {})
    assert {cell.n for cell in heat.by_action if cell.model != "other"} == {2}
    assert store.verify() == []


def test_a_contestant_opens_down_to_its_own_steps_and_can_be_asked_for(store, play):
    play(asked=COLD, seed=1)
    play(asked=WARM, seed=2, outputs=50)
    name = "kimi (temperature 0.7)"
    page = behind(store, StepsWanted(model=name))
    assert (page.total, {step.model for step in page.steps}) == (32, {name})
    assert {step.run_id.split(".")[0] for step in page.steps} == {"e2"}
    assert behind(store, StepsWanted(model=name, violation="html.broken")).total == 32
    assert behind(store, StepsWanted(model="kimi")).total == 64
    for models, runs in (((name,), 2), (("kimi",), 4), ((name, "other"), 6), (("kimi (temperature 9)",), 0)):
        found = sampled(store, Scope(models=models)).samples
        assert len(found.runs if found else ()) == runs
    for view in VIEWS:
        assert name in load(store, view, Scope(models=(name, "other")), {}).model_dump_json()


def test_seeds_and_what_every_request_says_are_no_settings(store, play):
    play(asked={**COLD, "seed": 1, "usage": {"include": True}}, seed=1)
    play(asked={**COLD, "seed": 2}, seed=2, outputs=50)
    view = load(store, "results", Scope(), {})
    assert ({row.model for row in view.models}, view.apart) == ({"kimi", "other"}, ())


def test_a_run_that_went_on_with_other_settings_is_counted_with_neither(store, play):
    play(asked=COLD, seed=1)
    play(asked=lambda step: COLD if step < 9 else WARM, seed=2, outputs=50)
    view = load(store, "heatmap", Scope(), {})
    assert set(view.models) == {"kimi (temperature 0)", "kimi (temperature 0, then 0.7)", "other"}
    assert {cell.n for cell in view.by_action if cell.model.startswith("kimi")} == {2}
    assert store.verify() == []


def test_settings_that_nobody_noted_are_not_taken_for_any_others(store, play):
    play(seed=1)
    play(asked=COLD, seed=2, outputs=50)
    names = {row.model for row in load(store, "results", Scope(), {}).models}
    assert names == {"kimi (settings not noted)", "kimi (max_tokens 16384, temperature 0)", "other"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (('{"temperature":0}', '{"temperature":0.7}'), ("kimi: temperature 0 against 0.7",)),
        (('{"temperature":0}', "{}"), ("kimi: temperature 0 against no temperature",)),
        (('{"a":1,"b":2}', '{"a":1,"b":3}', '{"a":1,"b":4}'), ("kimi: b 2 against 3 against 4",)),
        (('{"a":1,"b":2}', '{"a":2,"b":3}'), ("kimi: a 1, b 2 against a 2, b 3",)),
        (('{"command":["my","agent"]}', '{"command":["my","other"]}'), ("kimi: command my agent against my other",)),
        (('{"a":1}', ""), ("kimi: a 1 against settings not noted",)),
        (('{"a":1}',), ()),
    ],
)
def test_differences_of_settings_are_said_in_words(told, words):
    known = Contestants([("kimi", one) for one in told])
    names = [known.name("kimi", one) for one in told]
    assert len(set(names)) == len(told)
    assert known.apart(names) == words


def test_a_run_that_is_an_earlier_one_again_counts_once_everywhere(store, play):
    play(repeats=2, seed=3)
    once = {name: load(store, name, Scope(), {}) for name in VIEWS}
    again = play(repeats=2, seed=3)
    for name, before in once.items():
        view = load(store, name, Scope(), {})
        assert view.repeated == len(again) == 8
        assert view.left_out == ("8 runs that are earlier ones again, with the same seed and the same outputs",)
        changed = {"repeated", "left_out"}
        assert view.model_dump(exclude=changed) == before.model_dump(exclude=changed), name
    assert behind(store, StepsWanted()).total == 8 * 16
    assert behind(store, StepsWanted(violation="html.broken")).total == 8 * 16
    alone = load(store, "results", Scope(experiments=("e2",)), {})
    assert (alone.repeated, sum(row.complete for row in alone.models)) == (0, 8)
    assert store.verify() == []


@pytest.mark.parametrize("changes", [{"seed": 4}, {"outputs": 50}, {"shift": 0.5}, {"asked": WARM}, {"mode": "isolated"}])
def test_runs_that_differ_in_anything_are_counted_each(store, play, changes):
    play(seed=3)
    play(**{"seed": 3, **changes})
    frame = sampled(store, Scope(models=("kimi",))).frame
    assert (frame.repeated, sum(group.runs for group in frame.groups)) == (0, 4)


def test_repeats_of_one_experiment_are_runs_of_their_own_even_where_they_come_out_alike(store, play, scripted):
    play(repeats=3, models=("other",), pairings=SITES[:1])
    view = load(store, "results", Scope(), {})
    assert (view.models[0].complete, view.repeated) == (3, 0)


def test_what_is_left_out_depends_on_what_is_asked_about(store, play):
    for _ in range(3):
        play(seed=3, pairings=SITES[:1])
    for experiments, repeated in ((("e2", "e3"), 2), (("e3",), 0), ((), 4)):
        view = load(store, "heatmap", Scope(experiments=experiments), {})
        assert (view.repeated, {cell.n for cell in view.by_action}) == (repeated, {1})


def test_a_run_on_which_people_decided_otherwise_is_no_repeat(store, play, scripted):
    first = play(seed=3, models=("other",), pairings=SITES[:1])
    (run_id,) = play(seed=3, models=("other",), pairings=SITES[:1])
    last = store.events(run_id)[-1]
    said = {"run_id": run_id, "seq": last.seq + 1, "at": last.at, "step": 2, "author": "ann", "reason": "seen"}
    store.append([OverrideRecorded(**said, value=-7.0)])
    view = load(store, "heatmap", Scope(), {})
    cell = view.cells("action")[ACTION_IDS[1], "other"]
    values = [store.steps(one)[1].value for one in (*first, run_id)]
    assert (view.repeated, cell.n, cell.minimum, cell.mean) == (0, 2, -7.0, pytest.approx(statistics.fmean(values)))
    store.append([OverrideRecorded(**{**said, "seq": last.seq + 2}, value=None)])
    assert load(store, "heatmap", Scope(), {}).repeated == 1
    assert store.verify() == []


def test_an_unfinished_run_is_no_repeat(store, play):
    play(seed=3)
    play(seed=3, steps=9)
    assert sampled(store, Scope()).frame.repeated == 0


def test_an_older_database_learns_settings_and_repeats_from_its_events(db, play, store):
    play(asked=COLD, seed=1)
    play(asked=WARM, seed=1, outputs=50)
    play(asked=COLD, seed=1)
    before = load(store, "heatmap", Scope(), {})
    store.close()
    with closing(connect(db)) as conn, conn:
        conn.execute("DROP INDEX idx_runs_twin")
        conn.execute("DROP TABLE twins")
        conn.execute("ALTER TABLE steps DROP COLUMN output")
        for column in ("settings", "twin"):
            conn.execute(f"ALTER TABLE runs DROP COLUMN {column}")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name IN ('m016_twins', 'm017_several')")
        conn.execute(f"PRAGMA user_version = {[one.__name__ for one in MIGRATIONS].index('m016_twins')}")
    with Store.open(db) as again:
        assert again.verify() == []
        view = load(again, "heatmap", Scope(), {})
        assert (view, view.repeated) == (before, 4)
        assert view.apart == ("kimi: temperature 0 against 0.7",)


def test_two_experiments_are_compared_by_model_and_say_how_settings_differ(store, play):
    play(asked=COLD, seed=1)
    play(asked=WARM, seed=2, outputs=50, shift=1.0)
    view = load(store, "compare", Scope(), {"first": "e1", "second": "e2"})
    assert "kimi: temperature 0 against 0.7" in view.differing
    assert (view.total.change, len(view.runs_first), len(view.runs_second)) == (pytest.approx(16.0), 4, 4)
    view = load(store, "compare", Scope(), {"first": "kimi (temperature 0)", "second": "kimi (temperature 0.7)"})
    assert (view.total.change, view.apart) == (pytest.approx(16.0), ())


def test_what_runs_next_and_policies_name_models(store, play):
    play(asked=COLD, seed=1, repeats=2)
    play(asked=WARM, seed=2, outputs=50, repeats=2)
    view = load(store, "power", Scope(), {"difference": 2.0})
    assert {model for block in view.blocks for model in block.models} <= {"kimi", "other"}
    assert view.blocks
    policy = policy_of(load(store, "routing", Scope(), {"saves": "latency"}), "2026-11-30")
    assert set(policy.choices.values()) <= {"kimi", "other"}
