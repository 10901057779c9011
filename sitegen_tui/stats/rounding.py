"""What rounding may make of a published figure."""

from __future__ import annotations

from sitegen_tui.domain.claims import Claim

DUST = 1e-9


def rounding(figure: float) -> float:
    """Half a unit of the last printed digit: 0.05 for 108.2, 0.5 for the whole number 128."""
    if isinstance(figure, int):
        return 0.5
    digits = repr(figure)
    return 0.5 * 10 ** -len(digits.partition(".")[2]) if "e" not in digits else DUST


def same(published: float, computed: float, allowed: float) -> bool:
    """Whether two figures differ by no more than rounding allows."""
    return abs(published - computed) <= allowed + DUST


def claim_of(section: str, subject: str, published: float, computed: float, allowed: float, method: str) -> Claim:
    """A claim that is one figure."""
    return Claim(
        section=section,
        subject=subject,
        claimed=str(published if isinstance(published, int) else round(published, 3)),
        computed=f"{computed:.2f}",
        method=method,
        verdict="reproduces" if same(published, computed, allowed) else "does not reproduce",
        published=float(published),
        value=computed,
        difference=published - computed,
        allowed=allowed,
    )
