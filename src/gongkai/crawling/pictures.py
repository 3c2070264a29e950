"""Pictures of pages as a visitor sees them, taken by a browser of the machine where there is one.

The browser is told that no host but those given exists, so a page that loads strangers' scripts does not lead it away. It
starts with an empty profile in a folder of its own that is removed, and is killed when it takes too long.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
WIDTH, HEIGHT = 1280, 1600  # pixels
QUALITY = 60
SECONDS = 30.0
NONE = "none"


@dataclass(frozen=True, slots=True)
class Camera:
    """A browser that takes pictures.

    Args:
        program: its path.
        hosts: names it may ask; others do not exist for it.
    """

    program: str
    hosts: tuple[str, ...]
    seconds: float = SECONDS

    def take(self, url: str) -> bytes:
        """The page at an address as WebP, 1280 by 1600 pixels from its top; empty when it could not be taken."""
        if urlsplit(url).hostname not in self.hosts or urlsplit(url).scheme not in {"http", "https"}:
            return b""
        with tempfile.TemporaryDirectory(prefix="gongkai-picture-", ignore_cleanup_errors=True) as folder:
            shot = Path(folder) / "page.png"
            if not self._run([*self._arguments(Path(folder), shot), url]) or not shot.is_file():
                return b""
            return _as_webp(shot)

    def _arguments(self, folder: Path, shot: Path) -> list[str]:
        only = ", ".join(["MAP * ~NOTFOUND", *(f"EXCLUDE {host}" for host in self.hosts)])
        return [
            self.program,
            "--headless=new",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-extensions",
            "--disable-background-networking",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            f"--user-data-dir={folder / 'profile'}",
            f"--host-resolver-rules={only}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={shot}",
            # Browsers refuse their sandbox to root, under which containers often run.
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        ]

    def _run(self, command: list[str]) -> bool:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own arguments, and an address of the own hosts
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
        except OSError:
            return False
        try:
            return process.wait(self.seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the browser with all that it started."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass
    process.wait()


def _as_webp(shot: Path) -> bytes:
    try:
        with Image.open(shot) as picture:
            kept = io.BytesIO()
            picture.convert("RGB").save(kept, "WEBP", quality=QUALITY)
    except OSError:
        return b""
    return kept.getvalue()


def camera(hosts: Iterable[str], program: str = "") -> Camera | None:
    """The camera of this machine; None where there is no browser, or none is wanted.

    Args:
        hosts: names with or without port.
        program: a path or name; empty looks for the usual ones, ``none`` takes no pictures.
    """
    if program == NONE:
        return None
    wanted = (program,) if program else PROGRAMS
    found = next((path for name in wanted if (path := shutil.which(name)) is not None), None)
    if found is None:
        return None
    names = tuple(dict.fromkeys(urlsplit(f"//{host}").hostname or "" for host in hosts))
    return Camera(found, tuple(name for name in names if name))
