"""`sitegen judge gold`: a table, JSON, and an exit status that says whether the content holds."""

import shutil

import pytest

from sitegen_tui.content.shelf import library, open_shelf
from tests.cli.conftest import ROOT

BLANK = ("judge", "gold", "-t", "blank-site", "--requirements", "harbour-books-01", "--files-alone")


def test_gold_is_a_table_for_people(sitegen, db):
    told = sitegen(*BLANK)
    assert told.status == 0, told.out
    assert "files alone were judged" in told.out
    head, row = told.out.splitlines()[1:3]
    assert head.split()[:5] == ["template", "requirements", "tier", "gold", "of"]
    cells = row.split()
    assert cells[:3] == ["blank-site", "harbour-books-01", "1"]
    assert cells[3] == cells[4]
    assert cells[5] == "0"
    assert not db.exists(), "nothing is stored"


def test_what_does_not_hold_is_listed_with_its_place_and_fails(sitegen, tmp_path):
    for kind, name in (("templates", "blank-site"), ("requirements", "harbour-books-01")):
        shutil.copytree(ROOT / kind / name, tmp_path / kind / name)
    manifest = tmp_path / "templates" / "blank-site" / "template.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("hero-headline: ", "hero-headline: .nowhere "), "utf-8")
    open_shelf((tmp_path,))
    try:
        told = sitegen(*BLANK, "--json")
        assert told.status == 1
        (pair,) = told.json["pairs"]
        assert not pair["holds"]
        assert not told.json["holds"]
        found = {one["finding"]["violation"] for one in pair["findings"]}
        assert "text.missing" in found
        said = sitegen(*BLANK)
        assert said.status == 1
        assert "blank-site/harbour-books-01: update-hero-text: " in said.out
        assert "1 of 1 pairs do not hold" in said.err
    finally:
        open_shelf(())
    assert "blank-site" in library().template_ids()


@pytest.mark.parametrize("flags", [("-t", "nowhere"), ("--requirements", "nobody"), ("--renders", 0)])
def test_what_is_not_there_is_wrong_use(sitegen, flags):
    told = sitegen("judge", "gold", "--files-alone", *flags)
    assert told.status == 2
    assert told.err.startswith("error: ")
