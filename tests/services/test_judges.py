"""LLM judges in runs: what a judge has earned counts, nothing else it says does, and one that fails leaves `unjudged`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen_tui.content.shelf import library
from sitegen_tui.domain.audits import Share
from sitegen_tui.domain.judge_audits import LEAST, JudgeAuditReport, JudgeAuditWanted
from sitegen_tui.domain.violations import JUDGE_CAP, Layer
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.providers import registry
from sitegen_tui.services.judge_audit import fit, share
from sitegen_tui.services.judges import split
from sitegen_tui.services.plans import Wanted, make_plan
from sitegen_tui.services.root import Services
from tests.judging_server import blind, eager, inventive, judge, models_file, sharp
from tests.providers import misbehaving as mis
from tests.providers.misbehaving import Script, Server, answer, refused

JUDGE = "openai/fair"
CANARIES = 2 * 2 * 3
"""Questions that a small session begins with: two planted steps and two harmless ones, thrice each."""
OWNED = ("scope.unrequested-change", "layout.visual-break")


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


def served(monkeypatch: pytest.MonkeyPatch, folder: Path, server: Server, *names: str, **more: object) -> None:
    monkeypatch.setenv("SITEGEN_MODELS", str(models_file(folder, server.base_url, *(names or ("fair",)), **more)))


def passing(otherwise: Script) -> Server:
    """A server whose judge passes its canaries, and answers every later question so."""
    return Server().always(otherwise).then(*[judge(sharp)] * CANARIES)


async def ran(db: Path, *judges: str, actions: tuple[str, ...] = ("apply-colours",), earned: tuple[str, ...] = ()):
    """The events and the row of one run of the reference editor on the small site."""
    async with await Services.open(db) as services:
        plan = await services.plan(
            Wanted(
                models=("reference",), templates=("blank-site",), requirements=("harbour-books-01",), actions=actions, judges=judges
            )
        )
        if earned:
            found = tuple(one.model_copy(update={"earned": earned}) for one in plan.judges)
            layers = (*(layer for layer in plan.layers if layer is not Layer.LLM), Layer.LLM)
            plan = plan.model_copy(update={"judges": found, "layers": layers})
        experiment = await services.start(plan)
        await services.wait(experiment)
        run = (await services.runs(experiment))[0]
        view = await services.view(run.run_id)
        return view, run, await services.verdicts_by_judge()


async def test_a_judge_that_has_earned_nothing_is_heard_and_does_not_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(eager)) as server:
        served(monkeypatch, tmp_path, server)
        view, run, verdicts = await ran(tmp_path / "runs.db", "static", f"llm:{JUDGE}")
    step = view.steps[0]
    assert step.score is not None
    assert step.score.judged == 0
    assert step.score.layers == run.layers == (Layer.STATIC,)
    assert step.charges == []
    assert "has earned none" in step.llm[0].unjudged
    assert [sample.sample for sample in step.samples] == [1, 2, 3]
    assert verdicts[(JUDGE, run.run_id, 1)].present == set(OWNED)
    assert run.usd == 0
    assert run.judge_usd == pytest.approx(3 * (100 * 1.0 + 20 * 2.0) / 1e6)
    orders = {tuple(request.body["messages"][1]["content"].rpartition("Checklist:")[2].split("\n")) for request in server.requests}
    assert len(orders) == 2


async def test_earned_verdicts_deduct_what_the_catalogue_says_and_at_most_the_cap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with passing(judge(eager)) as server:
        served(monkeypatch, tmp_path, server)
        view, run, _ = await ran(tmp_path / "runs.db", "static", f"llm:{JUDGE}", earned=OWNED)
        other = (await ran(tmp_path / "runs.db", "static"))[1]
    step = view.steps[0]
    assert step.score is not None
    assert step.score.layers == (Layer.STATIC, Layer.LLM)
    assert step.score.judged == 0.5 + 1.5 <= JUDGE_CAP
    assert step.score.value == step.score.assessed - 2.0
    assert {charge.finding.violation: charge.finding.layer for charge in step.charges} == dict.fromkeys(OWNED, Layer.LLM)
    assert all(charge.finding.evidence.quote == '<meta charset="utf-8">' for charge in step.charges)
    assert all(charge.finding.evidence.line == 4 for charge in step.charges)
    assert step.llm[0].unjudged == ""
    assert run.comparability != other.comparability
    assert run.prompt != other.prompt


async def test_claims_that_no_program_finds_cost_nothing_and_leave_the_step_unjudged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with passing(judge(inventive)) as server:
        served(monkeypatch, tmp_path, server)
        view, run, _ = await ran(tmp_path / "runs.db", "static", f"llm:{JUDGE}", earned=OWNED)
    step = view.steps[0]
    assert step.score is not None
    assert (step.score.judged, step.score.layers) == (0.0, (Layer.STATIC,))
    assert "could not tell" in step.llm[0].unjudged
    assert (step.llm[0].items, step.llm[0].rejected) == (6, 6)
    assert run.layers == (Layer.STATIC,)


MISBEHAVIOURS = {
    "prose": answer("I find this edit quite good, 9/10."),
    "empty": answer(""),
    "other ids": answer('{"checks": [{"id": "a.b", "verdict": "present"}]}'),
    "broken JSON": answer('{"checks": [{"id": "layout.visual-break", "verd'),
    "a score": answer('{"score": 3, "deductions": [{"points": 9}]}'),
    "cut off": answer('{"checks": [', finish="length"),
    "an error in the stream": mis.events_sent({"error": {"message": "it broke", "code": 400}}),
    "refused": refused(400),
    "no key": refused(401),
    "a page": refused(404, "<html>not here</html>"),
    "garbage": mis.body_sent(b"\x00\xff garbage"),
}


@pytest.mark.parametrize("name", sorted(MISBEHAVIOURS))
async def test_a_judge_that_fails_leaves_its_part_unjudged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with passing(MISBEHAVIOURS[name]) as server:
        served(monkeypatch, tmp_path, server)
        view, run, verdicts = await ran(tmp_path / "runs.db", "static", f"llm:{JUDGE}", earned=OWNED)
    step = view.steps[0]
    assert run.complete
    assert step.score is not None
    assert (step.score.judged, step.score.layers) == (0.0, (Layer.STATIC,))
    assert step.score.value == step.score.assessed
    assert step.llm[0].unjudged
    assert verdicts[(JUDGE, run.run_id, 1)].unjudged


async def test_in_a_study_the_judge_scores_alone_over_the_whole_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(blind)) as server:
        served(monkeypatch, tmp_path, server)
        view, run, verdicts = await ran(tmp_path / "runs.db", f"study:{JUDGE}")
    step = view.steps[0]
    assert step.score is not None
    assert (step.score.value, step.score.assessed, step.score.layers, step.score.full) == (10.0, 10.0, (Layer.LLM,), False)
    assert run.layers == (Layer.LLM,)
    assert len(verdicts[(JUDGE, run.run_id, 1)].absent) > 30


async def test_a_study_whose_judge_fails_has_no_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(answer("Nice!")) as server:
        served(monkeypatch, tmp_path, server)
        view, run, _ = await ran(tmp_path / "runs.db", f"study:{JUDGE}")
    assert not run.complete
    assert view.steps[0].value is None
    assert "the judge said nothing: 3 of 3 samples could not be read" in view.steps[0].reason


async def test_a_second_judge_sees_a_quarter_of_the_steps_and_never_scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with passing(judge(blind)) as server:
        served(monkeypatch, tmp_path, server, "fair", "other")
        view, run, verdicts = await ran(
            tmp_path / "runs.db",
            "static",
            f"llm:{JUDGE}",
            "audit:openai/other",
            actions=tuple(map(str, range(1, 17))),
            earned=OWNED,
        )
    first = [step for name, _, step in verdicts if name == JUDGE]
    second = [step for name, _, step in verdicts if name == "openai/other"]
    assert len(first) == 16
    assert len(second) == 4
    assert run.layers == (Layer.STATIC, Layer.LLM)
    told = [event for step in view.steps for event in step.samples if event.judge == "openai/other"]
    assert {event.settings.mode for event in told} == {"audit"}


def planned(*judges: str, **wanted: object):
    values = {"models": ("reference",), "templates": ("safari-lodge",), "judges": judges}
    return make_plan(Wanted.model_validate(values | wanted), library(), registry.model, lambda: "")


@pytest.mark.parametrize(
    ("judges", "error", "words"),
    [
        (("llm:",), UsageError, "names no model"),
        (("llm:reference",), UsageError, "reads no question"),
        (("llm:simulated/careful",), UsageError, "reads no question"),
        (("llm:nobody",), UnknownName, "model"),
        (("llm:openai/fair", "llm:openai/fair"), UsageError, "twice"),
        (("llm:openai/fair", "llm:openai/fair-too"), UsageError, "family"),
        (("study:openai/fair", "audit:openai/other"), UsageError, "alone"),
        (("llm:openai/narrow",), UsageError, "one id needs about"),
        (("opinion",), UnknownName, "judge"),
    ],
)
def test_judges_that_cannot_judge_are_refused_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judges: tuple[str, ...], error: type[Exception], words: str
) -> None:
    file = tmp_path / "models.yaml"
    base = "base_url: http://127.0.0.1:9/v1"
    file.write_text(
        f"models:\n  openai/fair: {{{base}, family: a}}\n  openai/fair-too: {{{base}, family: a}}\n"
        f"  openai/other: {{{base}, family: b}}\n  openai/narrow: {{{base}, context: 2048}}\n"
    )
    monkeypatch.setenv("SITEGEN_MODELS", str(file))
    with pytest.raises(error, match=words):
        planned("static", *judges)


def test_the_words_of_judges_are_split_into_programs_and_models() -> None:
    assert split(("static", "llm:openrouter/a/b:free", "audit:x", "rendered")) == (
        ("static", "rendered"),
        (("scoring", "openrouter/a/b:free"), ("audit", "x")),
    )


# -- the judge measured ---------------------------------------------------------------------------------------------------


def some(hits: int, n: int = LEAST) -> Share:
    return share(hits, n)


@pytest.mark.parametrize(
    ("figures", "fitness"),
    [
        ((some(28), some(28, 30), some(1), some(0, 9)), "fit"),
        ((some(27), some(28, 30), some(1), some(0, 9)), "unfit"),
        ((some(35), some(28, 32), some(1), some(0, 9)), "unfit"),
        ((some(35), some(35), some(2), some(0, 9)), "unfit"),
        ((some(35), some(35), some(0), some(2, 12)), "unfit"),
        ((some(34, 34), some(34, 34), some(0), some(0, 9)), "too few"),
        ((some(35), some(35), some(0, 34), some(0, 9)), "too few"),
        ((some(0, 0), some(0, 0), some(0), some(0, 0)), "too few"),
    ],
)
def test_an_id_is_earned_by_every_figure_or_not_at_all(figures: tuple[Share, Share, Share, Share], fitness: str) -> None:
    assert fit(*figures)[0] == fitness
    assert bool(fit(*figures)[1]) == (fitness != "fit")


async def audited(db: Path, **wanted: object) -> JudgeAuditReport:
    async with await Services.open(db) as services:
        values = {"judge": JUDGE, "templates": ("blank-site",), "violations": ("scope.unrequested-change",), "samples": 1}
        async for event in services.audit_judge(JudgeAuditWanted.model_validate(values | wanted)):
            if isinstance(event, JudgeAuditReport):
                return event
    raise AssertionError("an audit ends with its report")


async def test_a_sharp_judge_earns_its_id_and_scores_with_it_from_then_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(sharp)) as server:
        served(monkeypatch, tmp_path, server)
        report = await audited(tmp_path / "runs.db")
        row = next(row for row in report.rows if row.violation == "scope.unrequested-change")
        assert (row.fitness, row.why) == ("fit", "")
        assert row.realistic.n >= LEAST
        assert row.false_alarms.n >= LEAST
        assert row.recall.value == 1.0
        assert row.recall.low is not None
        assert report.located.value == 1.0
        assert report.fit == ("scope.unrequested-change",)
        view, _, _ = await ran(tmp_path / "runs.db", "static", f"llm:{JUDGE}")
    assert view.steps[0].llm[0].earned == ("scope.unrequested-change",)
    assert view.steps[0].score is not None
    assert Layer.LLM in view.steps[0].score.layers


@pytest.mark.parametrize(("opinion", "lacking"), [(blind, "recall"), (eager, "false alarms"), (inventive, "evidence rejected")])
async def test_a_judge_that_is_not_fit_is_told_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opinion: object, lacking: str
) -> None:
    with Server().always(judge(opinion)) as server:  # type: ignore[arg-type]
        served(monkeypatch, tmp_path, server)
        report = await audited(tmp_path / "runs.db", items=12)
    row = next(row for row in report.rows if row.violation == "scope.unrequested-change")
    assert row.fitness == "unfit"
    assert lacking in row.why
    assert report.fit == ()


async def test_other_settings_are_another_judge_that_has_earned_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(sharp)) as server:
        served(monkeypatch, tmp_path, server)
        await audited(tmp_path / "runs.db")
        served(monkeypatch, tmp_path, server, settings={"max_tokens": 4000, "temperature": 1})
        view, _, _ = await ran(tmp_path / "runs.db", "static", f"llm:{JUDGE}")
    assert "has earned none" in view.steps[0].llm[0].unjudged


async def test_an_audit_of_what_reads_no_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="reads no question"):
        await audited(tmp_path / "runs.db", judge="reference")


async def test_a_judge_out_of_reach_leaves_every_step_unjudged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(refused(400)) as server:
        served(monkeypatch, tmp_path, server)
        report = await audited(tmp_path / "runs.db", items=4)
    assert (report.unjudged.hits, report.unjudged.n) == (4, 4)
    assert report.reasons
    assert all(row.fitness != "fit" for row in report.rows)
