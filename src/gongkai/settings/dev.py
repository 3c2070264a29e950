"""The demo and development on one's own machine: answers on loopback only, keeps its secret in the data folder."""

import secrets

from gongkai.settings.base import *  # noqa: F403
from gongkai.settings.base import DATA_DIR, ENV

for _folder in (DATA_DIR, DATA_DIR / "static", DATA_DIR / "media"):
    _folder.mkdir(parents=True, exist_ok=True)
_secret_file = DATA_DIR / "secret-key"


def _local_secret() -> str:
    """A secret of this folder's own, made once, so that sessions outlive a restart."""
    if not _secret_file.exists():
        _secret_file.write_text(secrets.token_urlsafe(48), encoding="ascii")
        _secret_file.chmod(0o600)
    return _secret_file.read_text(encoding="ascii")


SECRET_KEY = ENV.secret_key.get_secret_value() or _local_secret()
DEBUG = ENV.debug
ALLOWED_HOSTS = [*ENV.host_list, "127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
BAKE_SERVED = not DEBUG  # who edits templates wants to see them
