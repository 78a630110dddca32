"""A folder as the pages and the help speak of it: the repository's own files, under the names used there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from tests.running import FIXTURES

FILES: Final = {
    "nyc.reg": "sms-1.2/broken.reg",
    "sitectrl.ct0": "sms-2.0/sitectrl.ct0",
    "sender.json": "configmgr-current/get-cmsitecomponent.json",
    "NYC.smslint.json": "configmgr-current/NYC.smslint.json",
    "Sender.log": "logs/sms-2.0-sender.log",
    "logs": "logs",
    "exports": "hierarchy-broken",
}


def fill(folder: Path) -> Path:
    """Put the files into a folder that exists."""
    for name, source in FILES.items():
        if (FIXTURES / source).is_dir():
            shutil.copytree(FIXTURES / source, folder / name)
        else:
            shutil.copy(FIXTURES / source, folder / name)
    return folder
