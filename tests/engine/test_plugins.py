"""Plugins: packages with rules of their own, whole and broken ones, seen through the command line."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest

from smslint.testing import registry_export
from tests.running import smslint

ROOT = Path(__file__).parents[2]
CONTOSO = ROOT / "examples" / "smslint-contoso"
LAN = r"Components\SMS_LAN_SENDER"
SENDER = registry_export({LAN: {"Number of Retries": 4}})
RULE = '''
from collections.abc import Iterator
from smslint import Finding, Options, Sender, rule

class Least(Options):
    least: int = 5

@rule("ACME001", "acme-few-retries", severity="warning")
def few_retries(sender: Sender, options: Least) -> Iterator[Finding]:
    """Few retries.

    ## What it does
    Looks for fewer than five.
    """
    if (sender.number_of_retries.value or 9) < options.least:
        yield Finding(sender.number_of_retries, "few retries")
'''


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a package with an entry point on the path, as an installed one is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nyc.reg").write_text(SENDER)
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def put(name: str, code: str, value: str = "") -> None:
        (site / f"acme_{name}.py").write_text(code)
        info = site / f"acme_{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: acme-{name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[smslint.checks]\n{name} = {value or f'acme_{name}'}\n")
        monkeypatch.delitem(sys.modules, f"acme_{name}", raising=False)

    yield put
    for module in [name for name in sys.modules if name.startswith("acme_")]:
        del sys.modules[module]


def found(*words: str) -> list[tuple[str, str]]:
    ran = smslint("check", "nyc.reg", "--format", "json", *words)
    assert ran.status in (0, 1), ran.err
    return [(each["rule"], each["message"]) for each in ran.json["findings"]]


def codes(*words: str) -> list[str]:
    return [rule for rule, _ in found(*words)]


def test_its_rules_are_like_built_in_ones(install: Any) -> None:
    install("good", RULE)
    assert codes() == ["ACME001"]
    assert "ACME001  warning  acme-few-retries" in smslint("rules").out
    page = smslint("explain", "acme-few-retries").out
    assert "Looks for fewer than five." in page
    assert "`least` (default 5)" in page
    assert codes("--ignore", "ACME") == []
    assert codes("--select", "SMS1") == []
    config = Path("smslint.toml")
    config.write_text("[rules.ACME001]\nleast = 3\n")
    assert codes() == []
    config.write_text('[severity]\nACME = "info"\n[rules.ACME001]\nlest = 3\n')
    ran = smslint("check", "nyc.reg")
    assert (ran.status, "did you mean least" in ran.err) == (2, True)
    config.write_text('[[ignores]]\nrule = "acme-few-retries"\nreason = "x"\n')
    assert codes() == []
    config.unlink()
    assert smslint("check", "nyc.reg", "--write-baseline", "known.json").status == 0
    assert codes("--baseline", "known.json") == []


def test_the_entry_point_may_name_a_list(install: Any) -> None:
    install("listed", RULE + "\nRULES = [few_retries]\n", "acme_listed:RULES")
    assert codes() == ["ACME001"]


def test_the_configuration_names_those_to_load(install: Any) -> None:
    install("good", RULE)
    install("bad", "raise RuntimeError\n")
    Path("smslint.toml").write_text('plugins = ["good"]\n')
    assert codes() == ["ACME001"]
    Path("smslint.toml").write_text("plugins = []\n")
    assert codes() == []
    Path("smslint.toml").write_text('plugins = ["god"]\n')
    ran = smslint("check", "nyc.reg")
    assert (ran.status, "did you mean good" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("code", "value", "output"),
    [
        ("raise RuntimeError('no licence')\n", "", "cannot be loaded: RuntimeError: no licence"),
        ("import sys; sys.exit(3)\n", "", "cannot be loaded: SystemExit: 3"),
        ("import nowhere_to_be_found\n", "", "cannot be loaded: ModuleNotFoundError"),
        ("def f(:\n", "", "cannot be loaded: SyntaxError"),
        ("", "acme_bad:RULES", "cannot be loaded: AttributeError"),
        ("RULES = 3\n", "acme_bad:RULES", "cannot be loaded: TypeError"),
        ("x = 1\n", "", "acme_bad holds no rules"),
        ("RULES = ['\\x1b[31m']\n", "acme_bad:RULES", "which is not a rule"),
        (RULE.replace("ACME001", "SMS999"), "", "SMS999: the prefix SMS is smslint's own"),
        (RULE.replace("ACME001", "acme-1"), "", "is not capital letters and a number"),
        (RULE.replace("acme-few-retries", "sender-capacity-zero"), "", "is taken by SMS101"),
        (RULE.replace("sender: Sender", "sender: int"), "", "ACME001 checks int, which no export holds"),
    ],
)
def test_a_broken_one_costs_one_finding_that_names_it(
    install: Any, code: str, value: str, output: str
) -> None:
    install("bad", code, value)
    ((rule, message),) = found()
    assert rule == "SMS910"
    assert message.startswith("plugin bad (acme-bad): ")
    assert output in message
    ran = smslint("check", "nyc.reg")
    assert ran.status == 1
    assert "\x1b" not in ran.out
    assert output.replace("\x1b", "") in smslint("rules").err
    assert codes("--select", "SMS101") == ["SMS910"]
    assert codes("--ignore", "SMS910") == []


def test_of_two_that_claim_a_code_the_first_has_it(install: Any) -> None:
    install("first", RULE)
    install("second", RULE.replace("acme-few", "acme-other"))
    assert codes() == ["SMS910", "ACME001"]


@pytest.mark.parametrize(
    ("line", "output"),
    [
        ("raise KeyError('x')", "KeyError: 'x'"),
        ("yield 'nonsense'", "AttributeError"),
        ("yield Finding(sender, 7)", "ACME001 (acme-few-retries) of a plugin failed"),
        ("yield Finding(sender, 'x', severity='fatal')", "ACME001"),
        ("return 3", "TypeError"),
    ],
)
def test_a_rule_that_fails_costs_one_finding_however_often_it_runs(
    install: Any, line: str, output: str
) -> None:
    install("bad", RULE.replace('yield Finding(sender.number_of_retries, "few retries")', line))
    Path("bos.reg").write_text(SENDER.replace("LAN", "ASYNC_RAS"))
    ran = smslint("check", "nyc.reg", "bos.reg", "--format", "json", "--select", "ACME")
    ((rule, message),) = [(each["rule"], each["message"]) for each in ran.json["findings"]]
    assert rule == "SMS910"
    assert output in message
    assert ran.status == 1


def test_settings_for_a_plugin_that_failed_do_not_end_the_run(install: Any) -> None:
    install("bad", "raise RuntimeError\n")
    Path("smslint.toml").write_text(
        'select = ["ACME001", "SMS101"]\n[rules.ACME001]\nleast = 3\n[[ignores]]\nrule = "ACME001"\n'
    )
    assert codes() == ["SMS910"]
    Path("smslint.toml").write_text('select = ["SMS999"]\n')
    assert smslint("check", "nyc.reg").status == 2


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)


def test_a_real_package_comes_and_goes_with_pip(tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    (purelib,) = home.glob("lib/python*/site-packages")
    (purelib / "host.pth").write_text(f"{sysconfig.get_path('purelib')}\n{ROOT}\n")
    pip = (python, "-m", "pip", "--disable-pip-version-check")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet")
    done = run(*pip, "install", *options, CONTOSO)
    assert done.returncode == 0, done.stderr
    exports: dict[str, dict[str, dict[str, int | str]]] = {
        "nyc": {"Identification": {"Site Code": "NYC", "Site Server": "SMS1"}, LAN: {"Number of Retries": 2}},
        "x": {"Identification": {"Site Code": "BOS"}, r"Sites\BOS\Addresses\OLD\0": {}},
    }
    for child in ("B1X", "B2X", "B3X", "B4X"):
        exports[child] = {"Identification": {"Site Code": child, "Parent Site Code": "NYC"}}
    for name, keys in exports.items():
        (tmp_path / f"{name}.reg").write_text(registry_export(keys))
    smslint_there = (python, "-m", "smslint")
    check = ("check", tmp_path, "--format", "concise", "--select", "CTS", "--isolated")
    done = run(*smslint_there, *check)
    assert done.returncode == 1, done.stderr
    assert sorted(line.split()[2] for line in done.stdout.splitlines()) == [f"CTS00{n}" for n in range(1, 6)]
    assert "contoso-too-many-children" in run(*smslint_there, "rules").stdout
    assert run(*pip, "uninstall", "--yes", "smslint-contoso").returncode == 0
    done = run(*smslint_there, *check)
    assert (done.returncode, "no rule is called 'CTS'" in done.stderr) == (2, True)


def test_the_example_keeps_its_own_tests() -> None:
    tests = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", CONTOSO / "pyproject.toml")
    done = subprocess.run(
        [*map(str, tests), str(CONTOSO / "tests")],
        cwd=CONTOSO,
        env={"PYTHONPATH": f"{CONTOSO}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout
