"""A look that failed is the page's fault only where a sound page can be seen: a busy machine costs nobody points."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from sitegen_tui.domain.ports import Sight
from sitegen_tui.domain.probes import Failure, Probe, ProbeWants
from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.host import RenderHost
from sitegen_tui.services import eyes
from sitegen_tui.services.eyes import steady_look

PAGE, SOUND = {"index.html": b"<p>page"}, {"index.html": b"<p>sound"}


class Scripted(RenderHost):
    """Looks that fail where they are told to: starving a real browser on purpose would starve every other test."""

    def __init__(self, fails: Callable[[int, Mapping[str, bytes]], bool], kind: str = "timeout") -> None:
        super().__init__()
        self._fails, self._kind = fails, kind
        self.seen: list[Mapping[str, bytes]] = []

    async def look(self, files: Mapping[str, bytes], manifest: bytes, want: ProbeWants | None = None) -> Sight:
        self.seen.append(files)
        failed = self._fails(len(self.seen), files)
        failure = Failure.model_validate({"kind": self._kind, "stage": "desktop", "detail": "late"}) if failed else None
        return Sight(Probe(failure=failure, wants=ProbeWants()).model_dump_json().encode(), {})


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes, "PAUSES", (0.0, 0.0))


def failure_of(sight: Sight) -> Failure | None:
    return Probe.model_validate_json(sight.probe).failure


async def test_a_page_that_fails_where_a_sound_one_is_seen_is_to_blame() -> None:
    host = Scripted(lambda _, files: files == PAGE)
    assert failure_of(await steady_look(host, PAGE, b"", sound=SOUND)) is not None
    assert host.seen == [PAGE, PAGE, SOUND]


async def test_where_no_page_can_be_seen_none_is_to_blame() -> None:
    host = Scripted(lambda _, files: True)
    with pytest.raises(RenderUnavailable, match="own page") as caught:
        await steady_look(host, PAGE, b"", sound=SOUND)
    assert "sitegen resume" in caught.value.hint
    assert host.seen == [PAGE, PAGE, SOUND] * 3


async def test_a_machine_that_calms_down_is_waited_for() -> None:
    host = Scripted(lambda number, _: number <= 3)
    assert failure_of(await steady_look(host, PAGE, b"", sound=SOUND)) is None
    assert host.seen == [PAGE, PAGE, SOUND, PAGE]


async def test_the_sound_page_itself_is_never_to_blame() -> None:
    host = Scripted(lambda _, files: True)
    with pytest.raises(RenderUnavailable):
        await steady_look(host, SOUND, b"", sound=SOUND)


async def test_what_only_a_page_can_cause_is_believed_at_once() -> None:
    host = Scripted(lambda _, files: True, kind="navigated")
    assert failure_of(await steady_look(host, PAGE, b"", sound=SOUND)) is not None
    assert host.seen == [PAGE]
