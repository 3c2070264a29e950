"""A real server on the demo office in a process of its own, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

# As root in a sandbox, and quiet: without these Chromium calls home at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 400  # a year of applications with their letters is made first


@dataclass(frozen=True)
class Site:
    """Where the demo answers and the password of its accounts."""

    url: str
    password: str
    data: Path


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """`gongkai demo` on a free port; or a demo that runs already, its folder and address in the environment."""
    if running := os.environ.get("GONGKAI_RUNNING_DEMO"):  # "/folder http://127.0.0.1:8000"
        folder, url = running.split()
        yield Site(url, (Path(folder) / "demo-password").read_text(), Path(folder))
        return
    if chromium() is None:
        pytest.skip("未安装 Chromium：浏览器测试没有运行")
    data = tmp_path_factory.mktemp("demo-site")
    port = _free_port()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.settings.dev", "GONGKAI_DATA_DIR": str(data)}
    env.pop("DATABASE_URL", None)
    log = (data / "server.log").open("wb")
    command = [sys.executable, "-m", "gongkai.cli", "demo", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, server, data / "server.log")
        yield Site(url, (data / "demo-password").read_text(), data)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the demo did not start:\n" + log.read_text(errors="replace")[-3000:])


@pytest.fixture(scope="module")
def browser(site):
    """Closed with its module: while it runs, its event loop keeps Django's ORM from this thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, dict]:
    """Cookies of the accounts that have signed in: one signing-in each is enough for the suite."""
    return {}


@pytest.fixture
def open_page(browser, site, sessions):
    """Open a page: width, JavaScript on or off, an account to be signed in with."""
    contexts = []

    def open_(path: str, *, width: int = 1280, javascript: bool = True, account: str = ""):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="zh-CN",
            storage_state=sessions.get(account),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if account and account not in sessions:
            page.goto(f"{site.url}/houtai/login/")
            page.fill("[name=username]", account)
            page.fill("[name=password]", site.password)
            page.click("button[type=submit]")
            page.wait_for_url("**/houtai/")
            sessions[account] = context.storage_state()
        page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
