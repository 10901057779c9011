"""How soon the TUI paints, and how long a key takes to reach the screen while runs stream, in a real pseudo-terminal.

    python benchmarks/bench_tui.py [--runs 500] [--streams 8 32] [--keys 80] [--judges static,rendered] [--json]

First paint is the time from starting the program to its first screen, and to the first row of the database. Key to paint
is the time from writing a key to the terminal until the cursor stands on the next row: of the runs on Home, of the steps on
Run, of the diff on Step, each with as many runs streaming. Beside each stands a floor measured in the same way: a Textual app
with nothing but a Static.
"""

from __future__ import annotations

import argparse
import compileall
import fcntl
import json
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pyte

ROOT = Path(__file__).resolve().parent.parent
COLUMNS, LINES = 120, 36
KEY_GAP = 0.22

FLOOR = """
from textual.app import App
from textual.widgets import Static
class Floor(App):
    at = 3
    def compose(self): yield Static("")
    def on_mount(self): self.draw()
    def draw(self): self.query_one(Static).update("\\n" * self.at + "▌ Experiments floor")
    def key_down(self): self.at += 1; self.draw()
    def key_up(self): self.at -= 1; self.draw()
Floor().run()
"""

OURS = """
import sys
from pathlib import Path
from sitegen_tui.tui.app import run_app
if __name__ == "__main__":
    run_app(Path(sys.argv[1]), open_run=sys.argv[2] or None)
"""

LIVE = """
import sys
from pathlib import Path
from sitegen_tui.tui.app import SitegenApp, open_services
async def opener(database):
    services = await open_services(database)
    from sitegen_tui.services.plans import Wanted
    streams = int(sys.argv[2])
    models = ("simulated/careful", "simulated/typical", "simulated/erratic", "simulated/reckless")
    await services.start(await services.plan(Wanted(
        models=models, templates=("safari-lodge",), repeat=2 * (streams // 4), jobs=streams, pace=200.0, seed=5,
        judges=tuple(sys.argv[3].split(",")))))
    return services
if __name__ == "__main__":
    SitegenApp(Path(sys.argv[1]), opener=opener).run()
"""

SCREENS: dict[str, tuple[tuple[bytes, str], ...]] = {
    "Home": ((b"\r", ""),),
    "Run": ((b"\r", ""), (b"\r", "✓")),
    "Step": ((b"\r", ""), (b"\r", "✓"), (b"\x1b[H", ""), (b"\r", "@@")),
}
"""Keys that lead from the first screen to each, and what must be seen after each: a step scored, a diff."""


