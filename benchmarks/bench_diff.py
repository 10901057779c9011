"""Measures the diff engine against difflib and against floors that do less, in the same run.

`python benchmarks/bench_diff.py [--json] [--repeat N] [--limit SECONDS]`.
Seconds are medians; `ratio` is ours divided by theirs, so below 1 is faster.
`matched` counts the lines (tokens for the minified file) found to be unchanged; more is better.
Floors: `hashing` splits, hashes and compares nothing more; `dmp` is fast_diff_match_patch on the lines as characters.
An engine that does not finish within the limit is ended and shown without figures.
"""

from __future__ import annotations

import argparse
import difflib
import json
import multiprocessing
import queue
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cydifflib
import fast_diff_match_patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sitegen_tui.domain.diffs import split_lines
from sitegen_tui.site.diff import diff_texts
from sitegen_tui.site.diff_match import intern_ids, match_ids
from sitegen_tui.site.diff_words import TOKEN

WORDS = (
    *("lodge", "river", "sunrise", "guide", "camp", "trail", "elephant"),
    *("dinner", "night", "booking", "family", "garden", "terrace"),
)


def html_lines(count: int, rng: random.Random) -> list[str]:
    lines: list[str] = []
    while len(lines) < count:
        number = len(lines)
        lines.append(f'  <section class="card card-{number % 7}" id="s{number}">')
        lines.extend(f"    <p>{' '.join(rng.choices(WORDS, k=9))}</p>" for _ in range(3))
        lines.extend(["    </div>", "  </section>", ""])
    return lines[:count]


def edited(lines: list[str], share: float, rng: random.Random) -> list[str]:
    result: list[str] = []
    for line in lines:
        draw = rng.random()
        if draw < share * 0.6:
            result.append(line.replace(rng.choice(WORDS), rng.choice(WORDS), 1) + "<!-- -->")
        elif draw < share * 0.8:
            result.extend([line, f"    <li>{' '.join(rng.choices(WORDS, k=5))}</li>"])
        elif draw >= share:
            result.append(line)
    return result


def minified(length: int, rng: random.Random) -> str:
    rules: list[str] = []
    size = 0
    while size < length:
        name, word, number = rng.choice(WORDS), rng.choice(WORDS), rng.randrange(400)
        rule = f".{name}-{number}>.{word}{{margin:{rng.randrange(90)}px {number}px;color:#{rng.randrange(4096):03x}}}"
        rules.append(rule)
        size += len(rule)
    return "".join(rules)


def cases() -> dict[str, tuple[str, str]]:
    rng = random.Random(7)
    page = html_lines(5000, rng)
    small = html_lines(330, rng)
    step = list(small)
    for place in (12, 13, 90, 200):
        step[place] = step[place].replace("p>", "b>")
    step[150:150] = ['    <img src="assets/hero.jpg" alt="">'] * 2
    one = minified(2_000_000, rng)
    other = "".join(rule + "}" if rng.random() > 0.02 else "" for rule in one.split("}")[:-1])
    repeated = [f"<li>{'ab'[number % 2]}</li>" for number in range(5000)]
    shuffled = [line for line in repeated if rng.random() > 0.2]
    lines_a = [f"a{number} {rng.random()}" for number in range(50_000)]
    lines_b = [f"b{number} {rng.random()}" for number in range(50_000)]
    return {
        "step: 16 KB HTML, few lines": ("\n".join(small), "\n".join(step)),
        "5k-line HTML, 30 % changed": ("\n".join(page), "\n".join(edited(page, 0.3, rng))),
        "minified 2 MB, one line": (one, other),
        "minified 2 MB, unrelated": (one, minified(2_000_000, rng)),
        "5k repetitive lines": ("\n".join(repeated), "\n".join(shuffled)),
        "5k identical lines, shifted": ("x\n" * 5000, "y\n" * 40 + "x\n" * 4960),
        "50k lines, all different": ("\n".join(lines_a), "\n".join(lines_b)),
    }


