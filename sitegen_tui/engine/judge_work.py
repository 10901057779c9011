"""What runs in worker processes for LLM judges: blinding, the requests, and the gate that their replies have to pass."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sitegen_tui.actions.registry import action
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.content.shelf import Roots, shelf_roots
from sitegen_tui.engine.jobs import Asked, JudgeJob, Sampled
from sitegen_tui.judge import gold
from sitegen_tui.judge.blind import Blinded, Known, blinded
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.llm import checklist, gate, prompt
from sitegen_tui.judge.llm.reply import Nonsense, Said, read


def questions(job: JudgeJob) -> tuple[Asked, ...]:
    """The requests of one sample. Raises UsageError, with the arithmetic, for a context that holds not even one id."""
    brief = brief_of(job.pairing.template, job.pairing.requirements)
    asked_about = action(job.action)
    before, after, _ = _blinded(job)
    told = f"Action {asked_about.number} of 16, {asked_about.id}: {asked_about.intent}.\n\n"
    found = prompt.questions(
        directive=told + asked_about.directive(brief.requirements, brief.manifest),
        before=before.files,
        after=after.files,
        ids=checklist.shuffled(checklist.asked(catalogue(), job.action, job.mode), job.seed),
        catalogue=catalogue(),
        context=job.context,
        answer=job.answer,
    )
    return tuple(Asked(one.messages, one.ids) for one in found)


def sampled(job: JudgeJob, replies: tuple[tuple[tuple[str, ...], str], ...]) -> Sampled:
    """What the replies, each with the ids it had to answer, say after the gate; one that answers nothing spoils the sample."""
    before, after, reference = _blinded(job)
    said: list[Said] = []
    for ids, text in replies:
        try:
            said += read(text, ids)
        except Nonsense as error:
            return Sampled(error=str(error))
    grounds = gate.Grounds(after=after.files, before=before.files, gold=reference.files, back=after.back)
    passed = gate.verified(said, [one for ids, _ in replies for one in ids], grounds)
    verdicts = tuple(sorted(passed.verdicts, key=lambda verdict: verdict.violation))
    return Sampled(verdicts, passed.items, passed.rejected, passed.moved)


def judge_wording() -> str:
    """The hash of what judges are told, apart from the files."""
    return prompt.wording()


def _blinded(job: JudgeJob) -> tuple[Blinded, Blinded, Blinded]:
    """The step before, after, and as the reference makes it."""
    names = (job.pairing.template, job.pairing.requirements)
    return _seen(shelf_roots(), *names, job.action, _items(job.before), _items(job.after))


@lru_cache(maxsize=16)
def _seen(
    roots: Roots,
    template: str,
    requirements: str,
    action_id: str,
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
) -> tuple[Blinded, Blinded, Blinded]:
    reference = gold.gold_after(template, requirements, action_id)
    old, new, best = blinded(known(roots, template, requirements), dict(before), dict(after), reference)
    return old, new, best


@lru_cache(maxsize=64)
def known(_roots: Roots, template: str, requirements: str) -> Known:
    """What a site of this template and requirements is made of before any model has touched it."""
    brief = brief_of(template, requirements)
    texts = (brief.manifest.model_dump_json(), brief.requirements.model_dump_json())
    return Known([*gold.gold_start(template, requirements).values(), *texts])


def _items(files: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(files.items()))