class Terminal:
    """A program in a pseudo-terminal; keeps what it wrote, with the time of each piece."""

    def __init__(self, program: str, *arguments: str) -> None:
        # A file, because worker processes must be able to import the main module again.
        handle, name = tempfile.mkstemp(suffix=".py")
        os.close(handle)
        self._file = Path(name)
        self._file.write_text(program, encoding="utf-8")
        self.pieces: list[tuple[float, bytes]] = []
        self.started = time.perf_counter()
        pid, self._master = pty.fork()
        if pid == 0:
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.environ.update(
                TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(COLUMNS), LINES=str(LINES), PYTHONPATH=str(ROOT)
            )
            os.execv(sys.executable, [sys.executable, str(self._file), *arguments])
        self._pid = pid
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))

    def read(self, seconds: float, stop: Callable[[bytes], bool] | None = None) -> bool:
        """Take in output for some time, or until a piece satisfies `stop`."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left)[0]:
                data = os.read(self._master, 1 << 16)
                self.pieces.append((time.perf_counter(), data))
                if stop is not None and stop(data):
                    return True
        return False

    def press(self, key: bytes) -> float:
        """Write a key; returns when."""
        os.write(self._master, key)
        return time.perf_counter()

    def close(self) -> None:
        """End the program."""
        os.kill(self._pid, signal.SIGTERM)
        self.read_rest()
        self._file.unlink()

    def read_rest(self) -> None:
        """Let it finish writing, for three seconds at most."""
        end = time.perf_counter() + 3
        while time.perf_counter() < end and os.waitpid(self._pid, os.WNOHANG)[0] == 0:
            if select.select([self._master], [], [], 0.05)[0]:
                try:
                    os.read(self._master, 1 << 16)
                except OSError:
                    break
        else:
            try:
                os.kill(self._pid, signal.SIGKILL)
            except ProcessLookupError:
                return
        os.close(self._master)


def appearance(program: str, arguments: tuple[str, ...], words: tuple[str, ...], limit: float = 20.0) -> list[float]:
    """Milliseconds from start until each of the words stood in the output, in their order."""
    terminal = Terminal(program, *arguments)
    seen = b""
    times: list[float] = []
    for word in words:
        wanted = word.encode()

        def there(data: bytes, wanted: bytes = wanted) -> bool:
            nonlocal seen
            seen += data
            return wanted in seen

        if wanted not in seen and not terminal.read(limit, there):
            raise SystemExit(f"bench_tui: {word!r} never appeared")
        times.append((terminal.pieces[-1][0] - terminal.started) * 1000)
    terminal.close()
    return times


def key_times(terminal: Terminal, keys: int, column: int) -> list[float]:
    """Milliseconds from each key (down and up in turn) until the cursor bar in `column` has moved."""
    pressed: list[float] = []
    for number in range(keys):
        pressed.append(terminal.press(b"\x1b[B" if number % 4 < 2 else b"\x1b[A"))
        terminal.read(KEY_GAP * (0.8 + 0.4 * (number % 5) / 5))
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    times: list[float] = []
    pieces = iter(terminal.pieces)
    piece = next(pieces, None)
    for place, moment in enumerate(pressed):
        while piece is not None and piece[0] <= moment:
            stream.feed(piece[1])
            piece = next(pieces, None)
        before = _bars(screen, column)
        end = pressed[place + 1] if place + 1 < len(pressed) else moment + 2 * KEY_GAP
        while piece is not None and piece[0] <= end:
            stream.feed(piece[1])
            arrived = piece[0]
            piece = next(pieces, None)
            if _bars(screen, column) != before:
                times.append((arrived - moment) * 1000)
                break
        else:
            times.append((end - moment) * 1000)
    return times


def _bars(screen: pyte.Screen, column: int) -> tuple[int, ...]:
    return tuple(line for line in range(LINES) if screen.buffer[line][column].data == "▌")


def generate(database: Path, runs: int) -> None:
    """A database of finished runs with sixteen scored steps each, written through the store."""
    from sitegen_tui.actions import registry
    from sitegen_tui.domain.events import RunFinished, RunStarted, StepScored, StepStarted
    from sitegen_tui.domain.findings import Score
    from sitegen_tui.domain.runs import ExperimentPlan, Pairing, Usage
    from sitegen_tui.domain.violations import Layer
    from sitegen_tui.store import Store

    store = Store.open(database)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    each = 100
    for part in range(0, runs, each):
        plan = ExperimentPlan(
            name=f"Generated {part // each + 1}",
            models=("reference", "simulated/typical"),
            pairings=(Pairing(template="safari-lodge", requirements="thornveld-01"),),
            repeats=min(each, runs - part) // 2,
            actions=registry.ACTION_IDS,
        )
        _, plans = store.create_experiment(plan, simulated=frozenset({"simulated/typical"}), created_at=at)
        for run in plans:
            common = {"run_id": run.run_id, "at": at}
            events = [RunStarted(**common, seq=0, plan=run, site={}, content_hash="0", rubric=1)]
            for number, action in enumerate(registry.ACTION_IDS, 1):
                score = Score(value=8.5, assessed=9.0, deducted=0.5, completion=0.5, regression=0, layers=(Layer.STATIC,), rubric=1)
                usage = Usage(input_tokens=9000, output_tokens=800, usd=0.01)
                events.append(StepStarted(**common, seq=len(events), step=number, action=action))
                events.append(
                    StepScored(**common, seq=len(events), step=number, action=action, score=score, usage=usage, model_ms=4000)
                )
            finished = {**common, "at": at + timedelta(minutes=2)}
            events.append(RunFinished(**finished, seq=len(events), state="finished"))
            store.append(events)
    store.close()


def contains(word: bytes, data: bytes) -> bool:
    """Whether a piece of output holds a word."""
    return word in data


def summary(times: list[float]) -> dict[str, float]:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(times)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
        "max": round(ordered[-1], 1),
        "n": len(ordered),
    }


def measure(arguments: argparse.Namespace) -> dict[str, object]:
    """Everything, as one JSON-able object."""
    results: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "many.db"
        generate(database, arguments.runs)
        floors = [appearance(FLOOR, (), ("Experiments",))[0] for _ in range(arguments.starts)]
        words = ("Experiments", "Generated", "136.0 of 144.0 static")
        ours = [appearance(OURS, (str(database), ""), words) for _ in range(arguments.starts)]
        results["first paint ms"] = {
            "floor": summary(floors),
            "first screen": summary([times[0] for times in ours]),
            f"rows of {arguments.runs} runs": summary([times[2] for times in ours]),
        }
        floor = Terminal(FLOOR)
        floor.read(2)
        results["key to paint ms, floor"] = summary(key_times(floor, arguments.keys, 0))
        floor.close()
        for streams in arguments.streams:
            for screen, ways in SCREENS.items():
                terminal = Terminal(LIVE, str(Path(folder) / f"{screen}{streams}.db"), str(streams), arguments.judges)
                if not terminal.read(60, partial(contains, f"{streams} live".encode())):
                    print(f"bench_tui: {streams} streams were never live at once", file=sys.stderr)
                for keys, word in ways:
                    terminal.press(keys)
                    if word and not terminal.read(180, partial(contains, word.encode())):
                        print(f"bench_tui: {word} never appeared on {screen}", file=sys.stderr)
                    terminal.read(2)
                results[f"key to paint ms, {screen}, {streams} streams"] = summary(key_times(terminal, arguments.keys, 0))
                terminal.close()
    return results


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=500, help="runs in the database of the first-paint measurement")
    parser.add_argument("--judges", default="static", help="what judges the streams meanwhile")
    parser.add_argument("--streams", type=int, nargs="*", default=[8, 32])
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    compileall.compile_dir(str(ROOT / "sitegen_tui"), quiet=2)
    results = measure(arguments)
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    for name, value in results.items():
        print(name)
        rows = value if isinstance(value, dict) and "p50" not in value else {"": value}
        for label, figures in rows.items():
            print(f"  {label:<22}", "  ".join(f"{key} {number}" for key, number in figures.items()))


if __name__ == "__main__":
    main()
