"""What the engine hands out: events of one run that belong together, with the content they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen_tui.domain.events import Event


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of one run, to be committed in one transaction and in this order.

    A judged step comes as one batch (output, findings, score), so that a score is never stored without its findings.
    `blobs` maps sha256 to the content that these events name and no earlier batch of the run brought. A token delta
    is a batch of its own.
    """

    run_id: str
    events: tuple[Event, ...]
    blobs: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
