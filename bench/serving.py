"""Serving: baked pages through the shipped nginx rules against nginx's own plain files (goal ≥ 0.95), and a page drawn on
request against a plain Wagtail page that prints the same bytes (goal ≥ 3).

    python bench/serving.py

The plain files bear the same security headers. Requests are sent by wrk over 16 kept connections; nginx runs one worker. Both sides of each
comparison alternate in short rounds of one run, and the median of the rounds counts.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import big_site

ROOT = Path(__file__).resolve().parent.parent
ITEMS, ROUNDS, ROUND_SECONDS, CONNECTIONS, DRAWN = 300, 7, 2, 16, 100
PLAIN = "server {{ listen 127.0.0.1:{port}; root {root}; charset utf-8; location / {{ gzip_static on; {headers} }} }}"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        big_site.prepare(Path(folder))
        big_site.build(ITEMS)
        drawn()
        through_nginx(Path(folder))


def drawn() -> None:
    """The item page on request: ours against Wagtail's own routing, tree reads and template, through all middleware."""
    from unittest import mock

    from django.test import Client
    from plain_page import plain_wagtail

    from gongkai.publishing.models import ItemPage

    item = ItemPage.objects.live().first()
    client = Client(headers={"host": "localhost"})
    with mock.patch("gongkai.portal.baking.middleware.read", return_value=None):
        ours, plain = client.get(item.url), None
        queries = _queries(client, item.url)
        with plain_wagtail():
            plain = client.get(item.url)
            queries_plain = _queries(client, item.url)
        assert ours.status_code == plain.status_code == 200
        size, of = len(ours.content), len(plain.content)
        assert abs(size - of) < size * 0.02, (size, of)
        rates: dict[str, list[float]] = {"ours": [], "plain": []}
        for _ in range(ROUNDS):
            rates["ours"].append(_rate(client, item.url))
            with plain_wagtail():
                rates["plain"].append(_rate(client, item.url))
    mine, theirs = (statistics.median(rates[name]) for name in ("ours", "plain"))
    print(
        f"item page on request, {size} bytes: {mine:.0f} pages/s with {queries} queries; plain Wagtail page, {of} bytes: "
        f"{theirs:.0f} pages/s with {queries_plain} queries; ratio {mine / theirs:.2f}"
    )


def _queries(client: Any, url: str) -> int:
    from django.db import connection, reset_queries

    connection.force_debug_cursor = True
    reset_queries()
    client.get(url)
    connection.force_debug_cursor = False
    return len(connection.queries_log)


def _rate(client: Any, url: str) -> float:
    begun = time.perf_counter()
    for _ in range(DRAWN):
        client.get(url)
    return DRAWN / (time.perf_counter() - begun)


def through_nginx(data: Path) -> None:
    from gongkai.portal.baking.whole import bake_whole
    from gongkai.publishing.models import ItemPage

    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    wrk = shutil.which("wrk")
    if nginx is None or wrk is None:
        print("nginx or wrk is not installed: this part is not measured")
        return
    bake_whole(processes=1)
    path = ItemPage.objects.live().first().url
    ports = _free_ports(2)
    conf = _configuration(data, *ports)
    process = subprocess.Popen([nginx, "-c", str(conf)])
    try:
        time.sleep(1)
        rates: dict[str, list[float]] = {"baked": [], "plain": []}
        for _ in range(ROUNDS):
            rates["baked"].append(_served(wrk, ports[0], path))
            rates["plain"].append(_served(wrk, ports[1], f"{path}index.html"))
    finally:
        process.terminate()
        process.wait()
    baked, plain = (statistics.median(rates[name]) for name in ("baked", "plain"))
    print(f"nginx: baked page {baked:.0f}/s, its own plain file {plain:.0f}/s; ratio {baked / plain:.3f}")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _configuration(data: Path, port: int, plain: int) -> Path:
    """The shipped rules on one port, the same files with none on another."""
    text = (ROOT / "deploy" / "nginx" / "gongkai.conf").read_text(encoding="utf-8")
    text = (
        text[: text.index("server {\n    listen 80;")] + text[text.index("server {\n    listen 443 ssl;") :]
    )
    text = "\n".join(line for line in text.splitlines() if "ssl_cert" not in line and "[::]" not in line)
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace("/var/lib/gongkai", str(data))
    first = text[text.index("location ~ /$") :]
    headers = " ".join(
        line.strip() for line in first[: first.index("}")].splitlines() if "add_header" in line
    )
    user = "user root;" if os.geteuid() == 0 else ""
    conf = data / "nginx.conf"
    conf.write_text(
        f"daemon off; worker_processes 1; pid {data}/pid; error_log {data}/error.log; {user}\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; sendfile on; keepalive_requests 1000000; types {{ text/html html; }}\n{text}\n"
        f"{PLAIN.format(port=plain, root=data / 'baked', headers=headers)}\n}}\n",
        encoding="utf-8",
    )
    return conf


def _served(wrk: str, port: int, path: str) -> float:
    """Answers a second; every one must be 200."""
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{ROUND_SECONDS}s", "-H", "Accept-Encoding: gzip"]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    )
    assert "Non-2xx" not in done.stdout, done.stdout
    return float(done.stdout.split("Requests/sec:")[1].split()[0])


if __name__ == "__main__":
    main()
