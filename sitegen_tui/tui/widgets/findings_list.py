"""The findings of a step as they are charged, and the card that opens one down to its rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.text_pane import StyledLine, TextPane

if TYPE_CHECKING:
    from sitegen_tui.domain.findings import Charge
    from sitegen_tui.domain.violations import Violation

PROVENANCE = {
    "own": "this step caused it",
    "inherited": "an earlier step caused it: shown, not charged again",
    "repaired": "an earlier step caused it and this step mended it",
}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A charge and its place in the step."""

    number: int
    charge: Charge


def place_of(charge: Charge) -> str:
    """`file:line`, as much of it as is known."""
    evidence = charge.finding.evidence
    if not evidence.file:
        return ""
    return one_line(evidence.file) + (f":{evidence.line}" if evidence.line else "")


class FindingsList(LineList[FindingLine]):
    """Two lines a finding: what it cost, what and where; and in words."""

    ROW_HEIGHT: ClassVar[int] = 2

    EMPTY: ClassVar[tuple[str, ...]] = ("No findings yet.",)

    def key_of(self, row: FindingLine) -> str:
        """Its number in the step."""
        return str(row.number)

    def paint_row(self, row: FindingLine, line: Line, part: int) -> None:
        """One finding."""
        palette, charge = self.palette, row.charge
        finding = charge.finding
        if part == 0:
            line.column(figures.deduction(charge.amount), 6, palette.bad if charge.amount else palette.faint, right=True)
            line.gap(2)
            where = place_of(charge)
            room = line.room - 1
            name = fit_middle(one_line(finding.violation), max(12, room - min(len(where) + 2, room // 2)))
            line.add(name, palette.strong)
            if where and line.room > 6:
                where = fit_middle(where, line.room - 3)
                line.to(line.width - len(where) - 1).add(where, palette.accent)
        else:
            line.gap(8)
            tag = "" if finding.provenance == "own" else f"{finding.provenance.value}: "
            reason = f"  ({one_line(charge.reason)})" if charge.reason else ""
            line.add(tag, palette.faint).add(one_line(finding.message), palette.muted).add(reason, palette.faint)


class FindingCard(TextPane):
    """One finding in full: rule, evidence, arithmetic."""

    def explain(self, charge: Charge, violation: Violation | None, action: str) -> None:
        """Show a charge with its catalogue entry."""
        self.show_lines(explanation(charge, violation, action))


def explanation(charge: Charge, violation: Violation | None, action: str) -> list[StyledLine]:
    """A finding as lines: what, the rule, what was found, how the points came about."""
    finding, evidence = charge.finding, charge.finding.evidence
    title = violation.title if violation else finding.violation
    lines: list[StyledLine] = [
        [(title, "strong")],
        [(finding.violation, "muted"), (f"  {charge.severity.value}, {charge.kind.value}", "faint")],
        [("", "text")],
        [(finding.message, "text")],
    ]
    facts = [
        ("where", place_of(charge) + ("" if evidence.side == "after" or not evidence.file else " (before the step)")),
        ("subject", finding.subject),
        ("section", finding.section),
        ("found", evidence.quote),
        ("measured", evidence.measured),
        ("expected", evidence.expected),
    ]
    lines += [[(f"{name:<9} ", "faint"), (one_line(value), "text")] for name, value in facts if value]
    if violation:
        lines += [[("", "text")], [("The rule", "muted")], [(violation.rule, "text")]]
    lines += [[("", "text")], [("The points", "muted")]]
    lines += _arithmetic(charge, violation, action)
    lines.append([(f"{finding.provenance.value}: ", "faint"), (PROVENANCE[finding.provenance.value], "text")])
    return lines


def _arithmetic(charge: Charge, violation: Violation | None, action: str) -> list[StyledLine]:
    lines: list[StyledLine] = []
    term = violation.term(action) if violation else None
    if term is not None:
        if term.shared:
            share = f"{term.points:g} points shared by {charge.finding.instances}: {charge.nominal:.2f} each"
        else:
            share = f"{charge.nominal:.2f} for one instance"
        lines.append([(share, "text"), (f", at most {term.cap:g} in all", "muted")])
    charged = f"{charge.amount:.2f} charged"
    lines.append([(charged, "bad" if charge.amount else "text"), (f" ({charge.reason})" if charge.reason else "", "muted")])
    return lines
