"""Guards of the structure: what no reviewer should have to remember."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "gongkai"


def python_files(folder: Path):
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def test_core_imports_no_framework_and_no_clock():
    """Architecture: no Django, no I/O, no clock in core."""
    found = []
    for path in python_files(SOURCE / "core"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [
                f"{path.name}: {name}"
                for name in names
                if name.split(".")[0] in {"django", "wagtail", "os", "time"}
            ]
            if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
                found.append(f"{path.name}: {node.attr}()")

    assert found == []


def test_reading_a_report_loads_no_web_framework():
    code = "import gongkai.cli_report, sys; print([m for m in ('django', 'wagtail') if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_every_core_module_cites_or_describes_its_source():
    """Rules are dated data: every module of core says in its docstring what it stands on."""
    undocumented = [
        path.name
        for path in python_files(SOURCE / "core")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert undocumented == []


def test_no_lock_file_names_a_registry():
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(encoding="utf-8"), path.name
