"""The server is killed at random moments under load; no acknowledged application is lost, none is there twice."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest
import requests
from PIL import Image

from gongkai.core.identifiers import resident_id_check
from tests.functional.conftest import ROOT, _free_port, _wait_for

APPLICATIONS, CLIENTS, KILLS = 200, 8, 12
PATIENCE_SECONDS = 900
FORM = "/zfxxgk/ysqgk/shenqing/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
NUMBER = re.compile(r"20\d\d-\d{4}")
pytestmark = pytest.mark.browser


class Server:
    """The site on a copy of the demo's data, which can be killed and comes back at the same address."""

    def __init__(self, data):
        self.data, self.port, self.process = data, _free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.functional.unlimited",
            "GONGKAI_DATA_DIR": str(data),
        }
        self.env.pop("DATABASE_URL", None)

    def start(self):
        command = [sys.executable, "-m", "gongkai.cli", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _wait_for(self.url, self.process, self.data / "server.log")

    def kill(self):
        """As when the power fails: no handler runs, workers and all."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(site, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    with (
        closing(sqlite3.connect(site.data / "gongkai.sqlite3")) as source,
        closing(sqlite3.connect(data / "gongkai.sqlite3")) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
    for path in site.data.iterdir():
        if path.name.startswith("gongkai.sqlite3") or path.name == "server.log":
            continue
        (shutil.copytree if path.is_dir() else shutil.copy)(path, data / path.name)
    (data / "server.log").touch()
    running = Server(data)
    running.start()
    yield running
    running.kill()


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "PNG")
    return stream.getvalue()


def file_one(server, serial, until):
    """What a patient applicant does: the same page again until there is an answer. Gives the number shown."""
    person, page = requests.Session(), None

    def send(path, fields=None, files=None):
        nonlocal page
        while True:
            assert time.monotonic() < until, "no answer in time"
            with suppress(requests.RequestException):
                if page is None or not page.url.endswith(path):  # else the last answer led here already
                    page = person.get(server.url + path, timeout=10)
                if fields is None:
                    return page
                hidden = dict(HIDDEN.findall(page.text))
                if not page.url.endswith(path):  # sent already, only the answer was lost: the page leads on
                    return page
                at, page = page.url, None
                page = person.post(
                    at,
                    data={**hidden, **fields},
                    files=files,
                    headers={"Referer": at},
                    timeout=10,
                )
                assert page.status_code == 200, (
                    path,
                    page.status_code,
                    re.sub(r"<[^>]+>", " ", page.text)[:800],
                )
                return page
            time.sleep(0.2)

    send(FORM, {})
    body = f"990101199001{serial // 900 + 1:02d}{serial % 900 + 1:03d}"
    send(f"{FORM}xinxi/", {"subject": f"园区道路保洁合同第{serial}号", "content": "合同及其附件"})
    send(f"{FORM}huoqu/", {"obtain": "web", "medium": "electronic"})
    send(
        f"{FORM}shenqingren/",
        {
            "applicant_kind": "natural",
            "applicant_name": f"申请人{serial}",
            "identity_kind": "resident_id",
            "identity_number": body + resident_id_check(body),
        },
        {"files": ("身份证明.png", picture(), "image/png")},
    )
    send(f"{FORM}lianxi/", {"telephone": "13800000000"})
    send(f"{FORM}hedui/", {})
    receipt = send(f"{FORM}huizhi/")
    return NUMBER.search(receipt.text)[0]


def test_every_acknowledged_application_is_there_and_none_twice(server):
    chance, stop = random.Random(20260302), threading.Event()
    with closing(sqlite3.connect(server.data / "gongkai.sqlite3")) as database:
        before = database.execute("SELECT count(*) FROM inforequests_inforequest").fetchone()[0]

    def killer():
        for _ in range(KILLS):
            if stop.wait(chance.uniform(0.3, 3.0)):
                return
            server.kill()
            server.start()

    killing = threading.Thread(target=killer)
    killing.start()
    until = time.monotonic() + PATIENCE_SECONDS
    try:
        with ThreadPoolExecutor(CLIENTS) as clients:
            numbers = list(clients.map(lambda n: file_one(server, n, until), range(APPLICATIONS)))
    finally:
        stop.set()
        killing.join()
    with closing(sqlite3.connect(server.data / "gongkai.sqlite3")) as database:
        stored = database.execute(
            "SELECT number FROM inforequests_inforequest WHERE subject LIKE '园区道路保洁合同第%'"
        ).fetchall()
        after = database.execute("SELECT count(*) FROM inforequests_inforequest").fetchone()[0]
        entries = database.execute("SELECT count(*) FROM inforequests_attachment").fetchone()[0]
    assert sorted(numbers) == sorted(number for (number,) in stored)
    assert len(set(numbers)) == APPLICATIONS
    assert after - before == APPLICATIONS
    assert entries >= APPLICATIONS
