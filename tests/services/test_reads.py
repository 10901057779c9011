import pytest

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.errors import StoreError, UnknownName, UsageError
from sitegen_tui.services.reads import write_site
from sitegen_tui.services.root import Services
from sitegen_tui.stats.intervals import interval
from sitegen_tui.store import Store

SITE = {"index.html": b"<p>hi</p>", "css/styles.css": b"p{}", "assets/a.png": b"\x89PNG"}


@pytest.fixture
def stored(db, scripted):
    """Three runs of one model, two of another, all stored."""
    totals = {"one": [5.0, 6.0, 7.0], "two": [9.0, 8.0]}
    with Store.open(db) as store:
        for repeat in range(3):
            models = tuple(model for model in totals if repeat < len(totals[model]))
            plan = scripted.plan(models=models, actions=ACTION_IDS)
            _, plans = store.create_experiment(plan, simulated=frozenset({"two"}), created_at=scripted.START)
            for run in plans:
                for event, blobs in scripted.Script(run, seed=repeat + 1).whole((totals[run.model][repeat],) * 16):
                    store.append([event], blobs)
        store.create_experiment(scripted.plan(models=("one",), actions=ACTION_IDS), created_at=scripted.START)
    return db


@pytest.fixture
async def services(stored):
    async with await Services.open(stored, drive=False) as opened:
        yield opened


async def test_results_have_an_interval_from_three_runs_on(services):
    one, two = sorted((await services.insight("results")).models, key=lambda row: row.model)
    wanted = interval([80.0, 96.0, 112.0])
    assert (one.mean, one.sd, one.half_width) == (96.0, pytest.approx(wanted.sd), pytest.approx(wanted.half_width))
    assert (two.complete, two.half_width, two.simulated) == (2, None, True)


async def test_a_step_opens_down_to_its_findings_prompt_reply_and_sites(services):
    detail = await services.step_detail("e1.1", 2)
    assert detail.view.action == ACTION_IDS[1]
    assert [message.role for message in detail.messages] == ["system", "user"]
    assert "SEARCH" in detail.view.attempts[0].reply
    assert detail.view.charges[0].finding.evidence.line == 3
    assert {path for path in detail.after if detail.after[path] != detail.before[path]} == {"index.html"}


async def test_a_steps_diff_is_what_the_step_changed_and_its_texts_can_be_read(services):
    diff = await services.diff("e1.1", 2)
    assert [file.path for file in diff.files] == ["index.html"]
    assert diff.files[0].after_text == await services.text(diff.files[0].after.sha256)
    assert await services.diff("e1.1", 2) is diff


async def test_two_runs_same_steps_can_be_compared(services):
    diff = await services.diff("e2.1", 2, "e1.1")
    before, after = await services.site("e1.1", 2), await services.site("e2.1", 2)
    assert {file.path for file in diff.files} == {path for path in after if after[path] != before[path]}


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda services: services.run("e9.1"), UnknownName),
        (lambda services: services.experiment("e9"), UnknownName),
        (lambda services: services.experiment("nonsense"), UnknownName),
        (lambda services: services.runs("e9"), UnknownName),
        (lambda services: services.step_detail("e1.1", 17), UnknownName),
        (lambda services: services.diff("e1.1", 2, "e9.1"), UnknownName),
        (lambda services: services.diff("e1.1", 17), UnknownName),
        (lambda services: services.diff("e1.1", 17, "gold"), UnknownName),
        (lambda services: services.diff("e4.1", 1), UsageError),
        (lambda services: services.text("0" * 64), StoreError),
        (lambda services: services.cancel("e1.1"), StoreError),
    ],
)
async def test_what_is_not_there_is_named(services, ask, error):
    with pytest.raises(error) as told:
        await ask(services)
    assert told.value.message


def test_a_site_is_written_with_its_folders(tmp_path):
    write_site(SITE, tmp_path / "out")
    assert {path.relative_to(tmp_path / "out").as_posix(): path.read_bytes() for path in (tmp_path / "out").rglob("*.*")} == SITE


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a/./x", "", "C:/x", "a\\..\\x", "a\0b"])
def test_a_path_that_would_leave_the_folder_is_refused_before_anything_is_written(tmp_path, path):
    with pytest.raises(UsageError):
        write_site({**SITE, path: b"x"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone_without_force(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        write_site(SITE, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    write_site(SITE, tmp_path, force=True)
    assert (tmp_path / "index.html").read_bytes() == SITE["index.html"]
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_file_in_the_folders_place_is_left_alone(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        write_site(SITE, tmp_path / "out", force=True)
    assert (tmp_path / "out").read_text() == "mine"


def test_a_link_inside_the_folder_is_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "css").symlink_to(outside)
    with pytest.raises(UsageError, match="link"):
        write_site(SITE, inside, force=True)
    assert list(outside.iterdir()) == []
