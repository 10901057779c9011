"""What runs in worker processes: prompts, applying and judging replies, the gold chain; pure functions with caches."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from sitegen_tui.actions.base import Brief
from sitegen_tui.actions.brief import build_messages
from sitegen_tui.actions.registry import action
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.actions.told import common_hash
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.diffs import split_lines
from sitegen_tui.domain.edits import ApplyOutcome
from sitegen_tui.domain.events import AppliedEdit, FileChange
from sitegen_tui.domain.probes import Probe
from sitegen_tui.domain.runs import Message, Pairing
from sitegen_tui.domain.violations import Layer
from sitegen_tui.engine.jobs import Ask, Judged, Look, Prompt, PromptJob, Purpose, SettleJob, StartSite, Turn
from sitegen_tui.judge import gold
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.site.diff_match import intern_ids, match_ids
from sitegen_tui.site.page import content_hash
from sitegen_tui.site.protocol import (
    EDITABLE_PATHS,
    apply_reply,
    join_turns,
    parse_reply,
    repair_prompt,
    whole_file_fits,
    whole_file_prompt,
)

SETTLED = 64
"""Answers to replies that are kept for the same replies on the same files."""

_NEXT_TURN: dict[int, Purpose] = {1: "repair", 2: "whole-file"}
_FAILURES = frozenset({"protocol.unparseable", "protocol.partial-apply", "protocol.truncated"})


def start_site(pairing: Pairing) -> StartSite:
    """The site a run starts from. Raises UnknownName or ContentError."""
    shelf = library()
    files = shelf.start_files(shelf.template(pairing.template), shelf.pack(pairing.requirements))
    return StartSite(
        files=files,
        site={path: hashlib.sha256(content).hexdigest() for path, content in files.items()},
        editable=_editable(files),
        content_hash=shelf.content_hash(pairing.template, pairing.requirements),
        rubric=catalogue().rubric_version,
        prompt=common_hash(),
    )


def prompt(job: PromptJob) -> Prompt:
    """What a model is told for one action; the same for every model."""
    brief = brief_of(job.pairing.template, job.pairing.requirements)
    messages = build_messages(action(job.action), job.files, sorted(brief.assets), brief.requirements, brief.manifest)
    return Prompt(messages, _hash_of(messages))


def settle(job: SettleJob) -> Ask | Look | Judged:
    """Apply the replies of a step; then judge what came of them, or say what to ask or what to look at next.

    Edits that failed are asked for once more, then, where the files fit into a reply, as whole files; after that the
    step is judged as it is.
    """
    begun = time.perf_counter()
    if job.seen is None and job.told is None:
        names = (job.pairing.template, job.pairing.requirements)
        files = tuple(job.files.items())
        answer = _settled(*names, job.action, files, job.turns, job.layers, job.max_output_tokens, brief_of(*names))
    else:
        answer = _answer(job)
    return replace(answer, milliseconds=(time.perf_counter() - begun) * 1000) if isinstance(answer, Judged) else answer


@lru_cache(maxsize=SETTLED)
def _settled(
    template: str,
    requirements: str,
    action_id: str,
    files: tuple[tuple[str, str], ...],
    turns: tuple[Turn, ...],
    layers: tuple[Layer, ...],
    max_output_tokens: int,
    _brief: Brief,
) -> Ask | Look | Judged:
    """The same replies on the same files are settled once: models without chance repeat themselves from run to run."""
    pairing = Pairing(template=template, requirements=requirements)
    return _answer(SettleJob(pairing, action_id, dict(files), turns, layers, None, max_output_tokens))


def _answer(job: SettleJob) -> Ask | Look | Judged:
    outcome = _applied(job)
    now = {**job.files, **outcome.files}
    if _FAILURES.intersection(outcome.protocol):
        purpose = _NEXT_TURN.get(len(job.turns))
        if purpose == "repair":
            return Ask(purpose, repair_prompt(outcome, job.files), now)
        if purpose == "whole-file" and _fits(outcome, now, job.max_output_tokens):
            return Ask(purpose, whole_file_prompt(outcome, job.files), now)
    start = gold.gold_start(job.pairing.template, job.pairing.requirements)
    if Layer.RENDERED in job.layers and job.seen is None:
        return Look(now, start)
    seen = job.seen
    judgement = evaluate(
        StepInput(
            action_id=job.action,
            before=job.files,
            after=now,
            brief=brief_of(job.pairing.template, job.pairing.requirements),
            protocol=outcome.protocol,
            rejected=outcome.rejected,
            layers=frozenset(job.layers),
            start=start,
            seen_before=_probe(seen.before) if seen else None,
            seen_after=_probe(seen.after) if seen else None,
            seen_start=_probe(seen.start) if seen else None,
            told=job.told or (),
        )
    )
    return Judged(
        changed=outcome.files,
        changes=_changes(job.files, outcome.files),
        edits=_edits(outcome),
        judgement=judgement,
        milliseconds=0.0,
    )


@lru_cache(maxsize=32)
def _probe(text: bytes) -> Probe:
    """A probe read; a step's `after` is the next one's `before`."""
    return Probe.model_validate_json(text)


def gold_before(pairing: Pairing, action_id: str) -> dict[str, str]:
    """The editable texts that an action of an isolated run starts from: everything before it as the reference makes it."""
    return dict(gold.gold_before(pairing.template, pairing.requirements, action_id))


def gold_after(pairing: Pairing, action_id: str) -> dict[str, str]:
    """The editable texts that the reference editor makes of the start site up to and with an action."""
    return dict(gold.gold_after(pairing.template, pairing.requirements, action_id))


def _editable(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: files[path].decode("utf-8") for path in EDITABLE_PATHS if path in files}


def _hash_of(messages: tuple[Message, ...]) -> str:
    digest = hashlib.sha256()
    for message in messages:
        digest.update(f"{message.role}\0{message.content}\0".encode())
    return digest.hexdigest()


def _applied(job: SettleJob) -> ApplyOutcome:
    outcome: ApplyOutcome | None = None
    for turn in job.turns:
        files = job.files if outcome is None else {**job.files, **outcome.files}
        reply = apply_reply(files, parse_reply(turn.reply, finish_reason=turn.finish_reason))
        outcome = reply if outcome is None else join_turns(outcome, reply)
    if outcome is None:
        raise ValueError("a step cannot be settled without a reply")
    # A later turn may have put back what an earlier one changed.
    files = {path: text for path, text in outcome.files.items() if job.files.get(path) != text}
    return outcome.model_copy(update={"files": files})


def _fits(outcome: ApplyOutcome, now: Mapping[str, str], max_output_tokens: int) -> bool:
    failed = {block.path for block in outcome.rejected}
    wanted = [path for path in EDITABLE_PATHS if path in failed] or [path for path in EDITABLE_PATHS if path in now]
    return whole_file_fits("".join(now.get(path, "") for path in wanted), max_output_tokens)


def _changes(before: Mapping[str, str], changed: Mapping[str, str]) -> tuple[FileChange, ...]:
    changes: list[FileChange] = []
    for path, text in sorted(changed.items()):
        old = before.get(path)
        old_lines, new_lines = split_lines(old or ""), split_lines(text)
        # Only the counts of a diff are wanted here: its words and headings are worked out when somebody looks.
        kept = sum(length for _, _, length in match_ids(*intern_ids(old_lines, new_lines)).runs)
        changes.append(
            FileChange(
                path=path,
                added=len(new_lines) - kept,
                removed=len(old_lines) - kept,
                before=None if old is None else content_hash(old),
                after=content_hash(text),
            )
        )
    return tuple(changes)


def _edits(outcome: ApplyOutcome) -> tuple[AppliedEdit, ...]:
    made = [
        AppliedEdit(path=block.path, kind=block.kind, outcome=block.rung, applied=True, line=block.line)
        for block in outcome.applied
    ]
    refused = [
        AppliedEdit(path=block.path, kind="refused", outcome=block.reason, applied=False, line=block.line, detail=block.detail)
        for block in outcome.rejected
    ]
    return tuple(sorted((*made, *refused), key=lambda edit: edit.line))
