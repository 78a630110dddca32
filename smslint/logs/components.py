"""Who wrote a record: the component in the line, else what the file's name says."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from smslint.logs.signatures import Who

_BY_COMPONENT: Final[dict[str, Who]] = {
    "SMS_SCHEDULER": "scheduler",
    "SMS_DESPOOLER": "despooler",
    "SMS_HIERARCHY_MANAGER": "hierarchy-manager",
    "SMS_SITE_CONTROL_MANAGER": "site-control-manager",
    "SMS_SITE_COMPONENT_MANAGER": "site-component-manager",
    "SMS_DISCOVERY_DATA_MANAGER": "discovery-data-manager",
    "SMS_REPLICATION_MANAGER": "replication-manager",
    "SMS_DISTRIBUTION_MANAGER": "distribution-manager",
}
# One of Microsoft's pages drops the first letter.
_SENDER = re.compile(r"S?MS_(\w*_)?SENDER$")
_BY_FILE: Final[tuple[tuple[str, Who | None], ...]] = (
    ("lansend", "lan-sender"),
    ("ras", "ras-sender"),
    ("snabatch", "ras-sender"),
    ("snainter", "ras-sender"),
    ("sender", "sender"),
    ("coursend", "sender"),
    ("sched", "scheduler"),
    ("despool", "despooler"),
    ("hman", "hierarchy-manager"),
    ("replmgr", "replication-manager"),
    ("sitectl", "site-control-manager"),
    ("sitectrl", "site-control-manager"),
    ("sitecomp", "site-component-manager"),
    ("nt_logon", "nt-logon"),
    ("ddm", "discovery-data-manager"),
    ("distmgr", "distribution-manager"),
    *(((name, None)) for name in ("pkgxfermgr", "rcmctrl", "compsumm", "scman")),
)


@lru_cache(maxsize=1024)
def role_of(component: str) -> Who | None:
    """What a component is; None for one that no signature speaks of."""
    name = component.strip().upper()
    if name in _BY_COMPONENT:
        return _BY_COMPONENT[name]
    if _SENDER.match(name):
        if "LAN" in name:
            return "lan-sender"
        return "ras-sender" if "RAS" in name or "SNA" in name else "sender"
    return "nt-logon" if name.startswith("SMS_NT_LOGON") else None


def role_of_file(path: str) -> tuple[bool, Who | None]:
    """Whether the name of a file is that of a log, and whose; administrators rename logs (Q201016)."""
    name = re.split(r"[\\/]", path)[-1].lower()
    return next(((True, who) for beginning, who in _BY_FILE if name.startswith(beginning)), (False, None))


def applies_to(who: Who, actual: Who | None) -> bool:
    """Whether a signature of ``who`` may be one of a record's component."""
    if who in ("any", actual):
        return True
    if who == "sender":
        return actual in ("lan-sender", "ras-sender")
    return who == "lan-sender" and actual == "sender"
