"""What the engine asks its workers, and what they answer: plain values that travel between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sitegen_tui.domain.events import AppliedEdit, FileChange
from sitegen_tui.domain.findings import Finding, Judgement
from sitegen_tui.domain.judges import JudgeMode
from sitegen_tui.domain.runs import Message, Pairing
from sitegen_tui.domain.verdicts import Verdict
from sitegen_tui.domain.violations import Layer

Purpose = Literal["edit", "repair", "whole-file"]

MAX_OUTPUT_TOKENS = 16_384
"""What a model is taken to be able to write in one reply."""


@dataclass(frozen=True, slots=True)
class StartSite:
    """Where a run begins: the whole site (path to content, path to sha256), what it was made of, and what models are told."""

    files: Mapping[str, bytes]
    site: Mapping[str, str]
    editable: Mapping[str, str]
    content_hash: str
    rubric: int
    prompt: str


@dataclass(frozen=True, slots=True)
class PromptJob:
    """Which action is to be asked for; `files` are the editable texts now."""

    pairing: Pairing
    action: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told, and the sha256 of it."""

    messages: tuple[Message, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply, and what it was asked for."""

    purpose: Purpose
    reply: str
    finish_reason: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser saw before and after a step and at the start of the run: probes as JSON."""

    before: bytes
    after: bytes
    start: bytes


@dataclass(frozen=True, slots=True)
class SettleJob:
    """The replies of one step, to be applied to `files` and judged, or answered with what to ask next.

    `seen` is empty at first: where the rendered layer is to judge, the answer is then what to look at. `told` is what an LLM judge
    found, None as long as none was heard.
    """

    pairing: Pairing
    action: str
    files: Mapping[str, str]
    turns: tuple[Turn, ...]
    layers: tuple[Layer, ...]
    seen: Seen | None = None
    max_output_tokens: int = MAX_OUTPUT_TOKENS
    told: tuple[Finding, ...] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Edits failed: the next turn to ask for, and the editable texts it starts from."""

    purpose: Purpose
    text: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """The edits are applied and wait for a browser's look: the editable texts after the step and at the start of the run."""

    after: Mapping[str, str]
    start: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A settled step. `changed` holds the new text of each changed file."""

    changed: Mapping[str, str]
    changes: tuple[FileChange, ...]
    edits: tuple[AppliedEdit, ...]
    judgement: Judgement
    milliseconds: float


@dataclass(frozen=True, slots=True)
class JudgeJob:
    """A judged step as an LLM judge is asked about it: editable texts before and after, and the seed of the checklist's order."""

    pairing: Pairing
    action: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    mode: JudgeMode
    seed: str
    context: int | None = None
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a judge: messages, and the ids that its reply has to answer."""

    messages: tuple[Message, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sampled:
    """Replies to all requests of one sample after the gate; `error` says why they say nothing, empty if they do."""

    verdicts: tuple[Verdict, ...] = ()
    items: int = 0
    rejected: int = 0
    moved: int = 0
    error: str = ""
