"""What is no file although a path leads to it: devices, pipes, and the names Windows keeps for devices."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from typing import Final

_DEVICE: Final = r"(?i:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ .]*(?:[.:].*)?"


def is_device_name(name: str) -> bool:
    """Whether Windows takes a file's name for a device, in any folder and with any ending."""
    return sys.platform == "win32" and re.fullmatch(_DEVICE, name) is not None


def is_regular(path: Path) -> bool:
    """Whether a path leads to a file that can be read to its end. Raises OSError where nothing is."""
    return not is_device_name(path.name) and stat.S_ISREG(path.stat().st_mode)
