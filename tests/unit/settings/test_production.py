"""Production refuses to start unsafe."""

import os
import subprocess
import sys

import pytest

from gongkai.privacy.keys import make_key_file

GOOD = {
    "DJANGO_SETTINGS_MODULE": "gongkai.settings.production",
    "GONGKAI_SECRET_KEY": "k" * 50,
    "GONGKAI_HOSTS": "www.example.gov.cn",
    "GONGKAI_PUBLIC_URL": "https://www.example.gov.cn",
}


def start(folder, **changes):
    keys = folder / "secrets" / "field-keys.json"
    if changes.pop("keys", True) and not keys.exists():
        make_key_file(keys, "AES-256-GCM")
    env = {**os.environ, **GOOD, "GONGKAI_DATA_DIR": str(folder), **changes}
    env = {name: value for name, value in env.items() if value is not None}
    code = "import django; django.setup(); print('started')"
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)


def test_it_starts_with_all_it_needs(tmp_path):
    assert start(tmp_path).stdout.strip() == "started"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"GONGKAI_SECRET_KEY": None}, "GONGKAI_SECRET_KEY"),
        ({"GONGKAI_SECRET_KEY": "short"}, "不足 40 个字符"),
        ({"GONGKAI_HOSTS": None}, "GONGKAI_HOSTS 未设置"),
        ({"GONGKAI_HOSTS": "*"}, "通配符"),
        ({"GONGKAI_HOSTS": ".example.gov.cn"}, "通配符"),
        ({"GONGKAI_DEBUG": "1"}, "必须关闭调试模式"),
        ({"GONGKAI_PUBLIC_URL": "http://www.example.gov.cn"}, "https://"),
        ({"keys": False}, "gongkai keys make"),
        ({"GONGKAI_PUBLIC_URL": "https://other.example.gov.cn"}, "不在 GONGKAI_HOSTS 中"),
    ],
)
def test_it_refuses_and_says_what_is_missing(tmp_path, changes, said):
    refused = start(tmp_path, **changes)

    assert refused.returncode != 0
    assert said in refused.stderr
