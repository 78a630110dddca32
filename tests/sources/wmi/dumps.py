"""Dumps of WMI objects for tests: the same objects in every syntax, and what is read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from smslint.schema.export import Defect, Export
from smslint.schema.located import Span
from smslint.schema.version import ProductVersion
from smslint.sources.text import Document
from smslint.sources.wmi import clixml, csv, json, listing, mof
from smslint.testing import wmi_clixml, wmi_csv, wmi_json, wmi_mof

FIXTURES: Final = Path(__file__).parents[3] / "fixtures"
READERS: Final = (json, clixml, mof, csv, listing)
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
    return wmi_json(*objects)


def as_mof(objects: Sequence[Fields]) -> str:
    return wmi_mof(*({"__CLASS": _class(each), **each} for each in objects))


def _class(fields: Fields) -> str:
    named = {"ComponentName": "SMS_SCI_Component", "DesSiteCode": "SMS_SCI_Address"}
    return next((named[name] for name in named if name in fields), "SMS_Embedded")


def as_clixml(objects: Sequence[Fields]) -> str:
    return wmi_clixml(*objects)


def as_csv(objects: Sequence[Fields], separator: str = ",") -> str:
    return wmi_csv(*objects, separator=separator)
