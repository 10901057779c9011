"""A whole run as its events and contents, made without any model; as a program it drives one into a database."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sitegen_tui.domain.events import (
    AttemptFinished,
    Event,
    FileChange,
    FindingReported,
    OutputApplied,
    RunFinished,
    RunStarted,
    StepScored,
    StepStarted,
)
from sitegen_tui.domain.findings import Charge, Evidence, Finding, Score
from sitegen_tui.domain.runs import Attempt, ExperimentPlan, Message, Pairing, RunPlan, Usage
from sitegen_tui.domain.violations import Kind, Layer, Severity
from sitegen_tui.store import Store

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACTIONS = (
    *("apply-colours", "swap-fonts", "replace-header-logo", "replace-footer-logo", "replace-favicon", "replace-hero-bg"),
    *("replace-section-bgs", "update-hero-text", "update-about-text", "update-contact", "apply-hero-layout"),
    *("apply-sections-layout", "add-seo-meta", "add-structured-data", "add-accessibility", "verify-contrast"),
)
RULES = "Answer with SEARCH/REPLACE blocks. " * 40


def plan(models: tuple[str, ...] = ("one", "two"), **changes: object) -> ExperimentPlan:
    """A small experiment."""
    values: dict[str, object] = {
        "name": "a trial",
        "models": models,
        "pairings": (Pairing(template="safari", requirements="lodge"),),
        "actions": ACTIONS,
    }
    return ExperimentPlan.model_validate(values | changes)


def sha(content: bytes) -> str:
    """A content's address."""
    return sha256(content).hexdigest()


