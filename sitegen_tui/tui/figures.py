"""How numbers, times and states are written: the same everywhere, so that a number means one thing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

DASH = "–"
MINUS = "−"


def points(value: float | None) -> str:
    """A score in points with one decimal (two where it needs them); a dash where there is none."""
    if value is None:
        return DASH
    rounded = round(value, 2) + 0.0
    text = f"{rounded:.2f}" if abs(rounded * 10 - round(rounded * 10)) > 1e-6 else f"{rounded:.1f}"
    return text.replace("-", MINUS)


def tenths(value: float | None) -> str:
    """A number with one decimal, as columns of statistics have it; a dash where there is none."""
    return DASH if value is None else f"{round(value, 1) + 0.0:.1f}".replace("-", MINUS)


def between(low: float | None, high: float | None, reason: str = "") -> str:
    """An interval, or the reason why there is none."""
    return reason or DASH if low is None or high is None else f"{tenths(low)} – {tenths(high)}"


def percent(share: float | None) -> str:
    """A share of 1 in per cent with one decimal; a dash where there is none."""
    return DASH if share is None else f"{tenths(100 * share)} %"


def deduction(amount: float) -> str:
    """Points taken away, with their sign."""
    return f"{MINUS}{amount:.2f}" if amount > 0 else "0.00"


def out_of(total: float, assessed: float, steps: int, *, full: bool, layers: str = "static") -> str:
    """A total and what it is out of: `142.0 / 160` when everything was judged, `63.5 of 90.5 static` when not."""
    if not steps:
        return DASH
    if full:
        return f"{points(total)} / {steps * 10}"
    return f"{points(total)} of {points(assessed)} {layers}"


def money(usd: float | None, unpriced: int = 0) -> str:
    """Dollars; a dash where no price is known, and the least that was spent where `unpriced` parts of a sum are."""
    if usd is None:
        return DASH
    least = "≥" if unpriced else ""
    if usd == 0:
        return f"{least}$0"
    return f"{least}${usd:.4f}" if usd < 0.01 else f"{least}${usd:.2f}"


def count(number: int) -> str:
    """A count in at most six characters: 987, 12.3k, 4.56M."""
    if number < 10_000:
        return str(number)
    return f"{number / 1000:.1f}k" if number < 1_000_000 else f"{number / 1e6:.2f}M"


def clock(seconds: float) -> str:
    """A length of time as m:ss or h:mm:ss."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def milliseconds(value: float | None) -> str:
    """A length of time measured in milliseconds, in the unit that reads best."""
    if value is None:
        return DASH
    return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s" if value < 60_000 else clock(value / 1000)


def elapsed(started: datetime | None, finished: datetime | None, now: datetime | None = None) -> str:
    """How long something took, or has taken until now."""
    if started is None:
        return DASH
    span: timedelta = (finished or now or datetime.now(UTC)) - started
    return clock(span.total_seconds())


def plural(number: int, word: str) -> str:
    """A count with its noun."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


STATE_SIGNS = {
    "queued": "·",
    "running": "▸",
    "finished": "✓",
    "incomplete": "!",
    "cancelled": "×",
    "interrupted": "‖",
    "waiting": "·",
    "prompted": "▸",
    "streaming": "▸",
    "judging": "◆",
    "scored": "✓",
    "unscored": "!",
}
"""A sign for each state; the state's word always stands beside it or in the help."""
