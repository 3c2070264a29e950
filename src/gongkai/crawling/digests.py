"""SM3 (GB/T 32905-2016) over bytes as received."""

from cryptography.hazmat.primitives.hashes import SM3, Hash


def sm3(data: bytes) -> str:
    """64 lower-case hexadecimal characters."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()
