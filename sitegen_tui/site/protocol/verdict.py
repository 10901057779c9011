"""Which protocol violations a reply, or a step's replies together, have earned."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen_tui.domain.edits import AppliedBlock, ApplyOutcome, ProtocolId, RejectedBlock


def protocol_violations(*, applied: int, failed: int, repaired: bool, truncated: bool) -> tuple[ProtocolId, ...]:
    """The ids earned, one cause charged once.

    `applied` counts the blocks made, no-ops included. `failed` counts the blocks refused for a reason of their own,
    so not the one that the reply's end cut through. `repaired` says that a block that was made needed a rung below
    exact or a later turn. `truncated` says that a reply was cut.

    * truncated: `protocol.truncated`; having nothing, or not everything, is then its consequence and not charged again,
      unless blocks failed besides.
    * nothing made: `protocol.unparseable`.
    * some made, some failed: `protocol.partial-apply`.
    * repaired: `protocol.repaired`.
    """
    earned: list[ProtocolId] = []
    if truncated:
        earned.append("protocol.truncated")
    if applied == 0 and (failed > 0 or not truncated):
        earned.append("protocol.unparseable")
    if applied > 0 and failed > 0:
        earned.append("protocol.partial-apply")
    if applied > 0 and repaired:
        earned.append("protocol.repaired")
    return tuple(earned)


def own_failures(rejected: Iterable[RejectedBlock], *, unterminated: bool) -> int:
    """How many blocks failed for a reason of their own; the reply's unterminated last block is not one of them."""
    return sum(1 for block in rejected if not (unterminated and block.reason == "unterminated"))


def join_turns(first: ApplyOutcome, second: ApplyOutcome) -> ApplyOutcome:
    """One outcome for two turns, where `second` was applied to the files that `first` left.

    A block of `first` stays refused if `second` made nothing in that block's file, or, where the file is unknown,
    nothing at all. Reply line numbers count within each turn. In files that the second turn changed, the places of
    the first turn's blocks are no longer known (0).
    """
    made = {block.path for block in second.applied}
    tried = made | {block.path for block in second.rejected}
    left = tuple(block for block in first.rejected if (block.path not in tried if block.path else not second.applied))
    rejected = (*left, *second.rejected)
    still_cut = first.unterminated and any(block.reason == "unterminated" for block in left)
    unterminated = still_cut or second.unterminated
    truncated = second.truncated or (first.truncated and (still_cut or not second.applied))
    applied = (*(_displaced(block) if block.path in second.files else block for block in first.applied), *second.applied)
    repaired = first.repaired or bool(second.applied)
    return ApplyOutcome(
        files={**first.files, **second.files},
        applied=applied,
        rejected=rejected,
        repaired=repaired,
        truncated=truncated,
        unterminated=unterminated,
        protocol=protocol_violations(
            applied=len(applied),
            failed=own_failures(rejected, unterminated=unterminated),
            repaired=repaired,
            truncated=truncated,
        ),
        turns=first.turns + second.turns,
    )


def _displaced(block: AppliedBlock) -> AppliedBlock:
    return block.model_copy(update={"after_start_line": 0, "after_end_line": 0})
