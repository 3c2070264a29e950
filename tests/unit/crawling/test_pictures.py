"""Pictures of pages: by a real browser where there is one; never of or through a stranger's host; never for ever."""

import http.server
import io
import stat
import threading

import pytest
from PIL import Image

from gongkai.crawling import pictures
from gongkai.crawling.pictures import HEIGHT, WIDTH, Camera, camera

HERE = "127.0.0.1"


@pytest.fixture
def program(tmp_path):
    """A stand-in for a browser: a script whose text the test gives."""

    def made(text: str) -> str:
        path = tmp_path / "browser"
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return made


def test_none_means_none_and_so_does_a_machine_without_a_browser(monkeypatch):
    assert camera([HERE], "none") is None
    assert camera([HERE], "no-such-browser") is None
    monkeypatch.setattr(pictures.shutil, "which", lambda name: None)
    assert camera([HERE]) is None


def test_hosts_are_names_without_ports(program):
    found = camera(["www.example.cn:8443", "www.example.cn", "[::1]:80"], program("exit 0"))
    assert found.hosts == ("www.example.cn", "::1")


@pytest.mark.parametrize("url", ["http://other.example.cn/", "file:///etc/passwd", "ftp://127.0.0.1/", "x"])
def test_strangers_are_not_photographed(program, tmp_path, url):
    ran = tmp_path / "ran"
    assert Camera(program(f"touch {ran}"), (HERE,)).take(url) == b""
    assert not ran.exists()


def test_the_browser_is_told_of_its_hosts_alone(program, tmp_path):
    said = tmp_path / "said"
    Camera(program(f'printf "%s\\n" "$@" > {said}'), ("a.example.cn", "b.example.cn")).take(
        "https://a.example.cn/x"
    )
    lines = said.read_text().splitlines()
    assert "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE a.example.cn, EXCLUDE b.example.cn" in lines
    assert lines[-1] == "https://a.example.cn/x"


def test_a_browser_that_hangs_is_ended_with_what_it_started(program):
    assert Camera(program("sleep 60 & sleep 60"), (HERE,), seconds=0.3).take(f"http://{HERE}/") == b""


@pytest.mark.parametrize(
    "text",
    [
        "exit 3",
        'for a in "$@"; do case $a in --screenshot=*) echo x > "${a#--screenshot=}";; esac; done',
        "exit 0",
    ],
)
def test_a_picture_that_failed_is_none(program, text):
    assert Camera(program(text), (HERE,)).take(f"http://{HERE}/") == b""


def test_a_program_that_cannot_start_is_none(tmp_path):
    assert Camera(str(tmp_path / "gone"), (HERE,)).take(f"http://{HERE}/") == b""


def test_a_real_browser_takes_a_real_picture():
    found = camera([HERE])
    if found is None:
        pytest.skip("no browser on this machine")

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<body style='background:#c00'></body>")

        def log_message(self, *args):
            """Nothing on the terminal."""

    server = http.server.ThreadingHTTPServer((HERE, 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        taken = found.take(f"http://{HERE}:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
    picture = Image.open(io.BytesIO(taken))
    assert picture.size == (WIDTH, HEIGHT)
    red, green, blue = picture.getpixel((600, 200))
    assert (red > 180, green < 60, blue < 60) == (True, True, True)
