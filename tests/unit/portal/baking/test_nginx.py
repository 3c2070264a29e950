"""The nginx configuration that is shipped: accepted by nginx, and serving what the application would."""

from __future__ import annotations

import gzip
import http.server
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from contextlib import closing

import pytest
import requests
from tests import factories
from tests.conftest import ROOT

from gongkai.portal.baking.whole import bake_whole

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONF = ROOT / "deploy" / "nginx" / "gongkai.conf"
pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="未安装 nginx：随附的 nginx 配置没有试运行"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("site"),
]
SHELL = "daemon off;\npid {0}/pid;\nerror_log {0}/error.log warn;\n{1}events {{ worker_connections 64; }}\nhttp {{\n"
SHELL += (
    "include {2};\naccess_log off;\nclient_body_temp_path {0}/body;\nproxy_temp_path {0}/proxy;\n{3}\n}}\n"
)
TYPES = "types { text/html html; text/css css; application/xml xml; text/plain txt; }\n"


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Application(http.server.BaseHTTPRequestHandler):
    """Says that it was asked, and how."""

    def do_GET(self):
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        told = (self.path, self.headers["X-Forwarded-For"], self.headers["X-Forwarded-Proto"])
        body = " ".join(["APP", *told, self.command, sent]).strip().encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name that the base class looks for

    def log_message(self, *given):
        pass


def configured(folder, data, port, app_port):
    """The shipped file with its marked values changed, as an operator does; without certificates."""
    text = CONF.read_text(encoding="utf-8")
    text = (
        text[: text.index("server {\n    listen 80;")] + text[text.index("server {\n    listen 443 ssl;") :]
    )
    text = re.sub(r"    ssl_certificate.*\n", "", text).replace("    listen [::]:443 ssl;\n", "")
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{app_port}").replace("/var/lib/gongkai", str(data))
    (folder / "mime.types").write_text(TYPES)
    user = "user root;\n" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(SHELL.format(folder, user, folder / "mime.types", text), encoding="utf-8")
    return conf


@pytest.fixture
def served(tmp_path, settings, carried):
    """nginx on the baked folder, before an application that only says so."""
    item = carried(lambda: factories.published_item(title="园区道路保洁公告"))
    bake_whole()
    port, app = free_port(), http.server.ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=app.serve_forever, daemon=True).start()
    folder = tmp_path / "nginx"
    folder.mkdir()
    conf = configured(folder, settings.BAKE_FOLDER.parent, port, app.server_port)
    checked = subprocess.run([NGINX, "-t", "-c", conf], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr, checked.stderr
    process = subprocess.Popen([NGINX, "-c", conf])
    try:
        _wait(port)
        yield item, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        app.shutdown()
        app.server_close()


def _wait(port):
    for _ in range(100):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not start")


def test_nginx_serves_the_files_and_asks_the_application_for_the_rest(served, folder, client):
    item, url = served
    name = item.url.strip("/") + "/index.html"
    column = item.get_parent()

    def get(path, **given):
        return requests.get(url + path, timeout=10, allow_redirects=False, **given)

    plain = get(item.url, headers={"Accept-Encoding": "identity"})
    assert plain.content == folder.read(name)
    packed = requests.get(url + item.url, timeout=10, stream=True, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.raw.read()) == folder.read(name)
    year = f"{column.url}?nian={item.published_at.year}"
    assert get(year).content == folder.read(f"{column.slug}/index@{item.published_at.year}.html")
    for path in (
        "/sousuo/?q=a", "/houtai/", f"{item.url}?from=wechat", f"{column.url}?nian=1999", "/meiyou/", "/index.html",
        f"{column.url}?nian=2024&ye=0", f"{column.url}?ye=1", "/.lock", "/rss/999999.xml", "/-drawn-",
    ):  # fmt: skip
        assert get(path).text == f"APP {path} 127.0.0.1 http GET", path
    assert get(item.url, cookies={"changzhe": "1"}).text.startswith("APP ")
    sent = requests.post(url + item.url, data="a=1", timeout=10).text
    assert sent == f"APP {item.url} 127.0.0.1 http POST a=1"
    assert get("/sousuo/").text == "APP /sousuo/ 127.0.0.1 http GET"

    same = client.get(item.url)
    for answer, path in ((plain, item.url), (get(f"/rss/{column.pk}.xml"), f"/rss/{column.pk}.xml")):
        _same_headers(answer, client.get(path))
    _same_headers(get("/sitemap.xml"), client.get("/sitemap.xml"))
    _same_headers(get("/robots.txt"), client.get("/robots.txt"))
    assert plain.headers["ETag"] == same.headers["ETag"]
    again = get(item.url, headers={"If-None-Match": plain.headers["ETag"], "Accept-Encoding": "identity"})
    assert again.status_code == 304

    folder.remove(name)
    assert get(item.url).text.startswith("APP ")


def _same_headers(ours, drawn):
    """What nginx adds to a file is what the application adds to the page; HSTS is the production settings'."""
    production = (ROOT / "src" / "gongkai" / "settings" / "production.py").read_text(encoding="utf-8")
    seconds = re.search(r"SECURE_HSTS_SECONDS = ([\d_]+)", production)[1].replace("_", "")
    assert ours.headers["Strict-Transport-Security"] == f"max-age={seconds}"
    for name in (
        "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Vary",
    ):  # fmt: skip
        assert ours.headers[name] == drawn.headers[name], name
    assert ours.headers["Content-Type"].replace("; charset=utf-8", "") == (
        drawn.headers["Content-Type"].replace("; charset=utf-8", "")
    )
    name = "Content-Security-Policy"
    assert set(ours.headers[name].split("; ")) == set(drawn.headers[name].split("; "))


def test_addresses_that_climb_are_not_followed(served, folder):
    _, url = served
    secret = folder.root.parent / "secret"
    secret.mkdir()
    (secret / "index.html").write_text("not for the public")

    for path in ("/..%2fsecret/", "/%2e%2e/secret/"):
        with closing(socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))) as line:
            line.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            answer = b"".join(iter(lambda line=line: line.recv(65536), b""))
        assert b"not for the public" not in answer, path
