"""The public interface: complete, documented, cheap to import, and taking paths as programs have them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import BaseModel

import smslint
from smslint import Failure, Report, Settings, UnknownRuleError, fails, lint, lint_bytes, testing
from smslint.config.file import ConfigFile
from smslint.config.settings import SECTIONS
from smslint.finding import Notice
from smslint.testing import registry_export

EXPORT = registry_export({r"Components\SMS_LAN_SENDER": {"Maximum Concurrent Sendings": 0}})
ONLY = Settings(select=("SMS101",))
NOT_MADE_BY_OTHERS = {ConfigFile, Notice}
"""What the command line reads, and what the engine says: nobody else makes or looks into one."""


def found(report: Report) -> list[tuple[str | None, str]]:
    return [(each.path, each.rule) for each in report.findings]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("nyc.reg", "bos.reg"):
        Path(name).write_text(EXPORT)


def test_lint_takes_one_path_or_several() -> None:
    for one in ("nyc.reg", Path("nyc.reg")):
        assert found(lint(one, ONLY)) == [("nyc.reg", "SMS101")]
    both = [("bos.reg", "SMS101"), ("nyc.reg", "SMS101")]
    mixed: list[str | Path] = ["nyc.reg", Path("bos.reg")]
    assert found(lint(mixed, ONLY)) == both
    assert found(lint({"nyc.reg", "bos.reg"}, ONLY)) == both
    assert found(lint(map(Path, ("nyc.reg", "bos.reg")), ONLY)) == both
    assert [name for name, _ in found(lint(".", ONLY))] == ["bos.reg", "nyc.reg"]


def test_a_text_is_a_path_not_its_letters(tmp_path: Path) -> None:
    assert found(lint(str(tmp_path / "nyc.reg"), ONLY)) == [("nyc.reg", "SMS101")]
    assert lint("/n").failures == (Failure("/n", "no such file or directory"),)


def test_a_file_called_minus_is_a_file() -> None:
    assert lint("-").failures == (Failure("./-", "no such file or directory"),)
    Path("-").write_text(EXPORT)
    assert found(lint(Path("-"), ONLY)) == [("./-", "SMS101")]


def test_lint_bytes_takes_content_and_its_name() -> None:
    for name in ("exports/nyc.reg", Path("exports/nyc.reg")):
        report = lint_bytes(EXPORT.encode(), name, ONLY)
        assert found(report) == [("exports/nyc.reg", "SMS101")]
    read, given = lint("nyc.reg", ONLY), lint_bytes(EXPORT.encode(), "nyc.reg", ONLY)
    as_json = smslint.renderer("json")
    assert [*as_json(given, smslint.Style())] == [*as_json(read, smslint.Style())]
    ignoring = Settings(select=("SMS101",), per_file_ignores={"exports/*": ("SMS1",)})
    assert found(lint_bytes(EXPORT.encode(), "exports/nyc.reg", ignoring)) == []
    assert [rule for _, rule in found(lint_bytes(b"", "nothing.reg"))] == ["SMS901"]


def test_a_report_fails_by_the_settings() -> None:
    report = lint("nyc.reg", ONLY)
    assert fails(report, Settings())
    assert not fails(lint("nyc.reg", Settings(select=("SMS102",))), Settings())


def test_what_cannot_be_used_raises_what_is_exported() -> None:
    with pytest.raises(UnknownRuleError, match="SMS999"):
        lint("nyc.reg", Settings(select=("SMS999",)))
    with pytest.raises(smslint.UnusableBaselineError, match=r"no\.json"):
        lint("nyc.reg", Settings(baseline="no.json"))
    with pytest.raises(smslint.BadSettingError, match="no plugin"):
        lint("nyc.reg", Settings(plugins=("nowhere",)))
    with pytest.raises(smslint.UnusableFormatError, match="did you mean json"):
        smslint.renderer("jsn")
    raised = (smslint.UnusableBaselineError, smslint.BadSettingError, smslint.UnusableFormatError)
    assert all(issubclass(each, smslint.UnusableError) for each in raised)


def test_every_name_is_there_and_documented() -> None:
    assert set(smslint.__all__) <= set(dir(smslint))
    for name in (*smslint.__all__, *testing.__all__):
        value = getattr(smslint, name, None) or getattr(testing, name)
        assert not callable(value) or isinstance(value, type(smslint.Target)) or value.__doc__, name
    with pytest.raises(AttributeError, match="Sendr"):
        getattr(smslint, "Sendr")  # noqa: B009 - type checkers know that it is not there


def test_type_checkers_see_what_there_is() -> None:
    source = ast.parse(Path(smslint.__file__).read_text("utf-8"))
    imports = [node for node in ast.walk(source) if isinstance(node, ast.ImportFrom)]
    seen = {alias.name: node.module for node in imports for alias in node.names}
    homes = {name: f"smslint.{home}" for name, home in vars(smslint)["_HOME"].items()}
    assert {name: home for name, home in seen.items() if name in homes} == homes
    assert sorted(homes) == sorted(smslint.__all__)


def test_examples_use_public_names_only() -> None:
    root = Path(__file__).parents[1]
    files = [*(root / "examples").rglob("*.py"), root / "docs" / "api.md", root / "docs" / "writing-rules.md"]
    for file in files:
        text = file.read_text("utf-8")
        imports = re.findall(r"(?:from|import) (smslint\b[.\w]*)(?: import ([\w, ]+))?", text)
        assert imports
        for module, names in imports:
            public = {"smslint": smslint.__all__, "smslint.testing": testing.__all__}[module]
            assert set(names.split(", ")) <= {*public, ""}, file


def classes(kind: Any) -> Iterator[type]:
    """The classes of smslint in an annotation."""
    if isinstance(kind, type) and kind.__module__.startswith("smslint."):
        yield kind
    for argument in get_args(kind):
        yield from classes(argument)


def test_what_the_names_hold_is_exported_too() -> None:
    """A program that can get at a thing can name its type."""
    exported = {getattr(smslint, name) for name in smslint.__all__}
    assert set(SECTIONS.values()) <= exported
    held = {
        kind
        for each in exported
        if isinstance(each, type) and (is_dataclass(each) or issubclass(each, BaseModel | tuple))
        for name, hint in get_type_hints(each).items()
        if not name.startswith("_")
        for kind in classes(hint)
    }
    assert held - exported - NOT_MADE_BY_OTHERS == set()


def test_importing_it_costs_nothing() -> None:
    code = "import sys, smslint; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "smslint" in done.stdout.split()
    assert not [name for name in done.stdout.split() if name.startswith(("smslint.", "pydantic"))]


@pytest.mark.parametrize("target", get_args(smslint.Target))
def test_text_is_escaped_for_each_target(target: Any) -> None:
    hostile = "\x1b]0;x\x07<b>&\"'|`=::error::##vso[x]%0A;,\r\nnext"
    escaped = smslint.escape(hostile, target)
    assert target == "powershell" or escaped.isprintable()
    forbidden = {
        "terminal": ("::", "##"),
        "html": ("<", '"', "'"),
        "xml": ("<", '"', "'"),
        "markdown": ("<", "##vso"),
        "csv": (),
        "github": ("%0A;", "\n"),
        "github-property": (":", ","),
        "azure": ("%0A;", "\n"),
        "azure-property": (";", "]"),
        "powershell": (),
    }[target]
    assert not [each for each in forbidden if each in escaped]
    assert smslint.escape("=1+1", "csv") == "'=1+1"
    assert smslint.escape("a'$b", "powershell") == "'a''$b'"
