"""Sealing of texts and files: authenticated encryption, bound to where the value belongs.

A sealed text is ``gk1.<key id>.<base64url of nonce and ciphertext with tag>``; a sealed file is the line
``gk1 <key id>`` and then nonce and ciphertext. Both name their key, so old and new keys work side by side.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gongkai.privacy.errors import SealBroken
from gongkai.privacy.keys import Key, keyring

MARK = "gk1"
NONCE_BYTES = 12
TAG_BYTES = 16


def seal_text(text: str, place: str) -> str:
    """Seal a text for a place (``app.Model.field``)."""
    key = keyring().sealing()
    body = base64.urlsafe_b64encode(_seal(key, text.encode(), place)).decode()
    return f"{MARK}.{key.id}.{body}"


def open_text(token: str, place: str) -> str:
    """The text of a token; raises KeyUnknown or SealBroken."""
    try:
        mark, key_id, body = token.split(".")
        raw = base64.urlsafe_b64decode(body.encode())
    except ValueError as error:
        raise SealBroken from error
    if mark != MARK:
        raise SealBroken
    return _open(keyring().opening(key_id), raw, place).decode()


def key_of_text(token: str) -> str:
    """Which key sealed a token; "" for what is no token."""
    parts = token.split(".")
    return parts[1] if len(parts) == 3 and parts[0] == MARK else ""


def seal_bytes(data: bytes, place: str) -> bytes:
    """Seal the content of a file."""
    key = keyring().sealing()
    return f"{MARK} {key.id}\n".encode() + _seal(key, data, place)


def open_bytes(sealed: bytes, place: str) -> bytes:
    """The content of a sealed file; raises KeyUnknown or SealBroken."""
    key_id = key_of_bytes(sealed)
    if not key_id:
        raise SealBroken
    return _open(keyring().opening(key_id), sealed[sealed.index(b"\n") + 1 :], place)


def key_of_bytes(sealed: bytes) -> str:
    """Which key sealed a file; "" for what is none of ours."""
    head, newline, _ = sealed[:80].partition(b"\n")
    mark, _, key_id = head.decode("ascii", "replace").partition(" ")
    return key_id if newline and mark == MARK else ""


def _seal(key: Key, data: bytes, place: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    if key.algorithm == "AES-256-GCM":
        return nonce + AESGCM(key.secret).encrypt(nonce, data, place.encode())
    encryptor = Cipher(algorithms.SM4(key.secret), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place.encode())
    return nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag


def _open(key: Key, raw: bytes, place: str) -> bytes:
    nonce, body = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
    if len(body) < TAG_BYTES:
        raise SealBroken
    try:
        if key.algorithm == "AES-256-GCM":
            return AESGCM(key.secret).decrypt(nonce, body, place.encode())
        decryptor = Cipher(algorithms.SM4(key.secret), modes.GCM(nonce, body[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(place.encode())
        return decryptor.update(body[:-TAG_BYTES]) + decryptor.finalize()
    except InvalidTag as error:
        raise SealBroken from error
