"""What rounding may make of a published figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def listed(figures: Iterable[float]) -> str:
    """Figures in a row, as they were printed."""
    return ", ".join(map(str, figures))


def added(figures: Iterable[float]) -> str:
    """A sum written out, as its figures were printed."""
    return " + ".join(f"({figure})" if figure < 0 else str(figure) for figure in figures)


def claim_of(
    section: str, subject: str, published: float, computed: float, allowed: float, method: str, steps: Sequence[str] = ()
) -> Claim:
    """A claim that is one figure; how it is held against what is computed is the last of its steps."""
    borne_out = same(published, computed, allowed)
    difference = published - computed
    told = f"{published:g} published - {computed:.4g} computed = {difference:+.3g}; rounding allows {allowed:.2g} either way"
    return Claim(
        section=section,
        subject=subject,
        claimed=str(published if isinstance(published, int) else round(published, 3)),
        computed=f"{computed:.2f}",
        method=method,
        verdict="reproduces" if borne_out else "does not reproduce",
        published=float(published),
        value=computed,
        difference=difference,
        allowed=allowed,
        steps=(*steps, told),
    )
