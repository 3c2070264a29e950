"""Acts on personal data."""

from gongkai.privacy.services.revealing import reveal
from gongkai.privacy.services.rotating import Rotation, keys_in_use, rotate

__all__ = ["Rotation", "keys_in_use", "reveal", "rotate"]
