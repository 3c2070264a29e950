"""The demo's settings with room for two hundred applications from one address: the limit has tests of its own."""

from gongkai.settings.dev import *  # noqa: F403
from gongkai.settings.dev import PUBLIC_LIMITS

PUBLIC_LIMITS = {name: (100_000, window) for name, (_, window) in PUBLIC_LIMITS.items()}
