"""Serving the baked files where no web server in front does.

Stands behind those who set the security headers, so that a file is sent with the very headers of the page drawn on request,
and before those who read sessions: a file asks nothing of the database.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from gongkai.portal.baking.folder import Folder, UnsafeName
from gongkai.portal.baking.names import PACKED, content_type_of, name_of
from gongkai.portal.context import ELDER_COOKIE

VARY = ("Accept-Encoding", "Cookie")


@dataclass(frozen=True, slots=True)
class Found:
    """The bytes of a file and when they were written."""

    content: bytes
    changed_at: int
    is_packed: bool

    @property
    def etag(self) -> str:
        """As nginx makes it, so that both give one answer for one file."""
        return f'"{self.changed_at:x}-{len(self.content):x}"'


class BakedPages:
    """Answer from the folder of baked files, or let the request pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.frames = XFrameOptionsMiddleware(get_response)
        self.is_on = bool(settings.BAKE_SERVED)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name = name_asked_for(request) if self.is_on else None
        if name is None:
            return self.get_response(request)
        found = None
        if ELDER_COOKIE not in request.COOKIES:  # the elder mode is drawn on request
            found = read(Path(settings.BAKE_FOLDER), name, packed=takes_packed(request))
        if found is None:
            response = self.get_response(request)
        else:
            request.get_host()  # refuses, as every page does, a name that is not ours
            response = self.frames.process_response(request, answer(request, name, found))
        patch_vary_headers(response, VARY)
        return response


def name_asked_for(request: HttpRequest) -> str | None:
    """The file that may stand for a request; None for previews, other queries and what is not only asked for."""
    if request.method not in {"GET", "HEAD"} or getattr(request, "is_dummy", False):
        return None
    return name_of(request.path_info, request.META.get("QUERY_STRING", ""))


def takes_packed(request: HttpRequest) -> bool:
    """Whether the reader takes gzip (RFC 9110 §12.5.3; a weight of 0 means no)."""
    for part in request.headers.get("Accept-Encoding", "").split(","):
        coding, _, given = part.strip().partition(";")
        if coding.strip().lower() in {"gzip", "*"}:
            _, _, weight = given.partition("=")
            try:
                return float(weight or 1) > 0
            except ValueError:
                return False
    return False


def read(root: Path, name: str, *, packed: bool) -> Found | None:
    """A file, or its precompressed copy where that is wanted and there."""
    try:
        place = Folder(root).place(name)
    except UnsafeName:
        return None
    if packed:
        found = _read(place.with_name(place.name + PACKED), is_packed=True)
        if found is not None:
            return found
    return _read(place, is_packed=False)


def _read(place: Path, *, is_packed: bool) -> Found | None:
    try:
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return None
        return Found(stream.read(), int(status.st_mtime), is_packed)


def answer(request: HttpRequest, name: str, found: Found) -> HttpResponseBase:
    """The response for a file: whole, or 304 for who has it."""
    response = HttpResponse(found.content, content_type=content_type_of(name))
    if found.is_packed:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(found.content))
    response["ETag"] = found.etag
    response["Last-Modified"] = http_date(found.changed_at)
    conditional = get_conditional_response(
        request, etag=found.etag, last_modified=found.changed_at, response=response
    )
    return conditional if conditional is not None else response
