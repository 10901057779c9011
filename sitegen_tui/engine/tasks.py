"""The names by which workers are called: the calculations behind them are loaded where they run, not where they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sitegen_tui.domain.runs import Pairing
from sitegen_tui.engine.jobs import Ask, Asked, Judged, JudgeJob, Look, Prompt, PromptJob, Sampled, SettleJob, StartSite


def start_site(pairing: Pairing) -> StartSite:
    """See `work.start_site`."""
    from sitegen_tui.engine import work

    return work.start_site(pairing)


def prompt(job: PromptJob) -> Prompt:
    """See `work.prompt`."""
    from sitegen_tui.engine import work

    return work.prompt(job)


def settle(job: SettleJob) -> Ask | Look | Judged:
    """See `work.settle`."""
    from sitegen_tui.engine import work

    return work.settle(job)


def questions(job: JudgeJob) -> tuple[Asked, ...]:
    """See `judge_work.questions`."""
    from sitegen_tui.engine import judge_work

    return judge_work.questions(job)


def sampled(job: JudgeJob, replies: tuple[tuple[tuple[str, ...], str], ...]) -> Sampled:
    """See `judge_work.sampled`."""
    from sitegen_tui.engine import judge_work

    return judge_work.sampled(job, replies)


def judge_wording() -> str:
    """See `judge_work.judge_wording`."""
    from sitegen_tui.engine import judge_work

    return judge_work.judge_wording()


def gold_before(pairing: Pairing, action_id: str) -> dict[str, str]:
    """See `work.gold_before`."""
    from sitegen_tui.engine import work

    return work.gold_before(pairing, action_id)


def gold_after(pairing: Pairing, action_id: str) -> dict[str, str]:
    """See `work.gold_after`."""
    from sitegen_tui.engine import work

    return work.gold_after(pairing, action_id)


def hashes(files: Mapping[str, str]) -> dict[str, str]:
    """sha256 of each text by its path."""
    return {path: hashlib.sha256(text.encode()).hexdigest() for path, text in files.items()}
