"""What the user gave and cannot be used."""

from __future__ import annotations


class UnusableError(Exception):
    """Something the user gave cannot be used: the job cannot be done. Its text says what, where and why."""