def first_site(size: int = 6_000) -> dict[str, bytes]:
    """Three texts of `size` bytes together, and a picture."""
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnoprstu", k=chance.randint(3, 9))) for _ in range(600)]

    def text(bytes_: int, shape: str) -> bytes:
        lines: list[str] = []
        length = 0
        while length < bytes_:
            lines.append(shape.format(chance.choice(words), " ".join(chance.choices(words, k=8))))
            length += len(lines[-1]) + 1
        return "\n".join(lines)[:bytes_].encode()

    return {
        "index.html": text(size // 2, '<div class="{0}"><p>{1}</p></div>'),
        "css/styles.css": text(size // 3, ".{0} {{ --note: '{1}'; }}"),
        "js/main.js": text(size - size // 2 - size // 3, "const {0} = '{1}';"),
        "assets/logo.png": chance.randbytes(400),
    }


def edited(content: bytes, step: int, seed: int, share: float) -> bytes:
    """A text with that share of its lines changed."""
    chance = random.Random(seed * 100 + step)
    lines = content.decode().split("\n")
    words = ["".join(chance.choices("abcdefghijklmnoprstu", k=chance.randint(3, 9))) for _ in range(200)]
    for _ in range(max(1, int(len(lines) * share))):
        lines[chance.randrange(len(lines))] = f'<section id="s{step}">{" ".join(chance.choices(words, k=9))}</section>'
    return "\n".join(lines).encode()


def score(value: float, *, rubric: int = 1, layers: tuple[Layer, ...] = (Layer.STATIC,), assessed: float = 8.0) -> Score:
    """A score of that value."""
    return Score(
        value=value,
        assessed=assessed,
        deducted=max(0.0, assessed - value),
        completion=0.0,
        regression=max(0.0, assessed - value),
        layers=layers,
        rubric=rubric,
    )


class Script:
    """Events of one run, numbered; the site as it is after those that were made."""

    def __init__(self, run: RunPlan, *, size: int = 6_000, seq: int = 0, seed: int = 1, share: float = 0.02) -> None:
        self.run = run
        self.seq = seq
        self.seed = seed
        self.share = share
        self.site = first_site(size)

    def at(self) -> dict[str, object]:
        """The fields that every event has."""
        found = {"run_id": self.run.run_id, "seq": self.seq, "at": START + timedelta(seconds=self.seq)}
        self.seq += 1
        return found

    def tree(self) -> dict[str, str]:
        """Path to sha256."""
        return {path: sha(content) for path, content in self.site.items()}

    def started(self, resumed_at: int | None = None) -> tuple[Event, dict[str, bytes]]:
        """The run begins, or goes on."""
        event = RunStarted(**self.at(), plan=self.run, site=self.tree(), content_hash="c", rubric=1, resumed_at=resumed_at)
        return event, {sha(content): content for content in self.site.values()}

    def step(self, number: int, value: float = 7.5) -> Iterator[tuple[Event, dict[str, bytes]]]:
        """One step, scored."""
        action = self.run.actions[number - 1]
        yield StepStarted(**self.at(), step=number, action=action), {}
        prompt = (
            RULES
            + f"\nNow do {action}.\n"
            + "".join(f"\n=== {path}\n{content.decode()}" for path, content in self.site.items() if not path.startswith("assets"))
        )
        path = "css/styles.css" if number % 4 == 3 else "index.html"
        before = self.site[path]
        after = edited(before, number, self.seed, self.share)
        attempt = Attempt(
            number=1,
            messages=(Message(role="system", content=RULES), Message(role="user", content=prompt)),
            reply=f"<<<<<<< SEARCH\n{before[:400].decode()}\n=======\n{after[:400].decode()}\n>>>>>>> REPLACE\n",
            usage=Usage(input_tokens=1000, output_tokens=200, usd=0.01),
            total_ms=1500.0,
        )
        yield AttemptFinished(**self.at(), step=number, attempt=attempt), {}
        self.site[path] = after
        change = FileChange(path=path, added=3, removed=2, before=sha(before), after=sha(after))
        yield (
            OutputApplied(**self.at(), step=number, site=self.tree(), changes=(change,), edits=()),
            {sha(after): after},
        )
        charge = Charge(
            finding=Finding(violation="html.broken", subject=f"s{number}", message="not so", evidence=Evidence(file=path, line=3)),
            kind=Kind.REGRESSION,
            severity=Severity.MINOR,
            nominal=0.5,
            amount=0.5,
        )
        yield FindingReported(**self.at(), step=number, charge=charge), {}
        yield (
            StepScored(
                **self.at(),
                step=number,
                action=action,
                score=score(value),
                usage=attempt.usage,
                model_ms=1500.0,
                judge_ms=20.0,
            ),
            {},
        )

    def finished(self, state: str = "finished") -> tuple[Event, dict[str, bytes]]:
        """The run is over."""
        return RunFinished.model_validate({**self.at(), "state": state}), {}

    def whole(self, values: tuple[float, ...] = (7.5,) * 16) -> Iterator[tuple[Event, dict[str, bytes]]]:
        """All of it."""
        yield self.started()
        for number, value in enumerate(values, 1):
            yield from self.step(number, value)
        yield self.finished()


def drive(path: Path, run_id: str, *, asking: bool = False) -> None:
    """Go on with a run where it is, say every event's `seq` once it is stored; if `asking`, wait for a line before each."""
    store = Store.open(path)
    owner = f"driver {run_id}"
    if not store.claim(run_id, owner):
        sys.exit("driven elsewhere")
    row = store.run(run_id)
    done = {step.step for step in store.steps(run_id) if step.value is not None}
    stored = store.events(run_id)
    script = Script(store.plan(run_id), seq=len(stored))
    if done:
        after = store.site_after(run_id, max(done))
        script.site = {path: store.blob(sha) for path, sha in after.items()}
    first = max(done, default=0) + 1

    def events() -> Iterator[tuple[Event, dict[str, bytes]]]:
        yield script.started(first if stored else None)
        for number in range(first, row.steps_total + 1):
            yield from script.step(number, value=number / 2)
        yield script.finished()

    for event, contents in events():
        if asking:
            sys.stdin.readline()
        store.append([event], contents)
        print(event.seq, flush=True)
    store.release(owner)
    store.close()


if __name__ == "__main__":
    drive(Path(sys.argv[1]), sys.argv[2], asking="asking" in sys.argv[3:])
