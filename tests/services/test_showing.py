"""Sites shown in a person's own browser, and pictures of a step as a screen asks for them."""

from __future__ import annotations

import asyncio
import io
import socket
import urllib.error
import urllib.request
from hashlib import sha256

import pytest
from PIL import Image, ImageDraw

from sitegen_tui.domain.events import StepScored
from sitegen_tui.errors import StoreError, UnknownName, UsageError
from sitegen_tui.services.root import Services
from sitegen_tui.services.showing import SITES_KEPT, Showing
from sitegen_tui.store import Store


def jpeg(width: int, height: int, box: tuple[int, int, int, int] | None = None) -> bytes:
    image = Image.new("RGB", (width, height), (250, 250, 250))
    draw = ImageDraw.Draw(image)
    for top in range(20, height, 40):
        draw.rectangle((20, top, 20 + (top * 7) % (width - 60), top + 9), fill=(30, 40, 50))
    if box:
        draw.rectangle(box, fill=(200, 30, 30))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=82)
    return kept.getvalue()


PICTURES = {
    "desktop-before": jpeg(640, 450),
    "desktop-after": jpeg(640, 450, (200, 150, 359, 249)),
    "mobile-before": jpeg(375, 1200),
    "mobile-after": b"no picture at all",
}


@pytest.fixture
def looked_at(db, scripted):
    """A run whose second step was looked at by a browser."""
    with Store.open(db) as store:
        _, (run,) = store.create_experiment(scripted.plan(models=("one",)), created_at=scripted.START)
        shots = {name: sha256(content).hexdigest() for name, content in PICTURES.items()}
        for event, blobs in scripted.Script(run).whole((9.0,) * len(run.actions)):
            if isinstance(event, StepScored) and event.step == 2:
                event = event.model_copy(update={"shots": shots})
                blobs = {**blobs, **{shots[name]: content for name, content in PICTURES.items()}}
            store.append([event], blobs)
    return db


@pytest.fixture
async def services(looked_at):
    async with await Services.open(looked_at, drive=False) as opened:
        yield opened


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read()


async def test_a_picture_comes_in_the_size_that_was_asked_for(services):
    raster = await services.picture("e1.1", 2, "after", "desktop", 128)
    assert (raster.width, raster.height) == (128, 90)
    assert raster.pixel(50, 40)[0] > 180
    region = await services.picture("e1.1", 2, "after", "desktop", 128, 10, 350)
    assert (region.height, region.pixel(50, 0)) == (10, raster.pixel(50, 40))
    assert await services.picture("e1.1", 2, "after", "desktop", 128) is raster


async def test_what_changed_is_marked_and_told_in_numbers(services):
    raster = await services.picture("e1.1", 2, "difference", "desktop", 128)
    red, green, blue = raster.pixel(55, 40)
    assert red > green + 80 > blue - 100
    assert len(set(raster.pixel(5, 5))) == 1
    facts = await services.picture_difference("e1.1", 2, "desktop")
    (region,) = facts.regions
    assert (round(region.x / 16), round(region.y / 16)) == (25, 19)
    assert 0.03 < facts.share < 0.07
    assert facts.taller == 0


async def test_a_step_that_no_browser_looked_at_has_no_pictures(services):
    assert await services.picture("e1.1", 3, "after", "desktop", 60) is None
    assert await services.picture_difference("e1.1", 3, "mobile") is None
    assert (await services.step_detail("e1.1", 3)).shots == {}


async def test_a_picture_that_cannot_be_read_is_an_error_that_says_so(services):
    with pytest.raises(StoreError, match="cannot be shown"):
        await services.picture("e1.1", 2, "after", "mobile", 60)
    with pytest.raises(StoreError, match="cannot be compared"):
        await services.picture("e1.1", 2, "difference", "mobile", 60)
    with pytest.raises(UnknownName):
        await services.picture("e1.1", 17, "after", "mobile", 60)


async def test_a_steps_site_is_served_whole_before_and_after(services):
    after = await services.open_site("e1.1", 2)
    before = await services.open_site("e1.1", 2, "before")
    files = await services.site("e1.1", 2)
    assert after.startswith("http://127.0.0.1:")
    for path, content in files.items():
        assert await asyncio.to_thread(fetched, after + path) == content
    assert await asyncio.to_thread(fetched, after) == files["index.html"] != await asyncio.to_thread(fetched, before)
    assert await services.open_site("e1.1", 2) == after
    assert await services.open_site("e1.1", 3, "before") == after


async def test_a_served_site_is_gone_when_the_services_are_closed(looked_at):
    async with await Services.open(looked_at, drive=False) as services:
        address = await services.open_site("e1.1", 2)
        assert await asyncio.to_thread(fetched, address)
    with pytest.raises(urllib.error.URLError):
        await asyncio.to_thread(fetched, address)


async def test_what_is_not_there_cannot_be_opened(services):
    with pytest.raises(UnknownName):
        await services.open_site("e1.1", 17)
    with pytest.raises(UnknownName):
        await services.open_site("e7.1", 1)


def test_nobody_else_can_reach_a_site_and_the_oldest_are_forgotten():
    showing = Showing()
    first = showing.show({"index.html": "0"}, {"index.html": b"first"})
    port = int(first.split(":")[2].split("/")[0])
    assert fetched(first) == b"first"
    for url in (f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{port}/index.html", f"{first}../index.html"):
        with pytest.raises(urllib.error.HTTPError):
            fetched(url)
    own = [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    for host in [host for host in own if not host.startswith("127.")]:
        with pytest.raises((ConnectionRefusedError, TimeoutError)), socket.create_connection((host, port), timeout=2):
            pass
    for number in range(1, SITES_KEPT + 1):
        showing.show({"index.html": str(number)}, {"index.html": b"later"})
    assert showing.address({"index.html": "0"}) is None
    with pytest.raises(urllib.error.HTTPError):
        fetched(first)
    showing.close()
    showing.close()


def test_where_no_port_can_be_opened_another_way_is_offered(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.create_server", refuse)
    with pytest.raises(UsageError, match="Too many open files") as told:
        Showing().show({"index.html": "0"}, {"index.html": b""})
    assert "sitegen site" in told.value.hint
