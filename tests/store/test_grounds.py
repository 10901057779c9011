"""What a run stands on: the version of its site and of what it was told, in runs, in sums and in older databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

from sitegen_tui.actions import told
from sitegen_tui.actions.told import common_hash
from sitegen_tui.domain.insights import Scope, Site
from sitegen_tui.store import Store
from sitegen_tui.store.migrations import MIGRATIONS
from sitegen_tui.store.samples import site_names


def _play(store: Store, scripted: ModuleType, *, content: str, prompt: str, value: float) -> None:
    _, plans = store.create_experiment(scripted.plan(), created_at=scripted.START)
    for plan in plans:
        items = list(scripted.Script(plan).whole((value,) * 16))
        started = items[0][0].model_copy(update={"content_hash": content, "prompt": prompt})
        events = [started, *(event for event, _ in items[1:])]
        store.append(events, {sha: text for _, more in items for sha, text in more.items()})


def test_other_words_and_other_versions_are_sums_of_their_own(store: Store, scripted: ModuleType, heat: Any) -> None:
    _play(store, scripted, content="c1", prompt="p1", value=4.0)
    _play(store, scripted, content="c2", prompt="p1", value=5.0)
    _play(store, scripted, content="c2", prompt="p2", value=6.0)
    groups = {group.conditions.prompt: group for group in store.samples.groups(Scope())}
    assert {prompt: group.complete for prompt, group in groups.items()} == {"p1": 4, "p2": 2}
    cells = store.samples.cells(Scope(models=("one",), actions=("swap-fonts",)), groups["p1"].conditions)
    assert {(cell.site.content, cell.sums.mean) for cell in cells} == {("c1", 4.0), ("c2", 5.0)}
    assert {(cell.conditions.prompt, cell.mean, cell.n) for cell in heat(store) if cell.action == "swap-fonts"} == {
        ("p1", 4.5, 2),
        ("p2", 6.0, 1),
    }
    complete = {(prompt, store.samples.totals(Scope(), group.conditions)["one"].complete) for prompt, group in groups.items()}
    assert complete == {("p1", 2), ("p2", 1)}
    assert store.verify() == []


def test_an_older_database_gets_its_versions_from_its_events_and_no_words(scripted: ModuleType, path: Path) -> None:
    with Store.open(path) as store:
        _play(store, scripted, content="c1", prompt="", value=4.0)
        kept = store.connections.conn.execute("SELECT * FROM sums ORDER BY 1, 2, 3").fetchall()
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("DROP INDEX idx_runs_twin")
        conn.execute("DROP TABLE twins")
        conn.execute("ALTER TABLE steps DROP COLUMN output")
        for column in ("content", "prompt", "fork", "settings", "twin"):
            conn.execute(f"ALTER TABLE runs DROP COLUMN {column}")
        conn.execute("DELETE FROM sums")
        for table in ("loss_sums", "run_scores", "run_attempts"):
            conn.execute(f"DROP TABLE {table}")
        names = "'m008_grounds', 'm009_forks', 'm011_losses', 'm012_profiles', 'm016_twins', 'm017_several'"
        conn.execute(f"DELETE FROM _sqlite_migrations WHERE name IN ({names})")
        conn.execute(f"PRAGMA user_version = {[one.__name__ for one in MIGRATIONS].index('m008_grounds')}")
    with Store.open(path) as store:
        (group,) = store.samples.groups(Scope())
        assert (group.conditions.prompt, group.complete) == ("", 2)
        assert {run.content for run in store.samples.runs(Scope(), group.conditions)} == {"c1"}
        assert store.connections.conn.execute("SELECT * FROM sums ORDER BY 1, 2, 3").fetchall() == kept
        assert store.verify() == []


def test_sites_are_named_as_shortly_as_tells_them_apart() -> None:
    plain, books = Site("safari", "lodge", "aaaa1111"), Site("blank", "books", "bbbb1111")
    assert site_names(frozenset({plain, books})) == {plain: "safari", books: "blank"}
    near = Site("safari", "lodge", "aaaa1222")
    other = Site("blank", "bakery", "cccc1111")
    assert site_names(frozenset({plain, near, books, other})) == {
        plain: "safari~aaaa11",
        near: "safari~aaaa12",
        books: "blank+books",
        other: "blank+bakery",
    }


def test_the_hash_of_what_models_are_told_changes_with_any_word_of_it(monkeypatch) -> None:
    before = common_hash()
    assert before == common_hash.__wrapped__()
    build, repair = told.build_messages, told.repair_prompt
    monkeypatch.setattr(told, "repair_prompt", lambda *given: repair(*given) + " Please.")
    after_repair = common_hash.__wrapped__()
    monkeypatch.setattr(told, "repair_prompt", repair)

    def politer(action, *given):
        system, user = build(action, *given)
        return (system, user.model_copy(update={"content": user.content + ("!" if action.number == 16 else "")}))

    monkeypatch.setattr(told, "build_messages", politer)
    assert len({before, after_repair, common_hash.__wrapped__()}) == 3
