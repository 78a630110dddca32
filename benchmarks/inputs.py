r"""The inputs of `run.py`: the same arguments always give the same bytes.

An export of ``HKLM\SOFTWARE`` with one SMS key buried in it, a folder of exports of that key alone, one of
site control files, and a dump of WMI objects.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))

from make_hierarchy import SMS_1_2, Site, site_control

SOFTWARE = r"HKEY_LOCAL_MACHINE\SOFTWARE"
WORDS = [
    "Shell",
    "Open",
    "Command",
    "Default",
    "Icon",
    "Server",
    "Version",
    "Control",
    "Interface",
    "Proxy",
    "Stub",
    "Type",
    "Library",
    "Handler",
    "Context",
    "Menu",
    "Property",
    "Sheet",
    "Update",
    "Agent",
    "Policy",
    "Client",
    "Cache",
    "Provider",
    "Settings",
    "Manager",
    "Component",
    "Installer",
    "Package",
    "Feature",
    "Assembly",
    "Native",
    "Image",
    "Network",
    "Transport",
    "Security",
    "Session",
    "Device",
    "Driver",
    "Class",
    "Event",
    "Publisher",
]
VENDORS = [
    "Adobe",
    "Apple",
    "Borland",
    "Cisco",
    "Citrix",
    "Classes",
    "Clients",
    "Dell",
    "Google",
    "IBM",
    "Intel",
    "Mozilla",
    "Oracle",
    "VMware",
]
COMPONENTS = [
    f"SMS_{name}"
    for name in [
        "DESPOOLER",
        "DISTRIBUTION_MANAGER",
        "EXECUTIVE",
        "HIERARCHY_MANAGER",
        "INBOX_MANAGER",
        "INVENTORY_DATA_LOADER",
        "OFFER_MANAGER",
        "POLICY_PROVIDER",
        "REPLICATION_MANAGER",
        "SCHEDULER",
        "SITE_COMPONENT_MANAGER",
        "SITE_CONTROL_MANAGER",
        "SITE_SQL_BACKUP",
        "STATUS_MANAGER",
        "WSUS_SYNC_MANAGER",
    ]
]
SENDERS = ("SMS_LAN_SENDER", "SMS_ASYNC_RAS_SENDER", "SMS_ISDN_RAS_SENDER", "SMS_X25_RAS_SENDER")
CHILDREN = 20
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def encoded(lines: list[str]) -> bytes:
    """Lines as regedit writes them."""
    return ("\r\n".join(lines) + "\r\n").encode("utf-16-le")


HEADER = b"\xff\xfe" + encoded(["Windows Registry Editor Version 5.00", ""])


def guid(chance: random.Random) -> str:
    """A class identifier."""
    digits = f"{chance.getrandbits(128):032X}"
    return "{" + "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])) + "}"


def bytes_value(name: str, tag: str, data: bytes) -> list[str]:
    """A value of bytes, wrapped as regedit does."""
    lines, line = [], f"{name}={tag}:"
    for number, byte in enumerate(data, 1):
        piece = f"{byte:02x}" + ("," if number < len(data) else "")
        if len(line) + len(piece) > 79 and number > 1:
            lines.append(line + "\\")
            line = "  "
        line += piece
    return [*lines, line]


def some_key(chance: random.Random) -> str:
    """A key such as fill HKLM\\SOFTWARE."""
    kind = chance.random()
    if kind < 0.45:
        root = chance.choice(("Classes\\CLSID", "Classes\\Interface", "Classes\\Wow6432Node\\CLSID"))
        below = chance.choice(("", "\\ProgID", "\\InprocServer32", "\\TypeLib"))
        return f"{SOFTWARE}\\{root}\\{guid(chance)}{below}"
    if kind < 0.62:
        data = "Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Components"
        return f"{SOFTWARE}\\{data}\\{chance.getrandbits(128):032X}"
    if kind < 0.8:
        words = "-".join(chance.sample(WORDS, 3)).lower()
        serviced = "Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages"
        return f"{SOFTWARE}\\{serviced}\\amd64_microsoft-{words}_10.0.{chance.randrange(9999)}_none"
    rest = "\\".join(chance.choice(WORDS) for _ in range(chance.randrange(1, 7)))
    return f"{SOFTWARE}\\{chance.choice(VENDORS)}\\{rest}"


def some_value(chance: random.Random) -> list[str]:
    """A value of any type, one in fifty with characters outside of Latin-1."""
    name = chance.choice(("@", f'"{chance.choice(WORDS)}"', f'"{guid(chance)}"'))
    kind = chance.random()
    if kind < 0.45:
        path = f"C:\\\\Program Files\\\\{chance.choice(WORDS)}\\\\{chance.choice(WORDS).lower()}.dll"
        if chance.random() < 0.1:
            path = f'\\"{path}\\" \\"%1\\"'
        return [f'{name}="{path}{" ウィンドウ" if chance.random() < 0.03 else ""}"']
    if kind < 0.72:
        return [f"{name}=dword:{chance.getrandbits(32) >> chance.choice((0, 16, 31)):08x}"]
    if kind < 0.84:
        text = f"%SystemRoot%\\system32\\{chance.choice(WORDS)}.dll\0"
        return bytes_value(name, chance.choice(("hex(2)", "hex(7)")), text.encode("utf-16-le"))
    size = 8 if kind < 0.87 else int(min(6000, chance.paretovariate(0.9) * 24))
    return bytes_value(name, "hex(b)" if kind < 0.87 else "hex", chance.randbytes(size))


def sms_lines(chance: random.Random, site: str, *, values: tuple[int, int], state: int) -> list[str]:
    """The keys below SMS of one server, with senders whose settings are bad in one of three."""
    base = f"{SOFTWARE}\\Microsoft\\SMS"
    lines = [
        f"[{base}]",
        "",
        f"[{base}\\Identification]",
        f'"Site Code"="{site}"',
        f'"Site Server"="SRV-{site}"',
    ]
    lines += [r'"Installation Directory"="D:\\Program Files\\Microsoft Configuration Manager"', ""]
    for component in COMPONENTS:
        lines.append(f"[{base}\\Components\\{component}]")
        names = {f"{chance.choice(WORDS)} {chance.choice(WORDS)}" for _ in range(chance.randrange(*values))}
        lines += [f'"{name}"=dword:{chance.getrandbits(16):08x}' for name in sorted(names)]
        if chance.random() < 0.5:
            lines += bytes_value('"State"', "hex", chance.randbytes(chance.randrange(20, state)))
        lines.append("")
    bad = chance.random() < 0.3
    for sender in SENDERS[: 1 if chance.random() < 0.6 else len(SENDERS)]:
        lines.append(f"[{base}\\Components\\{sender}]")
        settings = {"Maximum Concurrent Sendings": 5, "Maximum Concurrent Site Sendings": 3}
        settings |= {"Number of Retries": 2, "Retry Delay in Minutes": 1}
        lines += [f'"{name}"=dword:{0 if bad else value:08x}' for name, value in settings.items()]
        lines.append("")
    lines += [f"[{base}\\Setup]", '"Version"="786"', '"Type"=dword:00000001', ""]
    for component in COMPONENTS:
        lines += [
            f"[{base}\\Tracing\\{component}]",
            '"Enabled"=dword:00000001',
            '"MaxFileSize"=dword:00100000',
        ]
        lines += [f'"TraceFilename"="D:\\\\SMS\\\\Logs\\\\{component.lower()}.log"', ""]
    return lines


def software(path: Path, size: int) -> None:
    r"""An export of ``HKLM\SOFTWARE`` of ``size`` bytes; one bad sender stands at six tenths of it."""
    chance = random.Random(1)
    pool: list[bytes] = []
    while sum(map(len, pool)) < min(size, 24 << 20):
        lines: list[str] = []
        for _ in range(200):
            lines.append(f"[{some_key(chance)}]")
            for _ in range(min(40, int(chance.expovariate(0.4)))):
                lines += some_value(chance)
            lines.append("")
        pool.append(encoded(lines))
    sender = [f"[{SOFTWARE}\\Microsoft\\SMS\\Components\\SMS_LAN_SENDER]"]
    sender += [
        '"Maximum Concurrent Sendings"=dword:00000000',
        '"Maximum Concurrent Site Sendings"=dword:00000003',
    ]
    buried = encoded([*sender, ""])
    with path.open("wb") as file:
        done, planted, number = file.write(HEADER), False, 0
        while done < size:
            if not planted and done >= 0.6 * size:
                planted, piece = True, buried
            else:
                piece = pool[number] if number < len(pool) else chance.choice(pool)
                number += 1
            done += file.write(piece)


def exports(folder: Path, count: int) -> None:
    """Exports of the SMS key of ``count`` servers, 30 KB each on average."""
    folder.mkdir()
    for number, code in enumerate(islice(codes(), count)):
        chance = random.Random(number)
        values, state = chance.choice((((0, 4), 40), ((2, 14), 400), ((8, 30), 900)))
        lines = sms_lines(chance, code, values=values, state=state)
        (folder / f"site{number:05}.reg").write_bytes(HEADER + encoded(lines))


def codes() -> Iterator[str]:
    """Site codes, those reserved for DOS devices left out."""
    made = ("".join(signs) for signs in product(SIGNS, repeat=3))
    return (code for code in made if code not in ("CON", "PRN", "AUX", "NUL"))


def site_control_files(folder: Path, count: int) -> None:
    """The site control files of a healthy hierarchy of ``count`` sites."""
    sites: list[Site] = []
    for number, code in enumerate(islice(codes(), count)):
        parent = sites[(number - 1) // CHILDREN] if number else None
        site = Site(code, parent.code if parent else "", SMS_1_2)
        if parent:
            site.leads_to(parent.code)
            parent.leads_to(code)
        sites.append(site)
    folder.mkdir()
    for site in sites:
        (folder / f"{site.code}.ct0").write_bytes(site_control(site))


def wmi_dump(path: Path, *, sites: int, components: int) -> None:
    """What ConvertTo-Json writes of the components of that many sites."""
    chance = random.Random(1)
    dump = [
        component(chance, code, number) for code in islice(codes(), sites) for number in range(components)
    ]
    path.write_text(json.dumps(dump, indent=1), encoding="utf-8")


def component(chance: random.Random, code: str, number: int) -> dict[str, Any]:
    """One component of a site, the first of them its sender."""
    name = f"SMS_{chance.choice(WORDS)}_{number}".upper() if number else "SMS_LAN_SENDER"
    properties = [
        one_property(f"{chance.choice(WORDS)} {n}", n * 60) for n in range(chance.randrange(10, 20))
    ]
    if not number:
        limit = one_property("Concurrent Sending Limit", 0, "5", "3")
        properties = [limit, one_property("Number of Retries", 2), one_property("Retry Delay", 1)]
    return {
        "ComponentName": name,
        "FileType": 2,
        "Flag": 6,
        "ItemName": f"{name}|{code}SRV.contoso.com",
        "ItemType": "Component",
        "Name": f"{code}SRV.contoso.com",
        "PropLists": [],
        "Props": properties,
        "SiteCode": code,
        "PSComputerName": None,
    }


def one_property(name: str, value: int, first: str = "", second: str = "") -> dict[str, Any]:
    """An embedded property."""
    return {"PropertyName": name, "Value": value, "Value1": first, "Value2": second}


MADE: dict[str, Callable[[Path], None]] = {
    "one.reg": lambda path: (
        path.write_bytes(
            HEADER
            + encoded(
                [
                    f"[{SOFTWARE}\\Microsoft\\SMS\\Components\\SMS_LAN_SENDER]",
                    '"Maximum Concurrent Sendings"=dword:00000000',
                    '"Maximum Concurrent Site Sendings"=dword:00000003',
                    *(f'"Word {number}"="nothing of interest"' for number in range(8)),
                ]
            )
        )
        and None
    ),
    "exports": lambda path: exports(path, 1000),
    "sites-1000": lambda path: site_control_files(path, 1000),
    "sites-10000": lambda path: site_control_files(path, 10_000),
    "wmi.json": lambda path: wmi_dump(path, sites=60, components=60),
    "software.reg": lambda path: software(path, 20 << 20),
    "large.reg": lambda path: software(path, 1 << 30),
}
"""Every input by its name, and what makes it."""
