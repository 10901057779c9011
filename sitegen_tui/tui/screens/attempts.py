"""A step's prompt, raw reply and attempts as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen_tui.tui import figures

if TYPE_CHECKING:
    from sitegen_tui.domain.events import AppliedEdit
    from sitegen_tui.domain.runs import Attempt
    from sitegen_tui.services.reads import StepDetail
    from sitegen_tui.tui.widgets.text_pane import StyledLine


def _text(text: str, style: str = "text") -> list[StyledLine]:
    return [[(line, style)] for line in text.split("\n")]


def _title(words: str, note: str = "") -> list[StyledLine]:
    return [[(words, "accent_strong"), (f"  {note}" if note else "", "muted")], [("", "text")]]


def prompt_lines(detail: StepDetail) -> list[StyledLine]:
    """Every message the model was sent in its first attempt."""
    lines: list[StyledLine] = []
    for message in detail.messages:
        lines += _title(message.role, f"{len(message.content):,} characters")
        lines += _text(message.content)
        lines.append([("", "text")])
    return lines


def reply_lines(detail: StepDetail) -> list[StyledLine]:
    """What the model wrote, attempt by attempt, as it came."""
    lines: list[StyledLine] = []
    for attempt in detail.view.attempts:
        lines += _title(f"Attempt {attempt.number}", f"{attempt.purpose}, {len(attempt.reply):,} characters")
        if attempt.reasoning:
            lines += _text(attempt.reasoning, "faint")
            lines.append([("", "text")])
        lines += _text(attempt.reply) if attempt.reply else [[("It wrote nothing.", "muted")]]
        lines.append([("", "text")])
    return lines


def attempt_lines(detail: StepDetail) -> list[StyledLine]:
    """Tokens, times and endings of each attempt, and what became of each block of the reply."""
    lines: list[StyledLine] = []
    for attempt in detail.view.attempts:
        lines += _title(f"Attempt {attempt.number}", attempt.purpose)
        lines += [[(f"  {name:<16}", "faint"), (value, "text")] for name, value in _facts(attempt)]
        if attempt.error:
            lines.append([("  error           ", "faint"), (attempt.error, "bad")])
        lines.append([("", "text")])
    if detail.view.edits:
        done = sum(1 for edit in detail.view.edits if edit.applied)
        lines += _title("Edits", f"{done} of {len(detail.view.edits)} made")
        lines += [_edit(edit) for edit in detail.view.edits]
        lines.append([("", "text")])
    if detail.view.not_assessed:
        lines += _title("Not assessed", "no layer at hand can see these")
        lines += [[(f"  {name}", "muted")] for name in detail.view.not_assessed]
    return lines


def _facts(attempt: Attempt) -> list[tuple[str, str]]:
    usage = attempt.usage
    reasoning = f", {usage.reasoning_tokens:,} of them reasoning" if usage.reasoning_tokens else ""
    about = "~" if usage.estimated else ""
    seconds = (attempt.total_ms - (attempt.first_token_ms or 0.0)) / 1000
    speed = f", {usage.output_tokens / seconds:,.0f} tokens/s" if seconds > 0.05 and usage.output_tokens else ""
    return [
        ("tokens in", f"{about}{usage.input_tokens:,}"),
        ("tokens out", f"{about}{usage.output_tokens:,}{reasoning}"),
        ("cost", "no price is known" if attempt.unpriced else figures.money(usage.usd)),
        ("first token", figures.milliseconds(attempt.first_token_ms)),
        ("whole reply", figures.milliseconds(attempt.total_ms) + speed),
        ("ended", attempt.finish_reason),
        *([("served by", attempt.served_by)] if attempt.served_by else []),
        *((f"{name}"[:15], f"{value}") for name, value in attempt.settings.items()),
    ]


def _edit(edit: AppliedEdit) -> StyledLine:
    sign, style = ("✓", "good") if edit.applied else ("×", "bad")
    line = f" reply line {edit.line}" if edit.line else ""
    return [
        (f"  {sign} ", style),
        (f"{edit.path}  ", "text"),
        (f"{edit.kind}, {edit.outcome}{line}", "muted"),
        (f"  {edit.detail}" if edit.detail else "", "faint"),
    ]
