"""Dumps of WMI objects for tests: the same objects in every syntax, and what is read of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from smslint.schema.export import Defect, Export
from smslint.schema.located import Span
from smslint.schema.version import ProductVersion
from smslint.sources.text import Document
from smslint.sources.wmi import clixml as wmi_clixml
from smslint.sources.wmi import csv as wmi_csv
from smslint.sources.wmi import json as wmi_json
from smslint.sources.wmi import listing as wmi_listing
from smslint.sources.wmi import mof as wmi_mof

FIXTURES: Final = Path(__file__).parents[3] / "fixtures"
READERS: Final = (wmi_json, wmi_clixml, wmi_mof, wmi_csv, wmi_listing)
HEAD: Final = 4096
Fields = Mapping[str, Any]


def read(source: ModuleType, data: str | bytes, given: ProductVersion | None = None) -> Export:
    """Read text with one reader."""
    content = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    export = source.read(Document(content, "dump", fallback=source.CODE_PAGE), given)
    assert isinstance(export, Export)
    return export


def read_file(path: Path) -> Export:
    """Read a file with the one reader that recognises it."""
    data = path.read_bytes()
    head = Document(data[:HEAD], path.name).text
    (source,) = (reader for reader in READERS if reader.recognises(head))
    return read(source, data)


def written(data: bytes, export: Export, span: Span) -> str:
    """What stands in the file where a span points to."""
    assert export.encoding
    return data[span.start : span.end].decode(export.encoding)


def kinds(export: Export) -> list[str]:
    """The kinds of the defects."""
    return [defect.kind for defect in export.defects]


def only(export: Export, kind: str) -> Defect:
    """The one defect of a kind."""
    (defect,) = (defect for defect in export.defects if defect.kind == kind)
    return defect


def prop(name: str, number: object = 0, first: object = "", second: object = "") -> dict[str, Any]:
    return {"PropertyName": name, "Value": number, "Value1": first, "Value2": second}


def sender(
    total: object = "5", site: object = "3", *, code: str | None = "NYC", name: str = "SMS_LAN_SENDER"
) -> dict[str, Any]:
    limits = prop("Concurrent Sending Limit", 0, total, site)
    own = {"SiteCode": code} if code else {}
    return {
        "ComponentName": name,
        "Flag": 6,
        "ItemType": "Component",
        "Name": "NYCSRV",
        "Props": [limits, prop("Number of Retries", 2), prop("Retry Delay", 1)],
        **own,
    }


def address(destination: str = "BOS", **changes: Any) -> dict[str, Any]:
    day = {"Backup": [False] * 24, "HourUsage": [1] * 24}
    return {
        "SiteCode": "NYC",
        "AddressType": "MS_LAN",
        "DesSiteCode": destination,
        "DestinationType": 0,
        "UnlimitedRateForAll": True,
        "RateLimitingSchedule": [100] * 24,
        "UsageSchedule": [day] * 7,
        "Props": [prop("Connection Point", 0, "BOSSRV", "SMS_Site"), prop("LAN Login")],
        "PropLists": [{"PropertyListName": "Pulse Mode", "Values": ["0", "3", "5"]}],
        **changes,
    }


def as_json(objects: Sequence[Fields]) -> str:
    return json.dumps(objects, indent=1, ensure_ascii=False)


def as_mof(objects: Sequence[Fields]) -> str:
    return "".join(f"\n{_instance(each)};\n" for each in objects)


def _instance(fields: Fields) -> str:
    kind = "SMS_SCI_Component" if "ComponentName" in fields else "SMS_SCI_Address"
    if not {"ComponentName", "DesSiteCode"} & fields.keys():
        kind = "SMS_Embedded"
    return f"instance of {kind}\n{{\n" + "".join(f"\t{k} = {_mof(v)};\n" for k, v in fields.items()) + "}"


def _mof(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return str(value).upper() if value is not None else "NULL"
    if isinstance(value, str):
        for char, spelled in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
            value = value.replace(char, spelled)
        return f'"{value}"'
    if isinstance(value, dict):
        return _instance(value)
    return "{" + ", ".join(map(_mof, value)) + "}" if isinstance(value, list) else str(value)


def as_clixml(objects: Sequence[Fields]) -> str:
    inner = "\n".join(_clixml(each) for each in objects)
    return (
        f'<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n{inner}\n</Objs>'
    )


def _clixml(value: Any, name: str = "") -> str:
    named = f" N={quoteattr(name)}" if name else ""
    if isinstance(value, dict):
        return f"<Obj{named}><Props>" + "\n".join(_clixml(v, k) for k, v in value.items()) + "</Props></Obj>"
    if isinstance(value, list):
        return f"<Obj{named}><LST>" + "\n".join(map(_clixml, value)) + "</LST></Obj>"
    if value is None:
        return f"<Nil{named} />"
    if isinstance(value, bool):
        return f"<B{named}>{str(value).lower()}</B>"
    return f"<U32{named}>{value}</U32>" if isinstance(value, int) else f"<S{named}>{escape(value)}</S>"


def as_csv(objects: Sequence[Fields], separator: str = ",") -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=separator)
    table.writerow(("SiteCode", "ComponentName", "Name", "Value1", "Value2", "Value3"))
    for each in objects:
        for one in each["Props"]:
            values = (one["PropertyName"], one["Value1"], one["Value2"], one["Value"])
            table.writerow((each["SiteCode"], each["ComponentName"], *values))
    return text.getvalue()
