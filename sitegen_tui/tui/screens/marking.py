"""What a rater has marked on the step in front of them, and every step back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen_tui.domain.events import LabelRecorded
from sitegen_tui.domain.labels import Done, marks_of
from sitegen_tui.domain.marks import Lines, Mark
from sitegen_tui.tui.widgets.checklist import KEYS, CheckRow, count_of
from sitegen_tui.tui.widgets.text_pane import StyledLine

if TYPE_CHECKING:
    from sitegen_tui.services.labelling import Question

_COUNT = re.compile(r"([1-9]\d{0,2})(?:\s*(?:/|of)\s*([1-9]\d{0,2}))?")


@dataclass(slots=True)
class Marking:
    """Marks by question, in the order they were made; `history` holds what they were before each change."""

    by_key: dict[str, Mark] = field(default_factory=dict[str, Mark])
    note: str = ""
    history: list[dict[str, Mark]] = field(default_factory=list[dict[str, Mark]])

    @classmethod
    def of(cls, label: Done, questions: Sequence[Question]) -> Marking:
        """What an earlier label said, as far as the checklist still has it."""
        if not isinstance(label, LabelRecorded):
            return cls()
        known = {question.key for question in questions}
        found = {_key(mark): mark for mark in marks_of(label)}
        return cls({key: mark for key, mark in found.items() if key in known}, label.note)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark, the first one first."""
        return tuple(self.by_key.values())

    @property
    def last(self) -> Mark | None:
        """The mark made last."""
        return self.marks[-1] if self.by_key else None

    @property
    def places(self) -> tuple[Lines, ...]:
        """Every line range that a mark names."""
        return tuple(place for mark in self.marks for place in mark.places)

    def toggle(self, question: Question, place: Lines | None) -> None:
        """Mark a question, with lines if there are any; what is marked gets one more place, or without lines is unmarked."""
        self._remember()
        had = self.by_key.pop(question.key, None)
        if had is not None and place is None:
            return
        mark = had or Mark(violation=question.violation.id, subject=question.subject)
        if place is not None and place not in mark.places:
            places = (*mark.places, place)
            wrong = max(mark.wrong, len(places))
            mark = mark.model_copy(update={"places": places, "wrong": wrong if mark.of == 1 else min(wrong, mark.of)})
        self.by_key[question.key] = mark

    def count(self, text: str) -> None:
        """Say of the last mark how many are wrong, and of how many."""
        found, last = _COUNT.fullmatch(text), self.last
        if found is not None and last is not None:
            self._remember()
            told = {"wrong": int(found[1]), "of": int(found[2] or 1)}
            self.by_key[_key(last)] = last.model_copy(update=told)

    def undo(self) -> bool:
        """Take back the last change; False where there was none."""
        if not self.history:
            return False
        self.by_key = self.history.pop()
        return True

    def rows(self, questions: Sequence[Question], *, everything: bool = False) -> list[CheckRow]:
        """The checklist: what has a key, and what is marked besides; or everything."""
        keyed = [
            CheckRow(KEYS[at] if at < len(KEYS) else "", question, self.by_key.get(question.key))
            for at, question in enumerate(questions)
        ]
        return [row for row in keyed if everything or row.key or row.mark]

    def _remember(self) -> None:
        self.history.append(dict(self.by_key))


def count_given(mark: Mark) -> str:
    """A mark's count as it is typed."""
    return f"{mark.wrong}/{mark.of}" if mark.of > 1 else str(mark.wrong)


def count_wrong(text: str) -> str:
    """What is wrong with a typed count; '' where nothing is."""
    found = _COUNT.fullmatch(text)
    if found is None:
        return "A number from 1, or two with a stroke between them: 2/3."
    if found[2] and int(found[1]) > int(found[2]):
        return f"{found[1]} of {found[2]} cannot be wrong."
    return ""


def card_lines(marking: Marking, selection: Lines | None, rules: Mapping[str, str]) -> list[StyledLine]:
    """What is selected, what the marks say beyond their names (the rule of the last one by its id), and the note."""
    lines: list[StyledLine] = []
    if selection is not None:
        lines.append([("selected  ", "accent_strong"), (_place(selection), "text")])
    for mark in reversed(marking.marks):
        name = f"{mark.violation}:{mark.subject}" if mark.subject else mark.violation
        count = count_of(mark)
        lines.append([(name, "strong"), (f"  {count}" if count else "", "accent")])
        lines += [[(f"  {_place(place)}", "muted")] for place in mark.places]
        if mark is marking.last and mark.violation in rules:
            lines.append([(rules[mark.violation], "muted")])
    if marking.note:
        lines.append([("note  ", "faint"), (marking.note, "text")])
    if not lines:
        lines = [
            [("Nothing is wrong so far: ⏎ says so.", "muted")],
            [("Select lines with space or ⇧↓, then press a key: they are its evidence.", "faint")],
        ]
    return lines


def _place(place: Lines) -> str:
    lines = str(place.first) if place.first == place.last else f"{place.first}–{place.last}"
    return f"{place.file}:{lines}" + ("" if place.side == "after" else " before")


def _key(mark: Mark) -> str:
    return f"{mark.violation}:{mark.subject}" if mark.subject else mark.violation
