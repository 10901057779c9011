"""Pages that mean harm or have gone wrong: each ends in a probe within its limits, reaches nothing, and harms no other page."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from sitegen_tui.domain.probes import Failure, Probe, ProbeWants
from sitegen_tui.render.bounds import MEMORY, descendants
from sitegen_tui.render.probe import Renderer
from sitegen_tui.render.tab import Limits
from tests.render.listening import listening
from tests.render.pages import manifest, site, svg

pytestmark = pytest.mark.asyncio(loop_scope="session")

LIMITS = Limits(load=3.0, call=3.0, whole=9.0)
AT_ALL = 180.0
"""Seconds by which a page has ended on any machine that is not stuck."""
GLANCE = ProbeWants(views=("desktop",), contrast=("desktop",), states=False, tints=False, behaviours=False, axe=False)
ORDINARY = site("<h1>Hello</h1><p>Some words</p><a href='#x'>Go</a>", ".hero { color: red }")
SLOW = site("<h1>Hello</h1>", js="const end = performance.now() + 900; while (performance.now() < end);")
NEVER = {"timeout", "crashed"}
Site = dict[str, bytes]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def strict(browser_there: None) -> AsyncIterator[Renderer]:
    async with Renderer(limits=LIMITS) as renderer:
        yield renderer


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ordinary(strict: Renderer) -> Probe:
    found = await strict.probe(ORDINARY, manifest(), want=GLANCE)
    assert found.failure is None
    assert [text.text for text in found.views["desktop"].texts] == ["Hello", "Some words", "Go"]
    return found


async def looked(strict: Renderer, ordinary: Probe, page: Site, want: ProbeWants = GLANCE) -> Probe:
    """The page's probe, which came, and left the next page what it was."""
    async with asyncio.timeout(AT_ALL):
        found = await strict.probe(page, manifest(), want=want)
    assert await strict.probe(ORDINARY, manifest(), want=GLANCE) == ordinary
    return found


def kind(failure: Failure | None) -> str:
    return failure.kind if failure is not None else ""


def script(js: str) -> Site:
    return site("<p>x</p><button>b</button>", js=js)


HANGING: dict[str, Site] = {
    "on-load": script("for (;;);"),
    "on-focus": script("addEventListener('focusin', () => { for (;;); })"),
    "in-microtasks": script("(async () => { for (;;) await 0 })()"),
    "alerts": script("for (;;) alert('again')"),
    "growing": script("for (;;) document.body.append(document.createElement('p'))"),
}


@pytest.mark.parametrize("page", HANGING.values(), ids=HANGING)
async def test_a_script_that_never_ends_is_a_failure(strict: Renderer, ordinary: Probe, page: Site) -> None:
    found = await looked(strict, ordinary, page)
    assert kind(found.failure) in NEVER
    assert 0 <= found.dialogs <= 1000


LEAVING: dict[str, Site] = {
    "refresh": site("<p>x</p>", head='<meta http-equiv="refresh" content="0">'),
    "refresh-elsewhere": site("<p>x</p>", head='<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">'),
    "reload": script("location.reload()"),
    "address": script("setInterval(() => { location.href = '?' + Math.random() }, 1)"),
}


@pytest.mark.parametrize("page", LEAVING.values(), ids=LEAVING)
async def test_a_page_that_goes_elsewhere_by_itself_is_a_failure(strict: Renderer, ordinary: Probe, page: Site) -> None:
    found = await looked(strict, ordinary, page)
    assert kind(found.failure) in {"navigated", "no-page", "timeout"}
    assert found.views == {}


STAYING: dict[str, Site] = {
    "asks-to-stay": script("addEventListener('beforeunload', e => { e.preventDefault(); e.returnValue = 'stay' })"),
    "hangs-on-leaving": script("addEventListener('pagehide', () => { for (;;); })"),
    "counts-in-address": script("let n = 0; setInterval(() => { location.hash = n++ }, 5)"),
    "writes-history": script("let n = 0; setInterval(() => { history.pushState(0, '', '/' + n++) }, 5)"),
}


@pytest.mark.parametrize("page", STAYING.values(), ids=STAYING)
async def test_a_page_that_will_not_be_left_holds_up_nobody(strict: Renderer, ordinary: Probe, page: Site) -> None:
    found = await looked(strict, ordinary, page)
    assert found.dialogs == 0


