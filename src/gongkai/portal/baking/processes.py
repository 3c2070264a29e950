"""The processes of a full bake: fresh ones, for a forked one would share the connection to the database.

Imports nothing of Django before it is set up here.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any


@contextmanager
def workers(count: int) -> Iterator[Executor | None]:
    """So many processes; None for one, which is this."""
    if count <= 1:
        yield None
        return
    method = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=method, initializer=_begin) as pool:
        yield pool


def each(pool: Executor | None, act: Callable[..., Any], work: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Do ``act`` with each set of arguments, side by side where there are processes; in the order given."""
    if pool is None:
        return [act(*arguments) for arguments in work]
    # As bytes: what they stand for can be read only where Django is set up.
    waiting = [pool.submit(_do, pickle.dumps((act, arguments))) for arguments in work]
    return [one.result() for one in waiting]


def _begin() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.dev")
    django.setup()


def _do(packed: bytes) -> Any:
    from django.db import connections

    act, arguments = pickle.loads(packed)  # noqa: S301 - written by our own parent process a moment ago
    try:
        return act(*arguments)
    finally:
        connections.close_all()
