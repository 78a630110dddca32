"""For those who write rules: text in, findings out.

from smslint.testing import codes, registry_export

def test_zero_capacity_fires() -> None:
    export = registry_export({r"Components\\SMS_LAN_SENDER": {"Maximum Concurrent Sendings": 0}})
    assert codes(export, select="SMS101") == ["SMS101"]

As stable as the names in `smslint`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from smslint import sources
from smslint.checks import BUILTIN
from smslint.checks.rule import Rule, rules_of
from smslint.config.settings import Settings
from smslint.engine.load import Loaded
from smslint.engine.run import run
from smslint.report import Report, ReportedFinding

__all__ = ["SMS_KEY", "codes", "findings", "registry_export", "report", "rules_of"]

SMS_KEY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"


def registry_export(
    keys: Mapping[str, Mapping[str, int | str]], *, version: str = "", regedit4: bool = True
) -> str:
    """The text of a registry export with these keys below the SMS key, each with its values.

    A number becomes a REG_DWORD, text a REG_SZ. ``version`` is written to Setup, as ``Version`` for a bare
    build of SMS 1.x (``786``) and as ``Full Version`` for a dotted one (``2.00.1493.3000``).
    """
    lines = ["REGEDIT4" if regedit4 else "Windows Registry Editor Version 5.00", ""]
    setup = {"Full Version" if "." in version else "Version": version} if version else {}
    blocks: list[tuple[str, Mapping[str, int | str]]] = [("Setup", setup)] if setup else []
    for key, values in [*blocks, *keys.items()]:
        lines.append(f"[{SMS_KEY}\\{key}]")
        lines += [f'"{name}"={_data(value)}' for name, value in values.items()]
        lines.append("")
    return "\n".join(lines)


def _data(value: int | str) -> str:
    if isinstance(value, int):
        return f"dword:{value:08x}"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def report(
    *inputs: str | bytes,
    select: str | Sequence[str] = "ALL",
    ignore: str | Sequence[str] = (),
    with_rules: Sequence[Rule] = BUILTIN,
    **settings: Any,
) -> Report:
    """The report of a run over inputs given as text (or bytes), named ``input-1``, ``input-2`` and so on.

    All rules run unless ``select`` says otherwise; ``settings`` are the keys of the configuration, with
    underscores: ``product_version="2.0sp3"``, ``complete=True``, ``rules={...}``. ``with_rules`` are the
    rules to run instead of the built-in ones, such as `rules_of` a module; what they raise is not caught.
    """
    given = Settings(select=_words(select), ignore=_words(ignore), **settings)
    exports = tuple(
        sources.read(
            data if isinstance(data, bytes) else data.encode("utf-8"),
            f"input-{number}",
            encoding=given.encoding,
            given=given.given,
        )
        for number, data in enumerate(inputs, 1)
    )
    return run(Loaded(exports), given, with_rules)


def findings(*inputs: str | bytes, **options: Any) -> tuple[ReportedFinding, ...]:
    """The findings of such a run, in the order of the report."""
    return report(*inputs, **options).findings


def codes(*inputs: str | bytes, **options: Any) -> list[str]:
    """The codes of the findings of such a run, in the order of the report."""
    return [finding.rule for finding in findings(*inputs, **options)]


def _words(selectors: str | Sequence[str]) -> tuple[str, ...]:
    return tuple(selectors.split(",")) if isinstance(selectors, str) else tuple(selectors)