HARMLESS: dict[str, Site] = {
    "asks-often": script("setInterval(() => alert(1), 20)"),
    "opens-windows": script("for (let i = 0; i < 20; i++) window.open('/?' + i)"),
    "closes-itself": script("window.close()"),
    "prints": script("print()"),
    "stops-at-breakpoints": script("setInterval(() => { debugger }, 5)"),
    "service-worker": script("navigator.serviceWorker.register('/js/main.js').catch(() => 0)"),
    "workers-that-never-end": script("for (let i = 0; i < 3; i++) new Worker(URL.createObjectURL(new Blob(['for (;;);'])))"),
    "full-screen": script("document.documentElement.requestFullscreen().catch(() => 0)"),
    "frames-itself": site("<p>x</p>" + "<iframe src='/index.html'></iframe>" * 3),
    "nested": site("<div>" * 5000 + "<p>x</p>" + "</div>" * 5000),
    "large-data-address": script("let i = new Image; i.src = 'data:image/png;base64,' + 'A'.repeat(2e7); document.body.append(i)"),
    "large-picture-in-styles": site("<p>x</p>", ".hero { background: url(data:image/png;base64," + "A" * 20_000_000 + ") }"),
    "endless-box": site("<p>x</p>", "p { height: 1e9px; width: 1e9px }"),
    "empty": {"index.html": b""},
}


@pytest.mark.parametrize("page", HARMLESS.values(), ids=HARMLESS)
async def test_what_a_browser_bears_is_measured_as_ever(strict: Renderer, ordinary: Probe, page: Site) -> None:
    found = await looked(strict, ordinary, page)
    assert found.failure is None
    assert set(found.views) == {"desktop"}


HEAVY: dict[str, Site] = {
    "never-closed": {"index.html": b"<!doctype html><body>" + b"<div>" * 400_000},
    "ten-thousand-elements": site("<i>x</i>" * 10_000),
    "million-rules": site("<p>x</p>", "".join(f".a{n}{{top:0}}" for n in range(1_000_000))),
    "canvases": script(
        "for (let i = 0; i < 40; i++) { const c = document.createElement('canvas'); c.width = c.height = 16000;"
        " c.getContext('2d').fillRect(0, 0, 16000, 16000); document.body.append(c) }"
    ),
    "numbers": script("const a = []; for (;;) a.push(new Array(1e6).fill(1.5))"),
    "bytes": script("const a = []; for (;;) a.push(new Uint8Array(5e7).fill(1))"),
    "giant-letter": site("<p style='font-size: 1e6px'>x</p>"),
    "not-text": {"index.html": bytes(range(256)) * 400},
    "stops-loading": script("window.stop()"),
    "no-root": script("document.documentElement.remove()"),
    "no-body": script("document.body.remove()"),
    "rewritten": script("addEventListener('load', () => { document.open(); document.write('<p>y') })"),
}


@pytest.mark.parametrize("page", HEAVY.values(), ids=HEAVY)
async def test_what_is_too_much_ends_in_time(strict: Renderer, ordinary: Probe, page: Site) -> None:
    found = await looked(strict, ordinary, page)
    assert kind(found.failure) in {"", "timeout", "crashed", "too-large", "unmeasurable", "navigated"}
    assert bool(found.failure) or set(found.views) == {"desktop"}


async def test_more_elements_than_are_measured_are_too_many(strict: Renderer, ordinary: Probe) -> None:
    found = await looked(strict, ordinary, site("<br>" * (LIMITS.elements + 1)))
    assert kind(found.failure) == "too-large"


async def test_files_that_are_not_what_they_say_are_not_shown(strict: Renderer, ordinary: Probe) -> None:
    css = "@font-face { font-family: Fraunces; src: url(../f.woff2) } .hero { height: 9px; background: url(../p.jpg) }"
    page = site('<div class="hero"></div><h1>x</h1><img src="i.png" alt="">', css, f_woff2=b"<html>", p_jpg=b"GIF", i_png=b"%PDF")
    found = await looked(strict, ordinary, page)
    view = found.views["desktop"]
    assert found.failure is None
    assert [image.loaded for image in view.painted[".hero"].images] == [False]
    assert [picture.decoded for picture in view.pictures] == [False]
    shown = site('<img src="i.png" alt="">', i_png=svg(4, 4, "red"))
    # Its type is what its name says, never guessed from what is in it.
    assert [one.decoded for one in (await strict.probe(shown, manifest(), want=GLANCE)).views["desktop"].pictures] == [False]


# -- the network ----------------------------------------------------------------------------------------------------------

