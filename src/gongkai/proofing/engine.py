"""Which rules a run was made by: a version that changes whenever a rule or a table of the proofreader changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable

from gongkai.audit.chain import sm3

_PACKAGES = ("gongkai.core.proofreading", "gongkai.prooffiles")


@cache
def engine_version() -> str:
    """``<release>+<digest of the rules>``; read once a process."""
    parts = [sm3(content) for package in _PACKAGES for content in _contents(resources.files(package))]
    return f"{_release()}+{sm3(''.join(parts).encode())[:12]}"


def _release() -> str:
    try:
        return version("gongkai")
    except PackageNotFoundError:  # run from a folder of sources
        return "0"


def _contents(folder: Traversable) -> Iterator[bytes]:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir() and each.name != "__pycache__":
            yield from _contents(each)
        elif each.name.endswith((".py", ".tsv", ".zz")):
            yield each.read_bytes()
