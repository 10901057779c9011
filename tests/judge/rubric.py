"""The frozen corpus: what the judge says of each gold, faulty and harmless site, kept as two short digests a site.

`python tests/judge/rubric.py` freezes it anew. It refuses to when a verdict on an unchanged site is another and the rubric's
version is still the same: results of different verdicts must never be pooled as if one judge had given them.
"""

# ruff: noqa: E402

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    # Some package brings a folder of its own called tests, which would be found instead of this one.
    sys.path.insert(0, str(ROOT))
    sys.modules["tests"] = ModuleType("tests")
    sys.modules["tests"].__path__ = [str(ROOT / "tests")]

from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.domain.audits import AuditWanted, MutantKey
from sitegen_tui.domain.findings import Judgement
from sitegen_tui.judge.audit import Mutant, judge, keys, mutant
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.judge.gold import gold_after, gold_before, gold_start
from tests.actions.gold import PAIRS

FILE = Path(__file__).with_name("rubric.json")
SEED = 20260


@dataclass(frozen=True)
class Frozen:
    """Digests of a site, with what it came from, and of what the judge says of it by files."""

    site: str
    verdict: str


def chosen(name: str, one_in: int) -> bool:
    """Whether a site is among those that are tried where one in so many is; always the same ones."""
    return zlib.crc32(name.encode()) % one_in == 0


def corpus(one_in: int = 1) -> Iterator[tuple[str, Frozen]]:
    """Every gold step, every fault and every harmless change of the pairs that are tried in depth, judged by files."""
    for template, pack in PAIRS:
        for action in ACTIONS:
            name = f"gold/{template}/{pack}/{action.id}"
            if chosen(name, one_in):
                yield name, _gold(template, pack, action.id)
    for key in keys(AuditWanted(seed=SEED, templates=tuple(template for template, _ in PAIRS))):
        wanted = (key.template, key.requirements) in PAIRS and chosen(str(key), one_in)
        made = mutant(key) if wanted else None
        if made is not None:
            yield str(key), Frozen(_site(made), _verdict(judge(made)))


def frozen() -> tuple[int, dict[str, Frozen]]:
    """The version that the corpus was frozen under, and the corpus."""
    kept = json.loads(FILE.read_text("utf-8"))
    return kept["rubric_version"], {name: Frozen(*digests.split()) for name, digests in kept["corpus"].items()}


def changed_verdicts(old: dict[str, Frozen], new: dict[str, Frozen]) -> list[str]:
    """Unchanged sites of which the judge says something else."""
    return sorted(name for name, one in new.items() if name in old and old[name].site == one.site and old[name] != one)


def _gold(template: str, pack: str, action: str) -> Frozen:
    key = MutantKey.model_validate(
        {"suite": "null", "template": template, "requirements": pack, "action": action, "faults": ("gold",)}
    )
    before, after, start = gold_before(template, pack, action), gold_after(template, pack, action), gold_start(template, pack)
    given = StepInput(action, before, after, brief_of(template, pack), start=start)
    return Frozen(_site(Mutant(key, before, after, after, start)), _verdict(evaluate(given)))


def _site(made: Mutant) -> str:
    parts = (
        made.before,
        made.after,
        made.protocol,
        sorted((p, hashlib.sha256(c).hexdigest()) for p, c in (made.assets_after or {}).items()),
    )
    return _digest(json.dumps([sorted(part.items()) if hasattr(part, "items") else part for part in parts]))


def _verdict(judgement: Judgement) -> str:
    charges = sorted(
        (c.finding.violation, c.finding.subject, round(c.amount, 3), c.finding.provenance.value) for c in judgement.charges
    )
    return _digest(json.dumps([charges, round(judgement.score.value, 3)]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]


def main() -> None:
    version, new = catalogue().rubric_version, dict(corpus())
    if FILE.exists():
        last, old = frozen()
        if last == version and (changed := changed_verdicts(old, new)):
            print(f"{len(changed)} verdicts are others, such as {changed[:3]}: raise rubric_version in the catalogue first")
            sys.exit(1)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(f'{one.site} {one.verdict}')}" for name, one in sorted(new.items()))
    FILE.write_text(f'{{"rubric_version": {version}, "corpus": {{\n{lines}\n}}}}\n', "utf-8")
    print(f"rubric {version}: {len(new)} sites")


if __name__ == "__main__":
    main()
