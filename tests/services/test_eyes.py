"""Looks at sites for the engine: each site once, whoever asks, and again only for what a window can show."""

from __future__ import annotations

import asyncio

import pytest

from sitegen_tui.domain.probes import Probe, ProbeWants
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.engine.tasks import gold_after
from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.host import RenderHost, playwright_there
from sitegen_tui.services.eyes import SiteEyes
from sitegen_tui.site.page import HTML, JS

PAIRING = Pairing(template="blank-site", requirements="harbour-books-01")
QUICK = ProbeWants(views=("desktop",), contrast=(), states=False, focus=False, tints=False, behaviours=False, axe=False)


@pytest.fixture
async def eyes():
    try:
        playwright_there()
    except RenderUnavailable as error:
        pytest.skip(f"{error.message}; {error.hint}")
    found = SiteEyes()
    yield found
    await found.close()


async def test_a_site_is_looked_at_once_however_many_ask(eyes):
    texts = gold_after(PAIRING, "replace-favicon")
    first, second = await asyncio.gather(*(eyes.measure(PAIRING, texts, QUICK) for _ in range(2)))
    assert first is second
    assert eyes.looks == 1
    described = gold_after(PAIRING, "replace-favicon") | {
        HTML: texts[HTML].replace("</title>", " and more</title>").replace("</head>", '<meta name="robots" content="x"></head>')
    }
    assert await eyes.measure(PAIRING, described, QUICK) is first
    assert eyes.looks == 1
    shown = texts | {HTML: texts[HTML].replace("<h1", "<h1 data-x")}
    assert shown != texts
    await eyes.measure(PAIRING, shown, QUICK)
    scripted = described | {JS: texts[JS] + "\ndocument.title;\n"}
    await eyes.measure(PAIRING, scripted, QUICK)
    assert eyes.looks == 3


async def test_one_who_gives_up_takes_nothing_from_the_others(eyes):
    texts = gold_after(PAIRING, "swap-fonts")
    leaving = asyncio.create_task(eyes.measure(PAIRING, texts, QUICK))
    staying = asyncio.create_task(eyes.measure(PAIRING, texts, QUICK))
    await asyncio.sleep(0.05)
    leaving.cancel()
    sight = await staying
    assert Probe.model_validate_json(sight.probe).failure is None
    assert set(sight.pictures) == {"desktop"}
    assert eyes.looks == 1


async def test_a_host_that_is_killed_is_started_again(eyes):
    await eyes.measure(PAIRING, gold_after(PAIRING, "swap-fonts"), QUICK)
    host: RenderHost = eyes._host
    looking = asyncio.create_task(eyes.measure(PAIRING, gold_after(PAIRING, "apply-colours"), ProbeWants()))
    await asyncio.sleep(0.3)
    assert host._process is not None
    host._process.kill()
    sight = await looking
    assert Probe.model_validate_json(sight.probe).failure is None
    assert host.restarts == 1
