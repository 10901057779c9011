"""`sitegen judge check`: two folders that no run made, judged like a step."""

from __future__ import annotations

import shutil

import pytest

from sitegen_tui.content.shelf import library
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.engine.tasks import gold_after, gold_before

PAIRING = Pairing(template="blank-site", requirements="harbour-books-01")
ACTION = "update-hero-text"
FLAGS = ("--action", ACTION, "--requirements", PAIRING.requirements, "--judges", "static")


@pytest.fixture
def folders(tmp_path):
    """A site before and after the reference edit, whole, on disk."""
    shelf = library()
    files = shelf.start_files(shelf.template(PAIRING.template), shelf.pack(PAIRING.requirements))
    for name, texts in (("before", gold_before(PAIRING, ACTION)), ("after", gold_after(PAIRING, ACTION))):
        for path, content in (files | {path: text.encode() for path, text in texts.items()}).items():
            place = tmp_path / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    return tmp_path / "before", tmp_path / "after"


def ids(told):
    return {finding["finding"]["violation"] for finding in told.json["findings"]}


def test_a_good_edit_has_no_finding(sitegen, folders):
    told = sitegen("judge", "check", *folders, *FLAGS, "--json", database=False)
    assert told.status == 0, told.err
    assert told.json["score"]["value"] == told.json["score"]["assessed"]
    assert told.json["findings"] == []


def test_with_a_browser_the_score_is_out_of_ten(sitegen, folders, look):
    told = sitegen("judge", "check", *folders, *FLAGS[:-2], "--json", database=False)
    assert (told.json["score"]["value"], told.json["score"]["layers"]) == (10.0, ["static", "rendered"]), told.json["findings"]


def test_what_is_wrong_is_told_with_line_and_rule(sitegen, folders):
    page = folders[1] / "index.html"
    headline = library().pack(PAIRING.requirements).requirements.content.hero.headline
    page.write_text(page.read_text().replace(headline, "Welcome"))
    told = sitegen("judge", "check", *folders, *FLAGS, database=False)
    assert "text.not-verbatim" in told.out
    assert "at index.html:" in told.out
    assert "rule: " in told.out


def test_nothing_done_earns_next_to_nothing(sitegen, folders):
    told = sitegen("judge", "check", folders[0], folders[0], *FLAGS, "--json", database=False)
    assert 0 <= told.json["score"]["value"] <= 2


def test_a_picture_that_is_gone_or_altered_is_charged(sitegen, folders):
    pictures = sorted(path for path in (folders[1] / "assets").rglob("*") if path.suffix in (".jpg", ".png", ".svg"))
    pictures[0].write_bytes(pictures[0].read_bytes() + b" ")
    assert "assets.deleted" in ids(sitegen("judge", "check", *folders, *FLAGS, "--json", database=False))
    shutil.rmtree(folders[1] / "assets")
    assert ids(sitegen("judge", "check", *folders, *FLAGS, "--json", database=False)) & {"assets.deleted", "assets.not-found"}


def test_a_score_below_what_is_asked_ends_with_1(sitegen, folders):
    assert sitegen("judge", "check", folders[0], folders[0], *FLAGS, "--at-least", 5, database=False).status == 1
    assert sitegen("judge", "check", *folders, *FLAGS, "--at-least", 5, database=False).status == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("nowhere",), "no folder"),
        (("--action", "update-hero"), "update-hero-text"),
        (("--action", "1-3"), "3 actions"),
        (("--requirements", "harbour"), "harbour-books-01"),
        (("--template", "blank"), "blank-site"),
    ],
)
def test_wrong_use_is_told(sitegen, folders, tmp_path, change, said):
    places = (tmp_path / "nowhere", folders[1]) if change == ("nowhere",) else folders
    told = sitegen("judge", "check", *places, *FLAGS, *(change if len(change) > 1 else ()), database=False)
    assert (told.status, told.out) == (2, "")
    assert said in told.err


def test_a_link_out_of_the_folder_is_not_followed(sitegen, folders, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("body { color: red }")
    sheet = folders[1] / "css" / "styles.css"
    sheet.unlink()
    sheet.symlink_to(secret)
    told = sitegen("judge", "check", *folders, *FLAGS, "--json", database=False)
    assert told.status == 0
    assert told.json["score"]["value"] < 10
