"""For those who write rules: text in, findings out. There is a builder for each of the six formats.

from smslint.testing import codes, registry_export

def test_zero_capacity_fires() -> None:
    export = registry_export({r"Components\\SMS_LAN_SENDER": {"Maximum Concurrent Sendings": 0}})
    assert codes(export, select="SMS101") == ["SMS101"]

As stable as the names in `smslint`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from smslint import sources
from smslint.checks import BUILTIN
from smslint.checks.rule import Rule, rules_of
from smslint.config.settings import Settings
from smslint.engine.load import Loaded
from smslint.engine.run import run
from smslint.report import Report, ReportedFinding

__all__ = [
    "SMS_KEY",
    "codes",
    "findings",
    "registry_export",
    "report",
    "rules_of",
    "site_control_file",
    "wmi_address",
    "wmi_clixml",
    "wmi_component",
    "wmi_csv",
    "wmi_json",
    "wmi_mof",
    "wmi_site",
]

SMS_KEY: Final = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"


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


def site_control_file(
    *parts: str,
    code: str = "NYC",
    parent: str = "",
    server: str = "NYCSRV",
    site_type: int = 6,
    directory: str = r"D:\SMS",
    build: str = "786",
) -> str:
    """The text of a site control file of SMS 1.x: who the site is, then the ``parts`` as they are.

    ``site_type`` is 6 for a primary site and 9 for a secondary one (Q133113), ``build`` stands in the header.
    """
    fields = f"<{site_type}><{code}><{parent}><{server}><EASTERN><New York><{directory}>" + "<>" * 11
    account = f"BEGIN_SITE_ACCOUNT\n  {fields}\nEND_SITE_ACCOUNT"
    return "\n".join([f"SITE CONTROL FILE [{build}][1.08]", "", account, *parts, ""])


def wmi_site(code: str = "NYC", parent: str = "", server: str = "NYCSRV", **fields: Any) -> dict[str, Any]:
    """An ``SMS_SCI_SiteDefinition``: who the site is. ``fields`` are more of it: ``BuildNumber=6487``."""
    return {
        "__CLASS": "SMS_SCI_SiteDefinition",
        "SiteCode": code,
        "ParentSiteCode": parent,
        "SiteServerName": server,
        **fields,
    }


def wmi_component(
    name: str = "SMS_LAN_SENDER",
    properties: Mapping[str, int | tuple[str, str]] | None = None,
    *,
    site: str = "NYC",
    **fields: Any,
) -> dict[str, Any]:
    """An ``SMS_SCI_Component``: a sender, or any other component.

    A property is a number (its ``Value``) or two texts (its ``Value1`` and ``Value2``):
    ``{"Number of Retries": 2, "Concurrent Sending Limit": ("5", "3")}``.
    """
    return {
        "__CLASS": "SMS_SCI_Component",
        "SiteCode": site,
        "ComponentName": name,
        "Props": _properties(properties),
        **fields,
    }


def wmi_address(
    destination: str,
    properties: Mapping[str, int | tuple[str, str]] | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
    *,
    site: str = "NYC",
    address_type: str = "MS_LAN",
    usage: Sequence[int] = (1,) * 24,
    **fields: Any,
) -> dict[str, Any]:
    """An ``SMS_SCI_Address`` to the site ``destination``.

    ``usage`` says of each hour of every day what is sent in it, as `smslint.Usage` names it. Properties are
    as for `wmi_component`, ``lists`` its property lists: ``{"Pulse Mode": ("1", "3", "5")}``.
    """
    return {
        "__CLASS": "SMS_SCI_Address",
        "SiteCode": site,
        "AddressType": address_type,
        "DesSiteCode": destination,
        "UsageSchedule": [{"HourUsage": list(usage)} for _ in range(7)],
        "Props": _properties(properties),
        "PropLists": [
            {"PropertyListName": name, "Values": list(values)} for name, values in (lists or {}).items()
        ],
        **fields,
    }


def _properties(properties: Mapping[str, int | tuple[str, str]] | None) -> list[dict[str, Any]]:
    rows = []
    for name, held in (properties or {}).items():
        number, (first, second) = (held, ("", "")) if isinstance(held, int) else (0, held)
        rows.append({"PropertyName": name, "Value": number, "Value1": first, "Value2": second})
    return rows


def wmi_json(*objects: Mapping[str, Any]) -> str:
    """The objects as ``ConvertTo-Json`` writes them."""
    return json.dumps(objects, indent=1, ensure_ascii=False)


def wmi_clixml(*objects: Mapping[str, Any]) -> str:
    """The objects as ``Export-Clixml`` writes them."""
    inner = "\n".join(_clixml(each) for each in objects)
    return (
        f'<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n{inner}\n</Objs>'
    )


def _clixml(value: Any, name: str = "") -> str:
    named = f" N={quoteattr(name)}" if name else ""
    if isinstance(value, Mapping):
        return f"<Obj{named}><Props>" + "\n".join(_clixml(v, k) for k, v in value.items()) + "</Props></Obj>"
    if isinstance(value, list):
        return f"<Obj{named}><LST>" + "\n".join(map(_clixml, value)) + "</LST></Obj>"
    if value is None:
        return f"<Nil{named} />"
    if isinstance(value, bool):
        return f"<B{named}>{str(value).lower()}</B>"
    return f"<U32{named}>{value}</U32>" if isinstance(value, int) else f"<S{named}>{escape(value)}</S>"


def wmi_mof(*objects: Mapping[str, Any]) -> str:
    """The objects as the MOF text that ``GetText('Mof')`` gives."""
    return "".join(f"\n{_instance(each)};\n" for each in objects)


def _instance(fields: Mapping[str, Any]) -> str:
    kind = fields.get("__CLASS", "SMS_Embedded")
    lines = (f"\t{name} = {_mof(value)};\n" for name, value in fields.items() if name != "__CLASS")
    return f"instance of {kind}\n{{\n{''.join(lines)}}}"


def _mof(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return str(value).upper() if value is not None else "NULL"
    if isinstance(value, str):
        for char, spelled in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
            value = value.replace(char, spelled)
        return f'"{value}"'
    if isinstance(value, Mapping):
        return _instance(value)
    return "{" + ", ".join(map(_mof, value)) + "}" if isinstance(value, list) else str(value)


def wmi_csv(*components: Mapping[str, Any], separator: str = ",") -> str:
    """The properties of components as the view of the site database has them; it has no other objects."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=separator)
    table.writerow(("SiteCode", "ComponentName", "Name", "Value1", "Value2", "Value3"))
    for each in components:
        for one in each["Props"]:
            values = (one["PropertyName"], one["Value1"], one["Value2"], one["Value"])
            table.writerow((each["SiteCode"], each["ComponentName"], *values))
    return text.getvalue()


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
