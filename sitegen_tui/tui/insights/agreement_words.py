"""Figures of agreement in words: values with their intervals and how the literature reads them."""

from __future__ import annotations

from sitegen_tui.domain.agreement import Agreement
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.tui import figures


def value_words(found: Agreement, width: int) -> str:
    """A value and as much of what belongs to it as there is room for."""
    one = found.estimate
    if one.value is None:
        return one.reason or figures.DASH
    short = hundredths(one.value)
    for text in (f"{short} {between(one)} {found.reading}", f"{short} {between(one)}", f"{short} {found.reading}", short):
        if len(text) <= width and "  " not in text.strip():
            return text.strip()
    return short


def full_words(found: Agreement) -> str:
    """`0.62 [0.41, 0.83] substantial`."""
    one = found.estimate
    if one.value is None:
        return one.reason or figures.DASH
    return " ".join(part for part in (hundredths(one.value), between(one) or one.reason, found.reading) if part)


def share_words(one: Estimate) -> str:
    """A share in per cent with its interval."""
    if one.value is None or one.low is None or one.high is None:
        return one.reason or figures.DASH
    return f"{100 * one.value:.0f} % [{100 * one.low:.0f}, {100 * one.high:.0f}]"


def hundredths(value: float) -> str:
    """Two decimals, as figures of agreement have them."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", figures.MINUS)


def between(one: Estimate) -> str:
    """`[0.41, 0.83]`, or nothing where there is no interval."""
    return "" if one.low is None or one.high is None else f"[{hundredths(one.low)}, {hundredths(one.high)}]"


def signed(value: float | None) -> str:
    """Two decimals with a sign, `0.00` for none."""
    if value is None:
        return figures.DASH
    text = hundredths(value)
    return text if text.startswith(figures.MINUS) or text == "0.00" else f"+{text}"
