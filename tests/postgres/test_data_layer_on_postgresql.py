"""The data layer again, on PostgreSQL: the same tests, run in a process with its own DATABASE_URL."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.postgres.cluster import cluster, server_programs

DATA_LAYER = [
    "tests/unit/audit",
    "tests/unit/agencies",
    "tests/unit/privacy",
    "tests/unit/inforequests",
    "tests/unit/publishing",
    "tests/unit/reporting",
    "tests/unit/demo",
    "tests/postgres/two_at_once.py",
]


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_the_data_layer_passes_on_postgresql():
    """Audit triggers, constraints, figures and the life of a report on the county's database."""
    given = os.environ.get("GONGKAI_TEST_DATABASE_URL")
    if given:
        _run(given)
    elif server_programs() is None:
        pytest.skip("未安装 PostgreSQL：数据层没有在 PostgreSQL 上测试")
    else:
        with cluster() as url:
            _run(url)


def _run(url: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *DATA_LAYER]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=ROOT, env={**env, "DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
