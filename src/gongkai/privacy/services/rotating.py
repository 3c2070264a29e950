"""Resealing everything with the current key. Killed half-way it goes on where it stopped: each value names
its key, and what has the current one is skipped."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection, models, transaction

from gongkai.privacy.fields import EncryptedTextField
from gongkai.privacy.keys import keyring
from gongkai.privacy.sealing import key_of_bytes, key_of_text, open_bytes, open_text, seal_bytes, seal_text
from gongkai.privacy.storage import PLACE, SealedStorage

BATCH = 500


@dataclass(frozen=True, slots=True)
class Rotation:
    """How much was resealed."""

    values: int
    files: int


def rotate() -> Rotation:
    """Reseal every text and file that an older key sealed."""
    values = sum(_reseal_column(model, field) for model, field in _columns())
    return Rotation(values, sum(_reseal_file(path) for path in _files()))


def keys_in_use() -> Counter[str]:
    """Key id to the number of texts and files it sealed."""
    found: Counter[str] = Counter()
    for model, field in _columns():
        for _, token in _tokens(model, field, after=0, limit=None):
            found[key_of_text(token)] += 1
    for path in _files():
        with path.open("rb") as stream:
            found[key_of_bytes(stream.read(80))] += 1
    return found


def _columns() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def _tokens(
    model: type[models.Model], field: EncryptedTextField, *, after: int, limit: int | None
) -> list[tuple[int, str]]:
    quote = connection.ops.quote_name
    pk, column, table = (quote(name) for name in (model._meta.pk.column, field.column, model._meta.db_table))
    # Names come from our own models, values go as parameters.
    sql = f"SELECT {pk}, {column} FROM {table} WHERE {pk} > %s AND {column} <> '' ORDER BY {pk}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql + (f" LIMIT {int(limit)}" if limit else ""), [after])
        return list(cursor.fetchall())


def _reseal_column(model: type[models.Model], field: EncryptedTextField) -> int:
    quote, current, done, after = connection.ops.quote_name, keyring().current, 0, 0
    update = (
        f"UPDATE {quote(model._meta.db_table)} SET {quote(field.column)} = %s "  # noqa: S608  (names of our own models)
        f"WHERE {quote(model._meta.pk.column)} = %s AND {quote(field.column)} = %s"
    )
    while True:
        with transaction.atomic():
            rows = _tokens(model, field, after=after, limit=BATCH)
            if not rows:
                return done
            with connection.cursor() as cursor:
                for pk, token in rows:
                    after = pk
                    if key_of_text(token) == current:
                        continue
                    fresh = seal_text(open_text(token, field.place), field.place)
                    # Only if nobody changed the value meanwhile; theirs is sealed with the current key then.
                    cursor.execute(update, [fresh, pk, token])
                    done += cursor.rowcount


def _files() -> Iterator[Path]:
    folder = Path(SealedStorage().location)
    if folder.exists():
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.suffix)


def _reseal_file(path: Path) -> bool:
    sealed = path.read_bytes()
    if key_of_bytes(sealed) == keyring().current:
        return False
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as stream:
        stream.write(seal_bytes(open_bytes(sealed, PLACE), PLACE))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, path)
    return True
