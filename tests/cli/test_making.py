"""Content of one's own from the command line: written once, linted, and good for a run."""

import pytest

from sitegen_tui.content.shelf import open_shelf


@pytest.fixture
def shelf(tmp_path):
    """A folder for content of one's own, which is where the program looks."""
    open_shelf((tmp_path,))
    yield tmp_path
    open_shelf(())


def test_a_new_template_with_its_brief_holds_by_files(sitegen, shelf):
    told = sitegen("template", "new", "corner-cycles", "--brief", "--root", shelf)
    assert told.status == 0, told.err
    assert "sitegen judge gold -t corner-cycles" in told.out
    assert sitegen("template", "check", "corner-cycles", "--json").json["findings"] == []
    assert sitegen("requirements", "check", "corner-cycles-01", "--json").json["findings"] == []
    (pair,) = sitegen("judge", "gold", "-t", "corner-cycles", "--files-alone", "--json").json["pairs"]
    assert pair["holds"]


def test_a_run_of_the_reference_starts_on_it(sitegen, shelf):
    sitegen("template", "new", "corner-cycles", "--brief", "--root", shelf)
    told = sitegen("run", "-m", "reference", "-t", "corner-cycles", "--judges", "static", "--actions", "apply-colours", "--json")
    assert told.status == 0, told.err
    scored = [line for line in told.lines if line.get("event") == "StepScored"]
    assert len(scored) == 1


def test_nothing_is_written_over_and_nothing_half(sitegen, shelf):
    assert sitegen("template", "new", "corner-cycles", "--root", shelf).status == 0
    page = shelf / "templates" / "corner-cycles" / "index.html"
    page.write_text("mine")
    again = sitegen("template", "new", "corner-cycles", "--brief", "--root", shelf)
    assert again.status == 1
    assert "there already" in again.err
    assert page.read_text() == "mine"
    assert not (shelf / "requirements").exists()


def test_a_name_that_is_no_id_is_wrong_use(sitegen, shelf):
    assert sitegen("template", "new", "Corner Cycles", "--root", shelf).status == 2
    assert not (shelf / "templates").exists()


def test_a_run_of_the_reference_starts_on_a_site_that_was_adopted(sitegen, shelf, tmp_path):
    folder = tmp_path / "elsewhere" / "Old Shop"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<title>Old Shop</title><header><h1>Old things</h1><p>Kept and sold here.</p></header>")
    told = sitegen("template", "adopt", folder, "--root", shelf)
    assert told.status == 0, told.err
    assert "lacking: the slot nav" in told.out
    assert "sitegen run -t old-shop -m reference" in told.out
    ran = sitegen("run", "-m", "reference", "-t", "old-shop", "--judges", "static", "--json")
    assert ran.status == 0, ran.err
    assert len([line for line in ran.lines if line.get("event") == "StepScored"]) == 16
    again = sitegen("template", "adopt", folder, "--root", shelf)
    assert again.status == 1
    assert "there already" in again.err


def test_a_brief_is_imported_and_what_is_missing_is_told(sitegen, shelf, tmp_path):
    brief = tmp_path / "My Brief.md"
    brief.write_text("# Shop\n- **Name**: Blue Door\n\n## Colours\n- **Primary**: #123456\n\n## Contact\nRing twice\n")
    told = sitegen("requirements", "import", brief, "-t", "blank-site", "--root", shelf)
    assert told.status == 0, told.err
    assert "missing: contact.email  (for example bench@quarryroad.example)" in told.out
    assert "not understood: line 8: Ring twice" in told.out
    text = (shelf / "requirements" / "my-brief" / "requirements.yaml").read_text()
    assert "Blue Door" in text
    assert "quarryroad" not in text
    assert sitegen("requirements", "import", brief, "--root", shelf).status == 1


def test_a_brief_for_another_template_runs_where_it_fits_and_is_refused_where_not(sitegen, shelf):
    for name in ("corner-cycles", "other-cycles"):
        sitegen("template", "new", name, "--brief", "--root", shelf)
    flags = ("run", "-m", "reference", "--judges", "static", "--actions", "1-2", "--json")
    told = sitegen(*flags, "-t", "other-cycles", "--requirements", "corner-cycles-01")
    assert told.status == 0, told.err
    assert [line["score"]["deducted"] for line in told.lines if line.get("event") == "StepScored"] == [0.0, 0.0]
    (brief,) = (shelf / "requirements" / "corner-cycles-01").glob("*.yaml")
    brief.write_text(brief.read_text().replace("section: visit, pattern", "section: wharf, pattern"))
    open_shelf((shelf, shelf))
    refused = sitegen(*flags, "-t", "other-cycles", "--requirements", "corner-cycles-01")
    assert refused.status == 2
    assert "layout.sections[1].section: there is no section wharf with items" in refused.err
    assert "briefs written for other-cycles: other-cycles-01" in refused.err
