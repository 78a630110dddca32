"""Under ``python -OO`` no rule has its documentation: refused with a word, not silently empty."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("flag", "status"), [("-OO", 2), ("-O", 0)])
def test_without_docstrings_there_is_no_run(flag: str, status: int) -> None:
    run = subprocess.run(
        [sys.executable, flag, "-m", "smslint", "explain", "SMS101"], capture_output=True, text=True
    )
    assert run.returncode == status
    assert ("Why it is bad" in run.stdout) == (status == 0)
    assert ("cannot run under python -OO" in run.stderr) == (status == 2)
    assert "Traceback" not in run.stderr
