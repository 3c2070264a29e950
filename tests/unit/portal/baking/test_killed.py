"""A process that is killed in mid-bake leaves each page as it was or as it becomes, never a half."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from tests.conftest import ROOT

KILLS = 6
WRITER = """
    import sys
    from pathlib import Path
    from gongkai.portal.baking.folder import Baked, Folder, pack
    folder, turn = Folder(Path(sys.argv[1])), 0
    while True:
        pages = [(f"p{n}/index.html", bytes([65 + turn % 26]) * 400_000) for n in range(5)]
        folder.write([Baked(name, content, pack(content)) for name, content in pages])
        turn += 1
        print(turn, flush=True)
"""
SITE = """
    import django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", interactive=False, verbosity=0)
    from django.conf import settings
    settings.BAKE_AT_PUBLICATION = False
    from wagtail.models import Site
    from tests import factories
    from gongkai.publishing.models import HomePage
    site = Site.objects.get(is_default_site=True)
    site.root_page = site.root_page.get_root().add_child(instance=HomePage(title="首页", slug="menhu"))
    site.save()
    organ = factories.organ()
    settings_of = factories.portal_site(organ)
    settings_of.site_name = "旧的名称"
    settings_of.save()
    column = factories.column()
    for n in range(25):
        factories.published_item(title=f"第{n}条", column=column, organ=organ, body="<p>正文</p>" * 3000)
"""
RENAME = """
    import django
    django.setup()
    from gongkai.portal.models import PortalSettings
    PortalSettings.objects.update(site_name="新的名称")
"""


def python(code, *arguments, env=None, **given):
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True, **given)


def kill(process):
    """As when the power fails: no handler runs, children and all."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_killed_writer_leaves_whole_files(tmp_path):
    chance, root = random.Random(7), tmp_path / "baked"
    for _ in range(KILLS):
        writer = python(WRITER, root, stdout=subprocess.PIPE)
        assert writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.15))
        kill(writer)
        writer.stdout.close()
        for n in range(5):
            page = (root / f"p{n}" / "index.html").read_bytes()
            copy = gzip.decompress((root / f"p{n}" / "index.html.gz").read_bytes())
            for content in (page, copy):
                assert len(content) == 400_000
                assert len(set(content)) == 1


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A small site on disk, with its environment."""
    folder = tmp_path_factory.mktemp("killed")
    env = {
        **os.environ,
        "GONGKAI_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "gongkai.settings.dev",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    env.pop("DATABASE_URL", None)
    assert python(SITE, env=env).wait() == 0
    return folder, env


def bake(env, *words):
    command = [sys.executable, "-m", "gongkai.cli", "bake", *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def pages(folder):
    return {path: path.read_bytes() for path in (folder / "baked").rglob("*.html")}


def test_a_killed_bake_leaves_old_pages_or_new_ones_and_the_next_makes_it_whole(data):
    folder, env = data
    first = bake(env, "--all")
    assert first.wait() == 0
    first.stdout.close()
    old = pages(folder)
    assert len(old) > 25
    assert python(RENAME, env=env).wait() == 0

    chance = random.Random(3)
    for _ in range(KILLS):
        running = bake(env, "--all")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not list((folder / "baked").rglob(".*.unfinished")):
            if running.poll() is not None:
                break
            time.sleep(0.002)
        time.sleep(chance.uniform(0.0, 0.02))
        kill(running)
        running.stdout.close()
        for path, content in pages(folder).items():
            is_new = "新的名称".encode() in content and b"\xe6\x97\xa7\xe7\x9a\x84\xe5\x90\x8d" not in content
            assert content == old[path] or (is_new and content.endswith(b"</html>\n")), path
            assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()).endswith(b"</html>\n")

    last = bake(env, "--all")
    assert last.wait() == 0
    last.stdout.close()
    assert all("新的名称".encode() in content for content in pages(folder).values())
    verified = bake(env, "verify")
    said = verified.stdout.read().decode()
    verified.stdout.close()
    assert verified.wait() == 0, said
    assert "静态页完好" in said
