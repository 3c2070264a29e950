"""What the whole suite shares: where the samples lie, and a loud word about what did not run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples each run: a rare find belongs into a test of its own, not into somebody else's landing.
settings.register_profile("steady", derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real sample reports; tests that need it are skipped by name where it is absent."""
    shared = Path(os.environ.get("GONGKAI_SHARED", ROOT.parent / "shared"))
    folder = shared / "samples" / "reports"
    if not folder.is_dir():
        pytest.skip(f"真实样本未找到（{folder}）：设置 GONGKAI_SHARED 后再运行")
    return folder


def pytest_collection_modifyitems(items):
    """Browser tests last: the driver's event loop would keep Django's ORM from what runs after it."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_terminal_summary(terminalreporter):
    """Say by name which tests were skipped, so that nobody takes a partial run for a whole one."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section(f"未运行的测试：{len(skipped)} 项", sep="!", yellow=True, bold=True)
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.write_line(f"{report.nodeid}  {reason}")
