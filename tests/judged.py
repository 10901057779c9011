"""Runs whose every step was judged in a known way: marks by step, charged by the catalogue's arithmetic, stored as events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sitegen_tui.domain.events import (
    FileChange,
    FindingReported,
    JudgeSampled,
    LabelRecorded,
    OutputApplied,
    RunFinished,
    RunStarted,
    StepScored,
    StepStarted,
)
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import ExperimentPlan, Pairing, RunPlan
from sitegen_tui.domain.verdicts import SampleSettings, Verdict
from sitegen_tui.domain.violations import Layer
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.charging import charge, score
from sitegen_tui.judge.people import checklist, findings_of
from sitegen_tui.store import Store

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
BOTH = (Layer.STATIC, Layer.RENDERED)
SITE = {"index.html": b"<p>one</p>\n", "css/styles.css": b"p { color: red }\n", "js/main.js": b"\n"}


def digest(content: bytes) -> str:
    """A content's address."""
    return sha256(content).hexdigest()


def add_experiment(
    store: Store,
    models: Sequence[str],
    *,
    repeats: int = 1,
    simulated: frozenset[str] = frozenset(),
    layers: tuple[Layer, ...] = BOTH,
) -> list[RunPlan]:
    """An experiment of all sixteen actions; its runs wait."""
    plan = ExperimentPlan(
        name="judged",
        models=tuple(models),
        pairings=(Pairing(template="safari", requirements="lodge"),),
        actions=ACTION_IDS,
        repeats=repeats,
        layers=layers,
    )
    return list(store.create_experiment(plan, simulated=simulated, created_at=START)[1])


def play(
    store: Store,
    run: RunPlan,
    marks: Mapping[int, Iterable[Mark | Finding]] | None = None,
    *,
    layers: tuple[Layer, ...] = BOTH,
) -> None:
    """A whole run; in each step the judges find what is given for it."""
    known, seq = catalogue(), 0
    site = dict(SITE)

    def at() -> dict[str, object]:
        nonlocal seq
        found = {"run_id": run.run_id, "seq": seq, "at": START + timedelta(seconds=seq)}
        seq += 1
        return found

    def tree() -> dict[str, str]:
        return {path: digest(content) for path, content in site.items()}

    events: list[object] = [RunStarted(**at(), plan=run, site=tree(), content_hash="c", rubric=known.rubric_version)]
    contents = {digest(content): content for content in site.values()}
    for step, action in enumerate(ACTION_IDS, 1):
        before = site["index.html"]
        site["index.html"] = f"<p>step {step}</p>\n".encode()
        contents[digest(site["index.html"])] = site["index.html"]
        change = FileChange(path="index.html", added=1, removed=1, before=digest(before), after=digest(site["index.html"]))
        events += [
            StepStarted(**at(), step=step, action=action),
            OutputApplied(**at(), step=step, site=tree(), changes=(change,), edits=()),
        ]
        found: list[Finding] = []
        for one in (marks or {}).get(step, ()):
            found += [one] if isinstance(one, Finding) else findings_of(one, "found by a program")
        charges = charge(known, action, [one.model_copy(update={"layer": Layer.STATIC}) for one in found])
        events += [FindingReported(**at(), step=step, charge=one) for one in charges]
        events.append(StepScored(**at(), step=step, action=action, score=score(known, action, charges, layers), model_ms=5.0))
    events.append(RunFinished(**at(), state="finished"))
    store.append(events, contents)  # type: ignore[arg-type]


def label(run_id: str, step: int, rater: str, marks: Iterable[Mark] = (), **more: object) -> LabelRecorded:
    """A person's label."""
    given = tuple(marks)
    values = {
        "run_id": run_id,
        "seq": 0,
        "at": START + timedelta(days=1, seconds=step),
        "step": step,
        "rater": rater,
        "violations": tuple(dict.fromkeys(mark.violation for mark in given)),
        "marks": given,
        "rubric": catalogue().rubric_version,
        "version": 2,
    }
    return LabelRecorded.model_validate(values | more)


def judged_by_families(path: Path) -> None:
    """Three runs of a model of each of two families, four steps of each judged by both families; one judge spares its own."""
    settings = SampleSettings(mode="study", rubric=catalogue().rubric_version, prompt="p")
    with Store.open(path) as store:
        for run in add_experiment(store, ("openrouter/openai/gpt-9", "openrouter/anthropic/claude-9"), repeats=3):
            play(store, run)
            last = store.events(run.run_id)[-1]
            asked = [
                (judge, step) for judge in ("openrouter/openai/gpt-8", "openrouter/anthropic/claude-8") for step in range(1, 5)
            ]
            for number, (judge, step) in enumerate(asked, 1):
                spared = "openai" in judge and "openai" in run.model
                said = {one.id: "absent" for one in checklist(catalogue(), ACTION_IDS[step - 1])}
                said["html.parse-error"] = "absent" if spared else "present"
                # Judges of one mind in every run would leave no spread.
                said["html.duplicate-id"] = (
                    "present" if run.run_id in ("e1.1", "e1.4") and step == 1 and "anthropic" in judge else "absent"
                )
                verdicts = tuple(Verdict.model_validate({"violation": one, "verdict": answer}) for one, answer in said.items())
                seq = last.seq + number
                told = {"run_id": run.run_id, "seq": seq, "at": last.at, "step": step, "judge": judge, "sample": 1}
                store.append([JudgeSampled.model_validate({**told, "verdicts": verdicts, "settings": settings})])
