"""What the name of a server means: the computer, however it is written."""

from __future__ import annotations

import re


def computer(name: str) -> str:
    """The computer that a server's name means: its first label in upper case, no backslashes before it."""
    return name.lstrip("\\").split(".")[0].upper()


def is_ip_number(server: str) -> bool:
    """Whether a server is named by its IPv4 or IPv6 number."""
    return re.fullmatch(r"\\*[0-9]+(?:\.[0-9]+)*|\\*\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*\]?", server) is not None
