"""Settings of the test suite: fast hashing, no files outside a temporary folder."""

import tempfile
from pathlib import Path

from gongkai.settings.base import *  # noqa: F403
from gongkai.settings.base import DATABASES
from gongkai.settings.base import MIDDLEWARE as _MIDDLEWARE

SECRET_KEY = "only for tests; production has no default"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = ":memory:"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_scratch = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
DATA_DIR = _scratch
MEDIA_ROOT = _scratch / "media"
FIELD_KEYS_FILE = str(_scratch / "secrets" / "field-keys.json")
STATIC_ROOT = _scratch / "static"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MIDDLEWARE = [name for name in _MIDDLEWARE if "whitenoise" not in name]
AXES_ENABLED = False
BAKE_FOLDER = _scratch / "baked"
BAKE_AT_PUBLICATION = False  # the tests of baking turn it on, in a folder of their own
BAKE_PROCESSES = 1
BROWSER_PROGRAM = "none"  # the test of pictures brings its own