def median_seconds(work: Callable[[], Any], repeat: int) -> tuple[float, Any]:
    times: list[float] = []
    result: Any = None
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def _report(answer: Any, work: Callable[[str, str, bool], int], before: str, after: str, one_line: bool) -> None:
    answer.put(median_seconds(lambda: work(before, after, one_line), 1))


def bounded(work: Callable[[str, str, bool], int], case: tuple[str, str, bool], limit: float) -> Any:
    """Seconds and matches of one engine in a process of its own, or None if it took longer than `limit`."""
    context = multiprocessing.get_context("fork")
    answer = context.Queue()
    process = context.Process(target=_report, args=(answer, work, *case))
    process.start()
    try:
        return answer.get(timeout=limit)
    except queue.Empty:
        return None
    finally:
        process.kill()
        process.join()


def units(text: str, one_line: bool) -> list[str]:
    return TOKEN.findall(text) if one_line else split_lines(text)


def ours(before: str, after: str, one_line: bool) -> int:
    a, b = intern_ids(units(before, one_line), units(after, one_line))
    return sum(length for _, _, length in match_ids(a, b).runs)


def by_difflib(before: str, after: str, one_line: bool, autojunk: bool) -> int:
    matcher = difflib.SequenceMatcher(None, units(before, one_line), units(after, one_line), autojunk)
    return sum(block.size for block in matcher.get_matching_blocks())


def by_cydifflib(before: str, after: str, one_line: bool) -> int:
    matcher = cydifflib.SequenceMatcher(None, units(before, one_line), units(after, one_line), False)
    return sum(block.size for block in matcher.get_matching_blocks())


def by_dmp(before: str, after: str, one_line: bool) -> int:
    known: dict[str, str] = {}
    # Above the surrogates, so that every id is a character the library accepts.
    texts = [
        "".join(known.setdefault(unit, chr(0xE000 + len(known))) for unit in units(text, one_line)) for text in (before, after)
    ]
    parts = fast_diff_match_patch.diff(*texts, timelimit=2, checklines=False, cleanup="No")
    return sum(length for mark, length in parts if mark == "=")


def hashing(before: str, after: str, one_line: bool) -> int:
    return len(set(units(before, one_line)) & set(units(after, one_line)))


def measure(repeat: int, limit: float) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name, (before, after) in cases().items():
        one_line = "\n" not in before
        seconds, matched = median_seconds(lambda a=before, b=after, o=one_line: ours(a, b, o), repeat)
        whole, diff = median_seconds(lambda a=before, b=after: diff_texts("index.html", a, b), repeat)
        row: dict[str, Any] = {
            "case": name,
            "engine_seconds": seconds,
            "matched": matched,
            "whole_diff_seconds": whole,
            "coarse": diff.coarse,
            "others": {},
        }
        others: dict[str, Callable[[str, str, bool], int]] = {
            "difflib autojunk": lambda a, b, o: by_difflib(a, b, o, True),
            "dmp": by_dmp,
            "hashing": hashing,
        }
        if not one_line:
            others["difflib"] = lambda a, b, o: by_difflib(a, b, o, False)
            others["cydifflib"] = by_cydifflib
        for label, work in others.items():
            measured = bounded(work, (before, after, one_line), limit)
            their, found = measured or (None, None)
            row["others"][label] = {"seconds": their, "matched": found, "ratio": seconds / their if their else None}
        rows.append(row)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the diff engine against difflib and floors.")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--repeat", type=int, default=3, help="runs of ours per case (median)")
    parser.add_argument("--limit", type=float, default=4.0, help="seconds another engine may take per case")
    options = parser.parse_args()
    rows = measure(options.repeat, options.limit)
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        print(
            f"{row['case']}: engine {row['engine_seconds'] * 1000:.1f} ms, matched {row['matched']}; with words and "
            f"headings {row['whole_diff_seconds'] * 1000:.1f} ms{', coarse' if row['coarse'] else ''}"
        )
        for label, other in row["others"].items():
            if other["seconds"] is None:
                print(f"    {label:17} did not finish in {options.limit:g} s")
                continue
            print(f"    {label:17} {other['seconds'] * 1000:9.1f} ms  matched {other['matched']:7}  ratio {other['ratio']:.3f}")


if __name__ == "__main__":
    main()
