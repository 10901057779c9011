"""Judges of known quality on a real server: each reads the question it is sent and answers as one of its kind would.

    with Server().always(judge(sharp)) as server:
        ...

A judge finds what is planted by looking at the diff in its prompt, as a model would; how good it is decides what it answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from tests.providers.misbehaving import Peer, Script, answer

ADDED = re.compile(r"^\+(?!\+\+)\s*(.{8,190}?)\s*$", re.MULTILINE)
SIGNS = {
    "layout.visual-break": re.compile(r"transform: (?:rotate|skew)|^top: |position: relative;\s*$|max-width: (?:38|44|50)%"),
    "scope.unrequested-change": re.compile(r"letter-spacing: |font-style: italic|dotted"),
    "a11y.alt-inapt": re.compile(
        r'alt="(?:image|[\w-]+\.(?:jpg|png|svg|webp)|[^"]*(?:near me|book now|luxury|cheap|best|affordable))'
    ),
}

Opinion = Callable[[str, str], str | None]
"""From an id and the question, the quote that shows it; None where it is absent."""


def asked(question: str) -> list[str]:
    """The ids of a checklist."""
    return re.findall(r"^- ([a-z0-9]+\.[a-z0-9-]+) \(", question, re.MULTILINE)


def sharp(violation: str, question: str) -> str | None:
    """Finds what is planted, in what was added to the files, and nothing else."""
    sign = SIGNS.get(violation)
    return next((line for line in ADDED.findall(question) if sign and sign.search(line)), None)


def blind(violation: str, question: str) -> str | None:
    """Finds nothing."""
    return None


def inventive(violation: str, question: str) -> str | None:
    """Claims everything, by quotes that stand nowhere."""
    return "this is not in any file at all"


def eager(violation: str, question: str) -> str | None:
    """Claims everything, by a quote that does stand there."""
    return '<meta charset="utf-8">'


def said(question: str, opinion: Opinion) -> str:
    """A whole reply."""
    checks = []
    for violation in asked(question):
        quote = opinion(violation, question)
        file = "css/styles.css" if quote and ":" in quote and "<" not in quote else "index.html"
        line = _line_of(question, quote) if quote else 1
        evidence = [{"file": file, "line": line, "quote": quote, "why": "it was not asked for"}] if quote else []
        checks.append({"id": violation, "verdict": "present" if quote else "absent", "severity": "minor", "evidence": evidence})
    return json.dumps({"checks": checks})


def _line_of(question: str, quote: str) -> int:
    after = question.rpartition("AFTER:")[2]
    found = re.search(rf"^(\d+): .*{re.escape(quote)}", after, re.MULTILINE)
    return int(found.group(1)) if found else 1


def judge(opinion: Opinion) -> Script:
    """Answers every question so."""

    async def script(peer: Peer) -> None:
        question = peer.request.body["messages"][-1]["content"]
        await answer(said(question, opinion), pieces=[said(question, opinion)])(peer)

    return script


def models_file(folder: Path, url: str, *names: str, **more: object) -> Path:
    """A file of models that are judges at that address."""
    path = folder / "models.yaml"
    entry = {"base_url": url, "price": {"input": 1.0, "output": 2.0}, "settings": {"max_tokens": 4000}, **more}
    models = {f"openai/{name}": {**entry, "family": name} for name in names}
    path.write_text(json.dumps({"models": models}))
    return path
