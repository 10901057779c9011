"""Getting a browser: said in one line whatever happens, and nothing is installed where a person forbids it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen_tui.render.locate import VARIABLE as BROWSER
from sitegen_tui.render.locate import find_browser
from sitegen_tui.render.obtain import VARIABLE


def _obtain(tmp_path: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "sitegen_tui.render.obtain"],
        capture_output=True,
        text=True,
        check=True,
        env={"HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        timeout=120,
    )
    return done.stdout.strip()


def _program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return path


def test_a_browser_that_is_there_is_used(tmp_path: Path) -> None:
    browser = _program(tmp_path, "browser", "exit 0")
    assert _obtain(tmp_path, PATH=str(tmp_path), **{BROWSER: str(browser)}) == f"pages are judged with {browser}"


def test_nothing_is_obtained_where_that_is_forbidden(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    _program(tmp_path / "bin", "apt-get", f"touch {tmp_path}/called")
    said = _obtain(tmp_path, PATH=str(tmp_path / "bin"), **{VARIABLE: "no"})
    assert said.startswith("no browser")
    assert "scores are partial" in said
    assert not (tmp_path / "called").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="installs as root only")
def test_the_package_manager_is_asked_when_the_download_fails(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    # Playwright's download is refused by a proxy that is not there; the package manager puts a browser on the path.
    _program(
        folder,
        "apt-get",
        f'case "$*" in *install*) printf "#!/bin/sh\\n" > {folder}/chromium; /bin/chmod +x {folder}/chromium;; esac',
    )
    said = _obtain(tmp_path, PATH=f"{folder}", HTTPS_PROXY="http://127.0.0.1:9", PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="500")
    assert said == f"pages are judged with {folder}/chromium, obtained by apt-get"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="installs as root only")
def test_a_whole_browser_is_got_where_there_is_no_shell(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    brings = f'printf "#!/bin/sh\\n" > {folder}/chromium; /bin/chmod +x {folder}/chromium'
    _program(folder, "apt-get", f'case "$*" in *shell*) echo "E: no such package" >&2; exit 100;; *install*) {brings};; esac')
    said = _obtain(tmp_path, PATH=f"{folder}", HTTPS_PROXY="http://127.0.0.1:9", PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="500")
    assert said == f"pages are judged with {folder}/chromium, obtained by apt-get"


def test_a_shell_comes_before_a_whole_browser(tmp_path: Path) -> None:
    whole = _program(tmp_path, "chromium", "exit 0")
    assert find_browser({"PATH": str(tmp_path)}) == whole
    shell = _program(tmp_path, "chromium-headless-shell", "exit 0")
    assert find_browser({"PATH": str(tmp_path)}) == shell
    assert find_browser({"PATH": str(tmp_path), BROWSER: str(whole)}) == whole


def test_playwrights_own_shell_is_found_the_newest_first(tmp_path: Path) -> None:
    for number in (900, 1200):
        place = tmp_path / f"chromium_headless_shell-{number}" / "chrome-linux"
        place.mkdir(parents=True)
        _program(place, "headless_shell", "exit 0")
    found = find_browser({"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)})
    assert found == tmp_path / "chromium_headless_shell-1200" / "chrome-linux" / "headless_shell"
