"""The shelf: what is found where, what is refused, and the hash that is kept with a run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from sitegen_tui.content import library as library_module
from sitegen_tui.content.library import Library, shipped_root
from sitegen_tui.content.tree import MAX_FILE_BYTES
from sitegen_tui.errors import ContentError, UnknownName


def test_a_template_and_a_pack_are_read_whole(shelf: Any) -> None:
    template, pack = shelf.library.template("kiosk"), shelf.library.pack("stall-01")
    assert template.manifest.name == "Kiosk"
    assert {"index.html", "css/styles.css", "js/main.js", "assets/logo.svg"} < set(template.files)
    assert "template.yaml" not in template.files
    assert pack.requirements.business.name == "Green Stall"
    assert all(path.startswith("assets/new/") for path in pack.assets)
    start = shelf.library.start_files(template, pack)
    assert start == {**template.files, **pack.assets}


def test_content_is_read_once(shelf: Any) -> None:
    library = shelf.library
    assert library.template("kiosk") is library.template("kiosk")
    assert library.pack("stall-01") is library.pack("stall-01")


def test_packs_are_found_by_their_template(shelf: Any) -> None:
    library = shelf.library
    assert library.packs_for("kiosk") == ("stall-01",)
    assert library.default_pack("kiosk") == "stall-01"
    assert library.packs_for("other") == ()
    shelf.spoil(shelf.pack / "requirements.yaml", "template: kiosk", "template: other")
    with pytest.raises(UnknownName) as caught:
        shelf.library.default_pack("kiosk")
    assert "with template: kiosk" in caught.value.hint


def test_a_brief_that_is_added_later_does_not_become_the_first(shelf: Any) -> None:
    for name in ("anchor-02", "anchor-10", "bloom"):
        folder = shelf.pack.with_name(name)
        shutil.copytree(shelf.pack, folder)
        shelf.spoil(folder / "requirements.yaml", "id: stall-01", f"id: {name}")
    assert shelf.library.packs_for("kiosk") == ("stall-01", "anchor-02", "anchor-10", "bloom")
    assert shelf.library.default_pack("kiosk") == "stall-01"


def test_an_unknown_name_suggests_a_near_one(shelf: Any) -> None:
    with pytest.raises(UnknownName) as caught:
        shelf.library.template("kiosck")
    assert caught.value.hint == "did you mean kiosk?"
    with pytest.raises(UnknownName):
        shelf.library.pack("../requirements/stall-01")


def test_the_working_directory_comes_before_what_ships(shelf: Any) -> None:
    shipped = Library.default(Path("/"))
    taken = shipped.template_ids()[0]
    shutil.copytree(shelf.template, shelf.root / "templates" / taken)
    shelf.spoil(shelf.root / "templates" / taken / "template.yaml", "id: kiosk", f"id: {taken}")
    library = Library.default(shelf.root)
    assert library.roots == (shelf.root.resolve(), shipped_root())
    assert library.template(taken).manifest.name == "Kiosk"
    assert set(library.template_ids()) == {"kiosk", *shipped.template_ids()}


def test_an_installed_program_brings_its_content_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "sitegen_tui"
    (package / "_content").mkdir(parents=True)
    monkeypatch.setattr(library_module.sitegen_tui, "__file__", str(package / "__init__.py"))
    assert shipped_root() == package / "_content"
    (package / "_content").rmdir()
    assert shipped_root() == package.parent


def test_every_byte_counts_in_the_hash(shelf: Any) -> None:
    before = shelf.library.content_hash("kiosk", "stall-01")
    assert shelf.library.content_hash("kiosk", "stall-01") == before
    seen = {before}
    for path in (
        shelf.template / "template.yaml",
        shelf.template / "js/main.js",
        shelf.pack / "requirements.yaml",
        shelf.pack / "assets/new/dark.svg",
    ):
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(shelf.library.content_hash("kiosk", "stall-01"))
    (shelf.template / "js/main.js").rename(shelf.template / "js/other.js")
    (shelf.template / "js/main.js").write_bytes(b"")
    seen.add(shelf.library.content_hash("kiosk", "stall-01"))
    assert len(seen) == 6


def test_a_broken_manifest_lists_what_is_wrong(shelf: Any) -> None:
    shelf.spoil(shelf.template / "template.yaml", "tier: 2", "tier: 9")
    shelf.spoil(shelf.template / "template.yaml", "trade:", "trad:")
    with pytest.raises(ContentError) as caught:
        shelf.library.template("kiosk")
    assert "template.yaml:5 tier: 9 is out of range" in caught.value.message
    assert "template.yaml:3 trad" in caught.value.message
    assert caught.value.hint


def test_hidden_files_are_passed_over(shelf: Any) -> None:
    (shelf.template / ".DS_Store").write_bytes(b"x")
    (shelf.template / ".git").mkdir()
    (shelf.template / ".git/config").write_bytes(b"x")
    assert not any(path.startswith(".") for path in shelf.library.template("kiosk").files)


def test_links_that_leave_the_folder_are_refused(shelf: Any) -> None:
    secret = shelf.root / "secret.txt"
    secret.write_text("x")
    (shelf.template / "assets/link.txt").symlink_to(secret)
    with pytest.raises(ContentError, match=r"assets/link\.txt: is a link that leaves the folder"):
        shelf.library.template("kiosk")
    (shelf.template / "assets/link.txt").unlink()
    (shelf.template / "assets/within.svg").symlink_to("logo.svg")
    assert shelf.library.template("kiosk").files["assets/within.svg"]
    (shelf.template / "assets/folder").symlink_to(shelf.root)
    with pytest.raises(ContentError, match="is a link to a folder"):
        shelf.library.template("kiosk")


def test_a_manifest_that_is_a_link_elsewhere_is_refused(shelf: Any) -> None:
    (shelf.template / "template.yaml").rename(shelf.root / "elsewhere.yaml")
    (shelf.template / "template.yaml").symlink_to(shelf.root / "elsewhere.yaml")
    with pytest.raises(ContentError, match="leaves the folder"):
        shelf.library.template("kiosk")


@pytest.mark.parametrize("name", ["a\x1b[31m.png", "a\nb.png", "a\\b.png"])
def test_names_that_would_upset_a_terminal_or_an_address_are_refused(shelf: Any, name: str) -> None:
    (shelf.template / "assets" / name).write_bytes(b"x")
    with pytest.raises(ContentError, match="no address can hold") as caught:
        shelf.library.template("kiosk")
    assert caught.value.message.isprintable()


def test_what_is_no_file_is_refused(shelf: Any) -> None:
    os.mkfifo(shelf.template / "assets/pipe")
    with pytest.raises(ContentError, match="is no regular file"):
        shelf.library.template("kiosk")


def test_sizes_are_limited(shelf: Any) -> None:
    big = shelf.pack / "assets/new/big.bin"
    big.write_bytes(b"x" * (MAX_FILE_BYTES + 1))
    with pytest.raises(ContentError, match="is larger than 2 MB"):
        shelf.library.pack("stall-01")
    big.unlink()
    for name in "abc":
        (shelf.pack / f"assets/new/{name}.bin").write_bytes(b"x" * MAX_FILE_BYTES)
    with pytest.raises(ContentError, match="exceeds 5 MB"):
        shelf.library.pack("stall-01")
    (shelf.pack / "assets/new/c.bin").unlink()
    for name in "ab":
        (shelf.template / f"assets/{name}.bin").write_bytes(b"x" * 1024 * 1024)
    library = shelf.library
    with pytest.raises(ContentError, match="kiosk with stall-01 exceeds 5 MB"):
        library.start_files(library.template("kiosk"), library.pack("stall-01"))


def test_a_folder_without_its_manifest_is_named_with_the_mend(tmp_path):
    (tmp_path / "templates" / "mine").mkdir(parents=True)
    with pytest.raises(ContentError, match=r"templates/mine has no template\.yaml") as caught:
        Library((tmp_path,)).template("mine")
    assert "sitegen template check templates/mine" in caught.value.hint
