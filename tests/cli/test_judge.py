import pytest

from sitegen_tui.actions import registry
from sitegen_tui.store import Store

ONE = ("--id", "regress.link-broken", "--grade", "subtle", "-t", "blank-site", "--sample", 2, "--files-alone")


def test_an_audit_tells_recall_and_precision(sitegen, db):
    told = sitegen("judge", "audit", *ONE, "--json")
    assert told.status == 0
    assert (told.json["recall"], told.json["precision"]) == (1.0, 1.0)
    (row,) = told.json["rows"]
    assert (row["violation"], row["recall"]["hits"], row["recall"]["n"]) == ("regress.link-broken", 2, 2)
    assert 0.3 < row["recall"]["low"] < 0.4
    assert row["by_grade"]["subtle"]["value"] == 1.0
    assert told.json["layers"] == ["static"]
    with Store.open(db, read_only=True) as store:
        stored = store.last_audit()
    assert stored is not None
    assert stored.overall.recall.n == 2


def test_an_audit_is_a_table_for_people(sitegen):
    told = sitegen("judge", "audit", *ONE)
    assert told.status == 0
    assert "regress.link-broken" in told.out
    assert "files alone were judged" in told.out


def test_a_fault_that_is_missed_fails_the_command_and_is_named(sitegen, monkeypatch):
    from dataclasses import replace

    from sitegen_tui.engine.pool import InlineWorkers
    from sitegen_tui.services import root

    # Processes would load the sound check again.
    monkeypatch.setattr(root, "ProcessPool", lambda *_, **__: InlineWorkers())
    deaf = replace(registry.action("add-seo-meta"), checks=(lambda step: (),))
    monkeypatch.setitem(registry._BY_ID, "add-seo-meta", deaf)
    flags = ("--id", "seo.title-wrong", "--sample", 1, "--files-alone")
    told = sitegen("judge", "audit", *flags, "--json")
    assert told.status == 1
    assert told.json["recall"] == 0.0
    (wrong,) = told.json["wrong"]
    assert wrong["missed"] == ["seo.title-wrong"]
    assert wrong["key"].startswith("single/")
    assert wrong["places"][0].startswith("index.html:")
    assert "missed seo.title-wrong" in sitegen("judge", "audit", *flags).out


@pytest.mark.parametrize("flags", [("--id", "html.burnt"), ("-t", "nowhere"), ("--grade", "huge"), ("--sample", 0)])
def test_what_cannot_be_audited_is_wrong_use(sitegen, flags):
    told = sitegen("judge", "audit", *flags)
    assert told.status == 2
    assert told.err.startswith("error: ")
