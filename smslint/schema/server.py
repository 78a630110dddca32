"""What the name of a server means: the computer, however it is written."""

from __future__ import annotations

import re
from typing import Final

_IP_NUMBER: Final = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|\[?[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%\w+)?\]?"
"""IPv4 or IPv6, the latter with its zone and brackets where they are written."""


def computer(name: str) -> str:
    """The computer that a server's name means: its first label in upper case, no backslashes before it."""
    return name.lstrip("\\").split(".")[0].upper()


def is_ip_number(server: str) -> bool:
    """Whether a server is named by its IPv4 or IPv6 number."""
    return re.fullmatch(_IP_NUMBER, server.strip().lstrip("\\")) is not None
