"""Whether a model's context can hold what it is asked and what it has to answer, reckoned before a run begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sitegen_tui.domain.models import ModelInfo
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.errors import UsageError

CHARACTERS_PER_TOKEN = 3
"""Markup and style sheets make more tokens than prose does: most tokenizers count less than this."""
OUTPUT_FACTOR = 1.3
"""How much an answer may be longer than the file that it writes: quotes, names, a sentence before."""


@dataclass(frozen=True, slots=True)
class Need:
    """What an action takes, in tokens: its prompt, and an answer that writes its largest file whole."""

    action: str
    prompt: int
    answer: int

    @property
    def total(self) -> int:
        """Both together: they share the context."""
        return self.prompt + self.answer


def check_context(info: ModelInfo, pairings: Sequence[Pairing], actions: Sequence[str]) -> None:
    """Raises UsageError, with the arithmetic, for a model that cannot take the largest step of one of the pairings."""
    if info.context is None:
        return
    for pairing in pairings:
        asked = (need for need in needs(pairing.template, pairing.requirements) if need.action in actions)
        need = max(asked, key=lambda need: need.total)
        if need.total > info.context:
            raise UsageError(
                f"{info.name} holds {info.context:,} tokens, and {need.action} on {pairing.template} needs about {need.total:,}: "
                f"{need.prompt:,} of prompt and {need.answer:,} of answer ({CHARACTERS_PER_TOKEN} characters a token; the answer "
                f"{OUTPUT_FACTOR:g} times the largest file it writes)",
                hint=_help(info, pairing, actions),
            )


@lru_cache(maxsize=64)
def needs(template: str, requirements: str) -> tuple[Need, ...]:
    """What each action takes on the gold chain. Raises UnknownName or ContentError."""
    from sitegen_tui.actions.registry import action
    from sitegen_tui.domain.pipeline import ACTION_IDS
    from sitegen_tui.engine import work
    from sitegen_tui.engine.jobs import PromptJob

    pairing = Pairing(template=template, requirements=requirements)
    found: list[Need] = []
    for name in ACTION_IDS:
        before, after = work.gold_before(pairing, name), work.gold_after(pairing, name)
        prompt = sum(len(message.content) for message in work.prompt(PromptJob(pairing, name, before)).messages)
        largest = max((len(after.get(path, "")) for path in action(name).write_set), default=0)
        found.append(Need(name, _tokens(prompt), _tokens(round(largest * OUTPUT_FACTOR))))
    return tuple(found)


def _help(info: ModelInfo, pairing: Pairing, actions: Sequence[str]) -> str:
    known = needs(pairing.template, pairing.requirements)
    fitting = [need.action for need in known if need.action in actions and need.total <= (info.context or 0)]
    some = f"leave actions out with --actions (those that fit: {', '.join(fitting)}); or " if fitting else ""
    return f"{some}take a smaller template, such as blank-site, or a model with a larger context"


def _tokens(characters: int) -> int:
    return -(-characters // CHARACTERS_PER_TOKEN)
