"""Make docs/configuration.md from the models; with --check only say whether it is as it should be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from smslint.checks import BUILTIN
from smslint.config.settings import SECTIONS, SETTING_NAMES, Ignore, Policy, Settings

PAGE = Path(__file__).parent / "configuration.md"

OPENING = """\
# Configuration

<!-- Made by docs/make_configuration.py from the models; edit those. -->

smslint looks upward from the working directory for the first `smslint.toml`, or `pyproject.toml` that has
`[tool.smslint]`; where one folder has both, `smslint.toml` counts. Nothing is merged: that one file holds.
In `pyproject.toml` every table begins with `tool.smslint`, as in `[[tool.smslint.ignores]]`.

- `--config FILE` names another file, `--isolated` reads none, and `-v` says which one was used.
- What the command line gives wins. `--select` replaces what the file selects and ignores; `--ignore`
  without `--select` is added to what the file ignores, so that a hook's own `--ignore` takes nothing from
  you.
- Patterns (`exclude`, `per-file-ignores`, `path`) are gitignore patterns and start from the file's folder.
  `exclude` holds for walks through folders; a file that is named is always linted.
- A mistake in the file (TOML, an unknown key, a wrong type, a rule or setting that does not exist) ends the
  run with exit status 2, and is shown with its line and what may have been meant.
- `smslint check --show-settings` prints every setting and where it came from, `--show-files` what would be
  read, and `smslint schema config` the JSON Schema of the file.

```toml
# smslint.toml
fail-on = "error"
product-version = "2.0sp3"
exclude = ["archive/"]
baseline = "smslint-baseline.json"

[per-file-ignores]
"lab/*" = ["SMS1"]

[severity]
SMS106 = "info"

[rules.SMS104]
heartbeat-timeout-minutes = 10

[[ignores]]
rule = "SMS101"
path = "nyc.reg"
component = "SMS_LAN_SENDER"
reason = "closed until the line is paid for, ticket 4711"
until = 2030-12-31

[[policy]]
code = "ORG001"
setting = "sender.max_concurrent_sendings"
between = [5, 20]
severity = "error"
message = "our senders have 5 to 20 sendings"
sites = ["N*"]
```
"""

IGNORING = """\
## Ignoring

Three ways, from the nearest to the widest. What is ignored is not lost: the JSON report lists it under
`suppressed`, with `by` and `reason`, and the text report counts it.

**A comment** in a .reg file. On the line before a value it holds for what begins on that line; on the line
before a key for all that stands in the key, up to the next one. It holds for the rules it names (separated
by commas), and regedit does not mind it:

```reg
; smslint: ignore[SMS101] closed until the line is paid for
"Maximum Concurrent Sendings"=dword:00000000
```

**`[[ignores]]`** in the configuration, and **`per-file-ignores`**, for what is generated anew at every
export.

A comment or an `[[ignores]]` that ignores nothing, or has expired, is SMS907. Only what the run could have
needed is judged: not an ignore for a rule that did not run, for a file that exists and was not read, or,
where only named files were read, for a site that is not in them. Give `path` or `site` in repositories
where a commit hook reads only the files that changed.
"""

BASELINE = """\
## Baseline

`smslint check --write-baseline smslint-baseline.json` makes everything that is found now known; from then
on, with `baseline` in the configuration or `--baseline FILE`, only what is new is reported.

A finding is known by its fingerprint, which holds the rule, the site (the path only where no site code is
known), the component or key, the setting and its value, else the raw text; never words of smslint's, a line
number or an order. Of alike findings the number counts: of one more than the baseline knows, one shows. A
baseline carries its version; one of an older smslint is refused and is to be written anew.

What is known and matches nothing any more is named on standard error; `--prune-baseline` removes it. Only
sites and files that were read, files that are gone, and rules that ran are looked at, so a run over one
file takes nothing from the others.
"""

PLUGINS = """\
## Plugins

Packages bring rules of their own through entry points in the group `smslint.checks` ([writing
rules](writing-rules.md)). All that are installed are loaded. `plugins = ["contoso"]` loads only these, by
the name of their entry point; `plugins = []` none. One that cannot be loaded is SMS910, and the run goes
on.
"""

POLICY = """\
## Policy

Rules without code: each `[[policy]]` says what one setting must be. Its `code` works wherever a rule's
does: in `smslint rules` and `explain`, in `select` and `ignore`, in ignores, the baseline and the reports.
A setting that an export does not hold is not reported. From SMS 2.0 on the registry holds only a copy of
the sender settings, so an error there is reported as a warning, as for every rule, unless `severity` sets
the level of the code.
"""


def page() -> str:
    """The whole page."""
    own = [name for name in Settings.model_fields if name not in ("file", "on_command_line")]
    parts = [
        OPENING,
        "## Keys\n\n" + _table(Settings, own),
        IGNORING + "\n" + _table(Ignore),
        BASELINE,
        "## Options of rules\n\nUnder `[rules.CODE]`:\n\n" + "\n".join(_options()),
        POLICY + "\n" + _table(Policy) + "\n\nSettings:\n\n" + "\n".join(_settings()),
        PLUGINS,
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _table(model: type[BaseModel], names: list[str] | None = None) -> str:
    rows = ["| Key | Value | Default | Meaning |", "| --- | --- | --- | --- |"]
    schema = model.model_json_schema(by_alias=True)
    for name in names or list(model.model_fields):
        info = model.model_fields[name]
        key = info.alias or name
        text = schema["properties"][key]
        default = "needed" if info.is_required() else _default(info.get_default(call_default_factory=True))
        rows.append(f"| `{key}` | {_kind(text)} | {default} | {info.description} |")
    return "\n".join(rows)


def _default(value: object) -> str:
    return "" if value is None or value in ((), {}) else f"`{str(value).lower()}`"


def _kind(text: dict[str, Any]) -> str:
    """What kind of value a JSON Schema asks for, in words."""
    if "anyOf" in text:
        return " or ".join(_kind(each) for each in text["anyOf"] if each.get("type") != "null")
    if "enum" in text:
        return ", ".join(f"`{each}`" for each in text["enum"])
    if "$ref" in text:
        return "tables"
    if text.get("type") == "array":
        if "prefixItems" in text:
            return "two numbers"
        return "tables" if "$ref" in text["items"] else "list of text"
    if text.get("type") == "object":
        return "table"
    words = {"string": "text", "boolean": "`true` or `false`", "integer": "number"}
    return "date" if text.get("format") == "date" else words[text["type"]]


def _options() -> Iterator[str]:
    yield "| Rule | Option | Default | Meaning |"
    yield "| --- | --- | --- | --- |"
    for rule in BUILTIN:
        for name, info in rule.options.model_fields.items() if rule.options else ():
            default = f"`{info.default}`" if info.default is not None else ""
            yield f"| {rule.code} | `{info.alias or name}` | {default} | {info.description} |"


def _settings() -> Iterator[str]:
    for name, section in SECTIONS.items():
        fields = [each for each in SETTING_NAMES if each.startswith(f"{name}.")]
        if fields:
            yield f"- {(section.__doc__ or '').splitlines()[0]} {', '.join(f'`{each}`' for each in fields)}"


if __name__ == "__main__":
    from made import write_or_check

    sys.exit(write_or_check(PAGE, page(), "the models say"))
