"""A run whose steps were looked at, made of one that really happened: drawn pages stand for what a browser took."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw

from sitegen_tui.domain.events import Event, FindingReported, RunStarted, StepScored
from sitegen_tui.domain.findings import Charge, Evidence, Finding
from sitegen_tui.domain.runs import ExperimentPlan
from sitegen_tui.domain.violations import Kind, Layer, Severity
from sitegen_tui.store import Store

RUN = "e2.1"
PAPER, INK, SHOP, SEA = (250, 248, 244), (30, 40, 50), (196, 92, 40), (30, 70, 96)
SEEN = "2.10 against #fafafa"
SPOTS = (
    ("apply-colours", f"{SEEN}; at desktop; box 300x60 at 640,1500", "a.contrast"),
    ("apply-colours", f"{SEEN}; at mobile; box 327x40 at 24,900", "b.contrast"),
    ("apply-colours", f"{SEEN}; at narrow; box 300x40 at 10,20", "c.contrast"),
)


def page(view: str, accent: tuple[int, int, int], cards: int = 3) -> bytes:
    """A drawn page as the renderer keeps it: desktop at half size, mobile at its own."""
    scale, width = (0.5, 1280) if view == "desktop" else (1.0, 375)
    height = 900 + 420 * cards
    image = Image.new("RGB", (round(width * scale), round(height * scale)), PAPER)
    draw = ImageDraw.Draw(image)

    def box(x: float, y: float, w: float, h: float, colour: tuple[int, int, int]) -> None:
        draw.rectangle((x * scale, y * scale, (x + w) * scale - 1, (y + h) * scale - 1), fill=colour)

    box(0, 0, width, 68, SEA)
    box(0, 68, width, 560, accent)
    box(width * 0.1, 260, width * 0.5, 60, PAPER)
    for card in range(cards):
        top = 700 + 420 * card
        box(width * 0.1, top, width * 0.8, 360, (230, 226, 218))
        for line in range(6):
            box(width * 0.14, top + 30 + 44 * line, width * (0.3 + 0.05 * ((line * 7 + card * 3) % 8)), 16, INK)
    box(0, height - 160, width, 160, SEA)
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def pictures() -> dict[str, bytes]:
    """The pictures of a step that changed a colour."""
    sides = {"before": SHOP, "after": SEA}
    return {f"{view}-{side}": page(view, colour) for view in ("desktop", "mobile") for side, colour in sides.items()}


def add_pictured_run(database: Path) -> None:
    """Put a copy of run e1.2 into the database as e2.1: its first step was looked at, and seen to be wrong."""
    images = pictures()
    shots = {name: sha256(content).hexdigest() for name, content in images.items()}
    blobs = {shots[name]: content for name, content in images.items()}
    with Store.open(database) as store:
        events = store.events("e1.2")
        first = events[0]
        assert isinstance(first, RunStarted)
        run = first.plan
        plan = ExperimentPlan(
            name="pictured", models=(run.model,), pairings=(run.pairing,), actions=run.actions, layers=run.layers, seed=run.seed
        )
        _, (again,) = store.create_experiment(plan, simulated=frozenset({run.model}), created_at=first.at)
        copied: list[Event] = [first.model_copy(update={"plan": again})]
        for event in events[1:]:
            if isinstance(event, StepScored) and event.step == 1:
                copied += [_seen(event, number) for number in range(len(SPOTS))]
                event = event.model_copy(update={"shots": shots})
            copied.append(event)
        numbered = [event.model_copy(update={"run_id": RUN, "seq": at}) for at, event in enumerate(copied)]
        store.append(numbered, blobs)


def _seen(event: StepScored, number: int) -> Event:
    action, measured, violation = SPOTS[number]
    finding = Finding(
        violation=violation,
        message=f"A text of {action} cannot be read.",
        evidence=Evidence(measured=measured, expected="4.5"),
        layer=Layer.RENDERED,
    )
    charge = Charge(finding=finding, kind=Kind.REGRESSION, severity=Severity.MAJOR, nominal=1.0, amount=0.0, reason="for the test")
    return FindingReported(run_id=event.run_id, seq=event.seq, at=event.at, step=event.step, charge=charge)