REACHING = """
const bases = HOSTS.map((host) => `http://${host}:PORT/`);
for (const base of bases) {
  fetch(base + 'fetch').catch(() => 0);
  fetch(base + 'nocors', { mode: 'no-cors', method: 'POST', body: 'x', keepalive: true }).catch(() => 0);
  const asked = new XMLHttpRequest(); asked.open('GET', base + 'xhr'); asked.send();
  new Image().src = base + 'image';
  navigator.sendBeacon(base + 'beacon', 'x');
  try { new WebSocket(base.replace('http', 'ws')) } catch (error) { /* not an address */ }
  try { new EventSource(base + 'events') } catch (error) { /* not an address */ }
  import(base + 'module.js').catch(() => 0);
  if (base !== bases[0] && base !== bases[1]) continue;
  for (const [tag, name, rel] of [['script', 'src'], ['iframe', 'src'], ['video', 'src'], ['audio', 'src'], ['embed', 'src'],
      ['object', 'data'], ['link', 'href', 'stylesheet'], ['link', 'href', 'preconnect'], ['link', 'href', 'dns-prefetch'],
      ['link', 'href', 'prefetch'], ['link', 'href', 'preload'], ['link', 'href', 'modulepreload'], ['link', 'href', 'manifest']]) {
    const element = document.createElement(tag);
    if (rel) element.rel = rel;
    if (rel === 'preload') element.as = 'image';
    element[name] = base + tag + (rel || '');
    document.body.append(element);
  }
  const worker = `importScripts('${base}worker.js')`;
  new Worker(URL.createObjectURL(new Blob([worker])));
  const rules = new CSSStyleSheet();
  rules.replaceSync(`b { background: url(${base}css) } @font-face { font-family: F; src: url(${base}font) }`);
  document.adoptedStyleSheets.push(rules);
}
const call = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:PORT' },
  { urls: 'turn:127.0.0.1:PORT?transport=tcp', username: 'u', credential: 'c' }] });
call.createDataChannel('d');
call.createOffer().then((offer) => call.setLocalDescription(offer));
const form = document.createElement('form');
form.action = bases[0] + 'form'; form.method = 'post'; form.target = 'inner';
const inner = document.createElement('iframe'); inner.name = 'inner';
document.body.append(form, inner);
form.submit();
window.open(bases[0] + 'window');
fetch('file:///etc/passwd').then(() => { window.leaked = true }).catch(() => 0);
"""
HOSTS = [
    "127.0.0.1",
    "localhost",
    "127.1",
    "0x7f.1",
    "2130706433",
    "0.0.0.0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "other.localhost",
    "a.site.localhost",
]


async def test_nothing_but_the_site_can_be_reached_by_any_name_or_protocol(renderer: Renderer) -> None:
    async with listening() as listener:
        js = REACHING.replace("HOSTS", repr(HOSTS)).replace("PORT", str(listener.port))
        page = site("<p>x</p><b style='font-family: F'>y</b>", js=js)
        found = await renderer.probe(page, manifest(), want=GLANCE)
        assert found.failure is None
        tried = {one.rpartition(f":{listener.port}")[0].rpartition("//")[2] for one in renderer.server.refused}
        # A browser writes most forms of an address as one.
        assert {"127.0.0.1", "localhost", "0.0.0.0", "[::1]", "a.site.localhost"} <= tried
        await asyncio.sleep(0.3)
        assert listener.heard == []
        # Whoever may reach it does.
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        await reader.read()
        writer.close()
        assert listener.heard


@pytest.mark.parametrize(
    "how",
    [
        "location.href = 'http://127.0.0.1:PORT/'",
        "document.body.innerHTML = '<meta http-equiv=refresh content=\"0; url=http://localhost:PORT/\">'",
        "location.href = 'file:///etc/passwd'",
        "location.href = 'chrome://crash'",
        "const a = document.createElement('a'); a.href = 'http://127.0.0.1:PORT/a'; a.download = 'x'; a.click()",
        "const a = document.createElement('a'); a.href = 'http://127.0.0.1:PORT/a'; a.target = '_blank'; a.click()",
    ],
    ids=["address", "redirect", "file", "crash", "download", "new-window"],
)
async def test_a_page_that_leads_elsewhere_arrives_nowhere(strict: Renderer, ordinary: Probe, how: str) -> None:
    async with listening() as listener:
        found = await looked(strict, ordinary, site("<p>Still here</p>", js=how.replace("PORT", str(listener.port))))
        assert kind(found.failure) in {"", "navigated", "no-page"}
        assert listener.heard == []
    for view in found.views.values():
        assert {text.text for text in view.texts} <= {"Still here"}


async def test_a_download_leaves_no_file(strict: Renderer, ordinary: Probe) -> None:
    js = "const a = document.createElement('a'); a.href = '/d.bin'; a.download = 'harm.bin'; a.click()"
    await looked(strict, ordinary, site("<p>x</p>", js=js, d_bin=b"harm"))
    folders = [Path.cwd(), Path.home(), Path.home() / "Downloads"]
    assert not [folder for folder in folders if (folder / "harm.bin").exists()]


# -- deaths ---------------------------------------------------------------------------------------------------------------

PROCESSES = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the browser's processes in /proc")


def renderers(pid: int) -> list[int]:
    """The processes under a browser that hold pages."""
    found: list[int] = []
    for one in descendants(pid):
        try:
            line = Path(f"/proc/{one}/cmdline").read_bytes()
        except OSError:
            continue
        if b"--type=renderer" in line:
            found.append(one)
    return found


@PROCESSES
async def test_a_page_whose_process_is_killed_has_crashed_and_the_browser_goes_on(strict: Renderer, ordinary: Probe) -> None:
    starts = strict.browser.starts
    probing = asyncio.create_task(looked(strict, ordinary, SLOW))
    await asyncio.sleep(0.6)
    for one in renderers(strict.browser.pid):
        os.kill(one, signal.SIGKILL)
    assert kind((await probing).failure) == "crashed"
    assert strict.browser.starts == starts


@PROCESSES
async def test_a_browser_that_is_killed_is_started_again_and_every_page_delivered(strict: Renderer, ordinary: Probe) -> None:
    calm = await strict.probe(SLOW, manifest(), want=GLANCE)
    assert calm.failure is None
    starts = strict.browser.starts
    probing = [asyncio.create_task(strict.probe(page, manifest(), want=GLANCE)) for page in (SLOW, SLOW)]
    await asyncio.sleep(0.6)
    os.kill(strict.browser.pid, signal.SIGKILL)
    assert await asyncio.gather(*probing) == [calm, calm]
    assert strict.browser.starts == starts + 1
    assert await strict.probe(ORDINARY, manifest(), want=GLANCE) == ordinary


@PROCESSES
async def test_a_driver_that_is_killed_is_started_again(browser_there: None, ordinary: Probe) -> None:
    async with Renderer(limits=LIMITS) as renderer:
        await renderer.browser.start()
        driver = renderer.browser.pid
        # A distribution may start its browser by a script.
        while b"node" not in Path(f"/proc/{driver}/cmdline").read_bytes().partition(b"\0")[0]:
            driver = int(Path(f"/proc/{driver}/stat").read_text().rpartition(")")[2].split()[1])
            assert driver > 1
        os.kill(driver, signal.SIGKILL)
        assert await renderer.probe(ORDINARY, manifest(), want=GLANCE) == ordinary


@PROCESSES
async def test_no_process_of_the_browser_may_hold_more_memory_than_its_bound(strict: Renderer, ordinary: Probe) -> None:
    found = renderers(strict.browser.pid)
    assert found
    for one in found:
        limits = Path(f"/proc/{one}/limits").read_text().splitlines()
        assert [line.split()[3] for line in limits if line.startswith("Max data size")] == [str(MEMORY)]


async def test_waiting_for_a_tab_is_not_the_pages_fault(browser_there: None, ordinary: Probe) -> None:
    short = Limits(load=8.0, call=8.0, whole=8.0)
    async with Renderer(tabs=1, limits=short) as renderer:
        await renderer.probe(ORDINARY, manifest(), want=GLANCE)
        hung, calm = await asyncio.gather(
            *(renderer.probe(page, manifest(), want=GLANCE) for page in (HANGING["on-load"], ORDINARY)),
        )
    assert kind(hung.failure) == "timeout"
    assert calm == ordinary


async def test_pictures_of_a_page_that_hangs_are_a_failure_too(strict: Renderer, ordinary: Probe) -> None:
    pictures: dict[str, bytes] = {}
    found = await strict.probe(HANGING["on-load"], manifest(), want=GLANCE, pictures=pictures)
    assert kind(found.failure) in NEVER
    assert pictures == {}
    assert await strict.probe(ORDINARY, manifest(), want=GLANCE) == ordinary
