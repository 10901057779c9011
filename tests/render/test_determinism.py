"""The same site gives the same probe: however often it is looked at, by one tab or two, alone or beside another."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest

from sitegen_tui.domain.probes import Probe, ProbeWants
from sitegen_tui.render.probe import Renderer
from tests.actions import gold
from tests.actions.gold import Pair
from tests.render.pages import manifest as plain_manifest
from tests.render.pages import site, svg

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAFARI: Pair = ("safari-lodge", "thornveld-01")
GLANCE = ProbeWants(views=("desktop",), contrast=(), states=False, focus=False, tints=False, behaviours=False, axe=False)
BLANK: Pair = ("blank-site", "harbour-books-01")


def finished(pair: Pair) -> dict[str, bytes]:
    """The site as the reference editor leaves it in the end."""
    files = {path: text.encode() for path, text in gold.gold_after(pair, "verify-contrast").items()}
    return {**gold.brief(pair).assets, **files}


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every plain value in a JSON value, with the way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        yield f"{path} length", len(value)
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{index}]")
    else:
        yield path, value


def differing(first: Probe, second: Probe) -> list[str]:
    """What two probes do not agree on."""
    one, other = (dict(leaves(json.loads(probe.model_dump_json()))) for probe in (first, second))
    return [f"{key}: {one.get(key)!r} {other.get(key)!r}" for key in {**one, **other} if one.get(key) != other.get(key)]


@pytest.mark.parametrize("pair", [SAFARI, BLANK], ids=["safari", "blank"])
async def test_a_site_looked_at_three_times_looks_the_same(renderer: Renderer, pair: Pair) -> None:
    files, manifest = finished(pair), gold.brief(pair).manifest
    first = await renderer.probe(files, manifest)
    assert first.failure is None
    assert first.axe is not None
    assert all(text.low is not None for text in first.views["desktop"].texts if not text.clipped)
    for _ in range(2):
        assert differing(first, await renderer.probe(files, manifest)) == []


async def test_one_tab_sees_what_two_see_and_neighbours_change_nothing(renderer: Renderer) -> None:
    files, manifest = finished(BLANK), gold.brief(BLANK).manifest
    by_two = await renderer.probe(files, manifest)
    async with Renderer(tabs=1) as single:
        assert differing(by_two, await single.probe(files, manifest)) == []
    safari = renderer.probe(finished(SAFARI), gold.brief(SAFARI).manifest)
    _, beside = await asyncio.gather(safari, renderer.probe(files, manifest))
    assert differing(by_two, beside) == []


async def test_no_probe_tells_under_which_name_the_site_was_served(renderer: Renderer) -> None:
    js = "throw new Error('at ' + location.href + 'js/main.js')"
    page = site(
        '<div class="hero"></div><img src="/p.svg" alt="">', ".hero { background: url(../p.svg) }", js, p_svg=svg(4, 4, "red")
    )
    found = [await renderer.probe(page, plain_manifest(), want=GLANCE) for _ in range(2)]
    assert found[0].errors[0].message == "Error: at /js/main.js"
    assert found[0].views["desktop"].pictures[0].url == "/p.svg"
    assert differing(*found) == []
    left = site("<p>x</p>", js="location.href = '/elsewhere?x'")
    went = [await renderer.probe(left, plain_manifest(), want=GLANCE) for _ in range(2)]
    assert all(one.failure is not None and "localhost" not in one.failure.detail for one in went)
