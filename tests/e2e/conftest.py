"""The demonstration as a user starts it, in a process of its own, and a browser to look at it with."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 420
PASSWORD = "Gongkai-2025"
StartDemo = Callable[..., AbstractContextManager[str]]


@contextmanager
def running_demo(directory: Path, *options: str) -> Iterator[str]:
    """Run `gongkai demo` on a free port with its data in `directory`; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gongkai.cli", "demo", "--port", str(port)]
    command += ["--data-dir", str(directory / "data"), "--cache-dir", str(ROOT / "var" / "cache")]
    command += options
    log = directory / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a demonstration for all tests that only look."""
    pytest.importorskip("django")
    with running_demo(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture
def start_demo(tmp_path: Path) -> StartDemo:
    """Give a function that runs a demonstration of the test's own, each time in the same directory."""
    pytest.importorskip("django")
    return lambda *options: running_demo(tmp_path, *options)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    patience_ends = time.monotonic() + PATIENCE
    while time.monotonic() < patience_ends and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the demonstration did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the machine's own Chromium; skip where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def window(chromium: Browser, site: str, username: str = "", width: int = 1280) -> Iterator[Page]:
    """Open a window of its own, logged in if a name is given; an error in a page's script ends the test."""
    context = chromium.new_context(
        base_url=site, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": 1000}
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script broke: {error}"))
    if username:
        log_in(page, username)
    yield page
    context.close()


def log_in(page: Page, username: str) -> None:
    """Log a member of the demonstration's staff in, by the keyboard."""
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
