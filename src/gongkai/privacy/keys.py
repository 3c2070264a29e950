"""The keyring: kept in a file outside the database, read once per process and file version.

The file is JSON: ``{"current": "k1", "keys": {"k1": {"algorithm": "AES-256-GCM", "secret": base64}},
"lookup": base64}``. Old keys stay until nothing is sealed with them (``rotate_field_keys`` says when).
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from gongkai.privacy.errors import KeysFaulty, KeyUnknown

ALGORITHMS = {"AES-256-GCM": 32, "SM4-GCM": 16}  # name to key length in bytes
LOOKUP_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """One sealing key."""

    id: str
    algorithm: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key; ``current`` seals, all open; ``lookup`` makes the digests that find equal values."""

    current: str
    keys: dict[str, Key]
    lookup: bytes

    def sealing(self) -> Key:
        return self.keys[self.current]

    def opening(self, key_id: str) -> Key:
        if key_id not in self.keys:
            raise KeyUnknown(key_id)
        return self.keys[key_id]


_cache: dict[Path, tuple[tuple[int, int], Keyring]] = {}


def key_file() -> Path:
    """Where the keys are."""
    return Path(settings.FIELD_KEYS_FILE)


def keyring() -> Keyring:
    """The keys as the file has them now.

    Raises:
        KeysFaulty: missing where it may not be made, damaged, or readable by others.
    """
    path = key_file()
    if not path.exists():
        if not settings.FIELD_KEYS_MAY_BE_MADE:
            raise KeysFaulty(f"没有密钥文件 {path}。请恢复备份；新装系统请先运行 gongkai keys make 生成。")
        make_key_file(path)
    stat = path.stat()
    version = (stat.st_mtime_ns, stat.st_size)
    known = _cache.get(path)
    if known is None or known[0] != version:
        known = (version, _read(path))
        _cache[path] = known
    return known[1]


def make_key_file(path: Path, algorithm: str | None = None) -> Keyring:
    """Make a new key file that only its owner reads; never overwrites one."""
    ring = Keyring("k1", {"k1": _new_key("k1", algorithm)}, secrets.token_bytes(LOOKUP_BYTES))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _write_new(path, ring)
    except FileExistsError:  # another process was quicker: its keys hold
        return _read(path)
    return ring


def add_key(algorithm: str | None = None) -> Keyring:
    """Add a key and make it the sealing one; the file is replaced at once or not at all."""
    ring, path = keyring(), key_file()
    key_id = f"k{1 + max(int(name[1:]) for name in ring.keys)}"
    new = Keyring(key_id, {**ring.keys, key_id: _new_key(key_id, algorithm)}, ring.lookup)
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    _write_new(beside, new)
    beside.replace(path)
    return new


def lookup_hash(value: str, purpose: str) -> str:
    """A digest that finds equal values without opening any: HMAC-SHA-256 with its own key.

    Args:
        purpose: keeps digests of different columns from being compared.
    """
    return hmac.new(keyring().lookup, f"{purpose}\0{value}".encode(), sha256).hexdigest()


def _new_key(key_id: str, algorithm: str | None) -> Key:
    name = algorithm or settings.FIELD_KEYS_ALGORITHM
    if name not in ALGORITHMS:
        raise KeysFaulty(f"不支持的加密算法“{name}”，可用：{'、'.join(ALGORITHMS)}。")
    return Key(key_id, name, secrets.token_bytes(ALGORITHMS[name]))


def _write_new(path: Path, ring: Keyring) -> None:
    content = {
        "current": ring.current,
        "keys": {
            key.id: {"algorithm": key.algorithm, "secret": base64.b64encode(key.secret).decode()}
            for key in ring.keys.values()
        },
        "lookup": base64.b64encode(ring.lookup).decode(),
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())


def _read(path: Path) -> Keyring:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KeysFaulty(f"密钥文件 {path} 其他用户也能读，请运行 chmod 600 后再启动。")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        keys = {
            key_id: Key(key_id, row["algorithm"], base64.b64decode(row["secret"], validate=True))
            for key_id, row in content["keys"].items()
        }
        ring = Keyring(content["current"], keys, base64.b64decode(content["lookup"], validate=True))
        sound = ring.current in keys and all(len(k.secret) == ALGORITHMS[k.algorithm] for k in keys.values())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysFaulty(f"密钥文件 {path} 损坏，读不出密钥，请恢复备份。") from error
    if not sound or len(ring.lookup) != LOOKUP_BYTES:
        raise KeysFaulty(f"密钥文件 {path} 不完整，请恢复备份。")
    return ring
