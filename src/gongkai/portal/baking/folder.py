"""The folder of baked files: whole files only, one writer at a time.

A file is written beside its place under another name, forced to the disk and renamed: whoever reads, and whoever starts
after a power cut, finds the old file or the new one.
"""

from __future__ import annotations

import ctypes
import fcntl
import gzip
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gongkai.portal.baking.names import PACKED, is_safe

UNFINISHED = ".unfinished"
LOCK = ".lock"
PACK_LEVEL = 6
MANY = 64  # from so many files on, one call for the whole file system is quicker than one a file
THREADS = 16


@dataclass(frozen=True, slots=True)
class Baked:
    """The bytes of one file and of its precompressed copy."""

    name: str
    content: bytes
    packed: bytes


def pack(content: bytes) -> bytes:
    """The same bytes for the same content, at any time."""
    return gzip.compress(content, PACK_LEVEL, mtime=0)


class UnsafeName(ValueError):
    """A name that would lead out of the folder."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"Not a name below the folder of baked files: {name!r}.")


class Folder:
    """Baked files below ``root``; names are relative, with ``/``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sound: set[str] = set()  # folders seen to be folders

    def place(self, name: str) -> Path:
        """Where a file lies.

        Raises:
            UnsafeName: the name is absolute, has ``..`` or the like, or passes a symbolic link.
        """
        inner, _, last = name.rpartition("/")
        if not is_safe(last) or (inner and inner not in self._sound and not self._is_sound(inner)):
            raise UnsafeName(name)
        return self.root / name

    def _is_sound(self, inner: str) -> bool:
        """Whether the names of all folders are safe and none is a link."""
        parts = inner.split("/")
        if not all(is_safe(part) for part in parts):
            return False
        place = self.root
        for part in parts:
            place = place / part
            if place.is_symlink():
                return False
        self._sound.add(inner)
        return True

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None where there is none (a link is none)."""
        place = self.place(name)
        try:
            handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return None
        with os.fdopen(handle, "rb") as stream:
            return stream.read()

    def holds(self, baked: Baked) -> bool:
        """Whether both files are there, byte for byte."""
        return self.read(baked.name) == baked.content and self.read(baked.name + PACKED) == baked.packed

    def write(self, files: Sequence[Baked]) -> None:
        """Put files in place; all are on the disk before the first takes its place."""
        handles: list[tuple[int, Path, Path]] = []
        try:
            for baked in files:
                for name, content in ((baked.name, baked.content), (baked.name + PACKED, baked.packed)):
                    handles.append(self._begin(name, content))
            _force([handle for handle, _, _ in handles], self.root)
        finally:
            for handle, _, _ in handles:
                os.close(handle)
        for _, unfinished, place in handles:
            _never_as_old(unfinished, place)
            os.replace(unfinished, place)
        _force_folders({place.parent for _, _, place in handles}, self.root)

    def _begin(self, name: str, content: bytes) -> tuple[int, Path, Path]:
        place = self.place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f".{place.name}{UNFINISHED}")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644)
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        return handle, unfinished, place

    def remove(self, name: str) -> None:
        """Take a file and its copy away; needs no lock."""
        place = self.place(name)
        for one in (place, place.with_name(place.name + PACKED)):
            one.unlink(missing_ok=True)
        with suppress(OSError):  # not empty, or the root itself
            place.parent.rmdir()

    def remove_stray(self, name: str) -> None:
        """Take away what ``walk`` found and nobody knows; a link goes, what it leads to stays."""
        (self.root / name).unlink(missing_ok=True)

    def walk(self) -> Iterator[str]:
        """Names of everything there that is not a folder, links and unfinished files with them."""
        for folder, inner, names in os.walk(self.root):
            at = os.path.relpath(folder, self.root)
            linked = [name for name in inner if os.path.islink(os.path.join(folder, name))]
            for name in [*names, *linked]:
                found = name if at == "." else f"{at}/{name}".replace(os.sep, "/")
                if found != LOCK:
                    yield found

    @contextmanager
    def lock(self, *, wait: bool) -> Iterator[bool]:
        """Be the only one who writes; gives False at once where another is and ``wait`` is off."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.root / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(handle)  # gives the lock back


def _force(handles: list[int], root: Path) -> None:
    """Have everything written so far on the disk."""
    if len(handles) >= MANY and _sync_file_system(root):
        return
    with ThreadPoolExecutor(THREADS) as pool:  # at once, so that the disk writes its journal once for many
        list(pool.map(os.fsync, handles))


def _force_folders(folders: set[Path], root: Path) -> None:
    """Have the new names on the disk too, before anybody notes the work as done."""
    handles = [os.open(folder, os.O_RDONLY) for folder in folders]
    try:
        _force(handles, root)
    finally:
        for handle in handles:
            os.close(handle)


def _sync_file_system(root: Path) -> bool:
    call = getattr(ctypes.CDLL(None), "syncfs", None)
    if call is None:
        return False
    handle = os.open(root, os.O_RDONLY)
    try:
        return bool(call(handle) == 0)
    finally:
        os.close(handle)


def _never_as_old(unfinished: Path, place: Path) -> None:
    """Let the time of a file grow by a second at least: validators of web servers are made of whole seconds and sizes."""
    with suppress(FileNotFoundError):
        old = int(place.lstat().st_mtime)
        if int(unfinished.stat().st_mtime) <= old:
            os.utime(unfinished, (old + 1, old + 1))
