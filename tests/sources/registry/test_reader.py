"""Registry exports as sites: what is merged, what is read, and what an export cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.schema.export import Defect, Export
from smslint.schema.sender import Sender
from smslint.schema.setting import Setting
from smslint.sources.registry import reader as registry
from smslint.sources.registry.header import REGEDIT4, VERSION_5
from smslint.sources.text import Document
from smslint.sources.unchecked import input_not_checked

from .regfiles import LAN, SMS, SMS_ON_X64, encoded, read

FIXTURES = Path(__file__).parents[3] / "fixtures"
SENDINGS = "Maximum Concurrent Sendings"
RETRIES = "Number of Retries"


def sender(export: Export) -> Sender:
    (site,) = export.sites
    (found,) = site.senders
    return found


def kinds(export: Export) -> list[str]:
    return [each.kind for each in export.defects]


def version(full: str = "", bare: str = "") -> str:
    named = {"Full Version": full, "Version": bare}
    return f"[{SMS}\\Setup]\n" + "".join(f'"{name}"="{text}"\n' for name, text in named.items() if text)


RECOGNISED = [
    ("REGEDIT4\r\n", True),
    ("\r\n  regedit5\r\n", True),
    ("Windows Registry Editor Version 6\n", True),
    ("; a comment\n# another\n\n[HKEY_LOCAL_MACHINE\\x]\n", True),
    ("[-hkey_users\\x]", True),
    ("[Identification]\nSiteCode=NYC\n", False),
    ("SITE CONTROL FILE [786][1.08]", False),
    ("{}", False),
    ("", False),
    ("; only a comment", False),
    ("text REGEDIT4", False),
]


@pytest.mark.parametrize(("head", "expected"), RECOGNISED)
def test_recognises_what_declares_itself_as_registry_text(head: str, expected: bool) -> None:
    assert registry.recognises(head) is expected


def test_the_last_line_wins_in_any_letter_case() -> None:
    export = read(f'[{LAN}]\n"{SENDINGS}"=dword:0\n[{LAN.lower()}]\n"{SENDINGS.upper()}"="7"\n')
    assert sender(export).max_concurrent_sendings.value == 7
    assert sender(export).name == "SMS_LAN_SENDER"
    (twice,) = export.defects
    assert twice.span
    assert (twice.kind, twice.costly, twice.span.line) == ("set-twice", False, 6)
    assert [span.line for span, _ in twice.related] == [4]
    assert (twice.setting, twice.component) == ("max_concurrent_sendings", "SMS_LAN_SENDER")


def test_the_same_data_twice_is_said_to_be_the_same() -> None:
    export = read(f'[{LAN}]\n"x"=dword:5\n"x"=dword:00000005\n"{RETRIES}"=dword:1\n"{RETRIES}"=dword:2\n')
    same, other = export.defects
    assert "the same data" in same.text
    assert "the same data" not in other.text
    assert same.setting is None


@pytest.mark.parametrize(
    "between",
    ['"x"=-', f"[-{LAN}]\n[{LAN}]", f"[-{SMS.upper()}\\components]\n[{LAN}]", f"[-{SMS[:28]}]\n[{LAN}]"],
)
def test_what_was_deleted_before_is_not_set_twice(between: str) -> None:
    assert kinds(read(f'[{LAN}]\n"x"=dword:5\n{between}\n"x"=dword:6\n')) == []


@pytest.mark.parametrize("deleted", [LAN, rf"{SMS}\Components", SMS.lower(), "HKEY_LOCAL_MACHINE\\SOFTWARE"])
def test_deleting_a_key_takes_its_subkeys_along(deleted: str) -> None:
    export = read(f'[{LAN}]\n"{SENDINGS}"=dword:0\n[-{deleted}]\n')
    assert export.sites == ()


def test_a_key_that_is_opened_again_begins_anew() -> None:
    export = read(f'[{LAN}]\n"{SENDINGS}"=dword:0\n[-{SMS}]\n[{LAN}]\n"{RETRIES}"=dword:2\n')
    assert sender(export).max_concurrent_sendings.value is None
    assert sender(export).number_of_retries.value == 2


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("dword:0000000a", 10),
        ("hex(4):0a,00,00,00", 10),
        ('"10"', 10),
        ("hex(2):31,00,30,00,00,00", 10),
        ("hex(1):31,00,30,00,00,00,39,00", 10),
        ('"five"', None),
        ('"5.0"', None),
        ('"1_0"', None),
        ('""', None),
        ("hex:0a,00,00,00", None),
        ("hex(4):0a,00,00", None),
        ("hex(5):00,00,00,0a", None),
        ("hex(b):0a,00,00,00,00,00,00,00", None),
        ("hex(7):31,00,30,00,00,00,00,00", None),
    ],
)
def test_what_counts_as_a_number(data: str, value: int | None) -> None:
    export = read(f'[{LAN}]\n"{SENDINGS}"={data}\n')
    assert sender(export).max_concurrent_sendings.value == value
    assert kinds(export) == ([] if value else ["wrong-type"])


def test_a_located_value_says_what_the_registry_holds() -> None:
    export = read(f'[{LAN}]\n"{SENDINGS.lower()}"=hex(2):35,00\n')
    raw = sender(export).max_concurrent_sendings.raw
    assert raw
    assert raw.registry
    assert (raw.data, raw.display) == ("5", 'REG_EXPAND_SZ "5"')
    assert (raw.registry.key, raw.registry.name) == (LAN, SENDINGS.lower())
    assert (raw.registry.type, raw.registry.data) == (2, b"5\0\0\0")


SPELLED = [
    ("dword:00000000", 5, "dword:00000005"),
    ("dword:0", 20, "dword:14"),
    ("dword:  0000000A ; x", 11, "dword:  0000000B"),
    ('"0"', 5, '"5"'),
    ("hex(4):00,00,00,00", 258, "hex(4):02,01,00,00"),
    ("hex(4):00,\\\n ; 00, Kept\n  00,00,00", 1, "hex(4):01,\\\r\n ; 00, Kept\r\n  00,00,00"),
    ("hex(4):0A,0,00,00", 11, "hex(4):0B,0,00,00"),
    ("hex(2):30,00,00,00", 15, "hex(2):31,00,35,00,00,00"),
]


@pytest.mark.parametrize(("before", "new", "after"), SPELLED)
def test_spells_another_value_in_the_form_it_had(before: str, new: int, after: str) -> None:
    text = f'[{LAN}]\n"{SENDINGS}"={before}\n'
    setting = sender(read(text)).max_concurrent_sendings
    assert setting.raw
    assert setting.raw.spell
    assert setting.raw.spell(new) == after
    data = encoded(f"{VERSION_5}\n\n{text}")
    edited = data[: setting.raw.span.start] + after.encode("utf-16-le") + data[setting.raw.span.end :]
    export = registry.read(Document(edited, "x"), None)
    assert sender(export).max_concurrent_sendings.value == new
    assert not export.defects


def test_spells_texts_in_the_dialect_of_the_file_and_wraps_them() -> None:
    key = f"[{SMS}\\Identification]\n"
    plain = read(f'{key}"Install Directory"="C:\\\\SMS"\n').sites[0].identifications[0].install_directory
    assert spelled(plain, 'D:\\a "b"') == '"D:\\\\a \\"b\\""'
    short = read(f'{key}"Site Server"=hex(1):41,00\n', header=REGEDIT4, encoding="cp1252")
    assert spelled(short.sites[0].identifications[0].site_server, "é") == "hex(1):e9,00"
    long = read(f'{key}"Site Server"=hex(1):41,00\n').sites[0].identifications[0].site_server
    lines = spelled(long, "A" * 30).split("\r\n")
    assert lines[0] == "hex(1):" + "41,00," * 9 + "41,\\"
    assert lines[1] == "  " + "00,41," * 12 + "00,\\"
    assert lines[2].endswith("41,00,00,00")
    assert (len('"Site Server"=' + lines[0]), len(lines[1])) == (79, 78)


def spelled(setting: Setting[str], new: str) -> str:
    assert setting.raw
    assert setting.raw.spell
    return setting.raw.spell(new)


def test_every_section_is_read_where_it_stands() -> None:
    export = read(
        f'[{SMS}\\Compression]\n"Yield Time"=dword:4b\n'
        f'[{SMS}\\Components\\SMS_DESPOOLER]\n"Use Forced Disconnect"=dword:1\n'
        f"[{SMS}\\Components\\SMS_EXECUTIVE]\n"
        f'[{SMS}\\Components\\SMS_EXECUTIVE\\Threads\\SMS_LAN_SENDER]\n"Current State"="Running"\n'
        f'[{SMS}\\Tracing\\SMS_LAN_SENDER]\n"Enabled"="1"\n'
        f"[{SMS}\\Components\\SMS_COURIER_SENDER]\n"
        f'[{SMS}\\Components\\SMS_X25_RAS_SENDER]\n"Flags"=dword:9\n"Name"="x"\n'
    )
    (site,) = export.sites
    assert site.compressions[0].yield_time_milliseconds.value == 75
    assert site.despoolers[0].use_forced_disconnect.value == 1
    assert site.executives[0].working_set_limit.value is None
    assert [(each.name, each.current_state.value) for each in site.threads] == [("SMS_LAN_SENDER", "Running")]
    assert [(each.name, each.enabled.value) for each in site.tracings] == [("SMS_LAN_SENDER", 1)]
    assert [(each.name, each.numbers, each.flags.value) for each in site.senders] == [
        ("SMS_X25_RAS_SENDER", (9,), None)
    ]
    assert site.despoolers[0].key == rf"{SMS}\Components\SMS_DESPOOLER"
    assert site.despoolers[0].span
    assert site.despoolers[0].span.line == 5


ADDRESSES = f'[{SMS}\\Sites\\nyc\\Addresses\\HQ1\\1]\n"Estimated Bandwidth"=dword:100\n'
IDENTITY = f'[{SMS}\\Identification]\n"Site Code"="NYC"\n'


def test_addresses_of_the_own_site() -> None:
    other = ADDRESSES.replace("nyc", "BOS")
    (site,) = read(IDENTITY + other + ADDRESSES).sites
    (address,) = site.addresses
    assert (address.destination.value, address.estimated_bandwidth.value) == ("HQ1", 256)
    assert address.destination.raw
    assert address.destination.raw.span.line == 7
    assert address.destination.raw.spell is None
    assert "addresses" in site.holds


def test_addresses_without_a_site_code() -> None:
    other = ADDRESSES.replace("nyc", "BOS")
    assert len(read(ADDRESSES).sites[0].addresses) == 1
    assert read(ADDRESSES + other).sites == ()
    assert read(IDENTITY + other).sites[0].addresses == ()


HOLDINGS = [
    (f"[{LAN}]\n", None, ["sender settings"]),
    (IDENTITY, None, ["identity"]),
    (IDENTITY + f"[{LAN}]\n" + ADDRESSES, None, ["addresses", "identity", "sender settings"]),
    (IDENTITY + f"[{LAN}]\n" + ADDRESSES, "1.2", ["addresses", "identity", "sender settings"]),
    (IDENTITY + f"[{LAN}]\n" + ADDRESSES, "2.0", ["identity"]),
]


@pytest.mark.parametrize(("lines", "given_version", "expected"), HOLDINGS)
def test_what_an_export_could_have_held(
    lines: str, given_version: str | None, expected: Sequence[str]
) -> None:
    export = read(lines, given_version)
    assert sorted(export.sites[0].holds) == expected
    unchecked = " ".join(each.what for each in input_not_checked(export))
    assert ("sender settings" in unchecked) is ("sender settings" not in expected)
    assert ("addresses" in unchecked) is ("addresses" not in expected)
    assert "schedules" in unchecked


@pytest.mark.parametrize(
    ("lines", "name", "authoritative"),
    [
        ("", "any version", True),
        (version(bare="786"), "SMS 1.2", True),
        (version(bare="600", full="2.00.1493.3000"), "SMS 2.0 SP3", False),
        (version(bare="786", full="nonsense"), "SMS 1.2", True),
        (version(full="2.50.4253.3000"), "SMS 2003 SP3", False),
        (f'[{SMS}\\Setup]\n"Version"=""\n', "any version", True),
    ],
)
def test_the_version_decides_who_the_authority_is(lines: str, name: str, authoritative: bool) -> None:
    export = read(f'{lines}[{LAN}]\n"{SENDINGS}"=dword:0\n')
    assert str(export.product) == str(sender(export).product) == name
    assert sender(export).max_concurrent_sendings.authoritative is authoritative


def test_a_version_that_contradicts_the_export_is_noted_and_not_used() -> None:
    export = read(version(bare="786") + f"[{LAN}]\n", "2003")
    assert str(export.product) == "SMS 1.2"
    assert len(export.notes) == 1
    assert str(read(version(bare="786"), "1.2sp4").product) == "SMS 1.2 SP4"


def test_native_and_32_bit_keys_are_two_sites_of_one_version() -> None:
    there = f'[{SMS_ON_X64.upper()}\\Components\\SMS_LAN_SENDER]\n"{SENDINGS}"=dword:1\n'
    export = read(there + version(full="2.00.1380.1000") + f'[{LAN}]\n"{SENDINGS}"=dword:2\n')
    assert [site.senders[0].max_concurrent_sendings.value for site in export.sites] == [2, 1]
    assert {str(site.product) for site in export.sites} == {"SMS 2.0 SP1"}


@pytest.mark.parametrize(
    "lines",
    [
        f"[{SMS}]\n",
        f'[{SMS}\\Client\\Configuration]\n"x"=dword:1\n',
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMSX\\Components\\SMS_LAN_SENDER]\n",
        "[HKEY_CURRENT_USER\\SOFTWARE\\Microsoft\\SMS\\Components\\SMS_LAN_SENDER]\n",
        "",
    ],
)
def test_other_keys_make_no_site(lines: str) -> None:
    export = read(lines)
    assert (export.sites, kinds(export)) == ((), [])


def test_a_server_export_has_components_and_sites() -> None:
    assert not read(f"[{LAN}]\n").sites[0].is_server_export
    assert read(f"[{LAN}]\n" + ADDRESSES).sites[0].is_server_export


def test_windows_3_1_holds_no_sms_settings() -> None:
    export = registry.read(Document(b"REGEDIT\r\nHKEY_CLASSES_ROOT\\.x = y\r\n", "old.reg"), None)
    assert (export.sites, kinds(export)) == ((), [])
    assert "Windows 3.1" in export.notes[0]


def test_too_many_keys_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smslint.sources.registry.keys.REGISTRY_KEYS", 3)
    export = read("".join(f"[{SMS}\\Tracing\\{number}]\n" for number in range(5)))
    assert len(export.sites[0].tracings) == 3
    assert [(each.kind, each.costly) for each in export.defects] == [("malformed", True)]


def test_a_flood_of_values_set_twice_is_counted() -> None:
    lines = "".join(f'"v{number}"=dword:1\n' for number in range(130))
    export = read(f"[{LAN}]\n{lines}{lines}")
    assert kinds(export) == ["set-twice"] * 101
    assert "30 more" in export.defects[-1].text


def test_the_earlier_spans_of_a_value_are_bounded() -> None:
    (twice,) = read(f"[{LAN}]\n" + '"x"=dword:1\n' * 50).defects
    assert len(twice.related) == 10
    assert [span.line for span, _ in twice.related] == list(range(43, 53))


def test_secrets_reach_no_defect_and_no_setting() -> None:
    cipher = "0123456789ABCDEF" * 3
    export = read(
        f'[{SMS}\\Sites\\NYC\\Addresses\\HQ1\\1]\n"Account"="CORP\\\\svc"\n"Account"="CORP\\\\svc2"\n'
        f'"Key"="{cipher}"\n"Key"="{cipher}"\n"Password"=hush\nPassword=hush\n'
    )
    described = repr(export)
    assert len(export.defects) == 4
    assert not any(secret in described for secret in ("svc", "CORP", cipher, "hush"))


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.glob("*/healthy*.reg")), ids=lambda path: "/".join(path.parts[-2:])
)
def test_healthy_fixtures_have_no_defects(path: Path) -> None:
    export = registry.read(Document(path.read_bytes(), path.name), None)
    assert export.defects == ()
    assert export.sites[0].senders
    assert export.product.known


def defect_of(name: str) -> Defect:
    path = FIXTURES / "malformed" / name
    return registry.read(Document(path.read_bytes(), name), None).defects[0]


@pytest.mark.parametrize("form", ["regedit4", "unicode"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("bad-header", "header"),
        ("dangling-continuation", "malformed"),
        ("long-dword", "malformed"),
        ("text-after-value", "malformed"),
        ("truncated-in-hex", "truncated"),
        ("wrong-type", "wrong-type"),
    ],
)
def test_malformed_fixtures(name: str, kind: str, form: str) -> None:
    defect = defect_of(f"{name}-{form}.reg")
    assert (defect.kind, defect.costly) == (kind, True)


LINES = [f"[{LAN}]", f"[-{SMS}]", IDENTITY.strip(), ADDRESSES.strip(), version(bare="786").strip()]
LINES += [
    f'"{SENDINGS}"={data}' for data in ("dword:0", '"x"', "hex:1", "hex(4):1,0,0,0", '"', "-", "hex:1,\\")
]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=12),
    st.sampled_from([None, "1.2", "2007"]),
)
def test_reading_never_raises(lines: list[str], given_version: str | None) -> None:
    text = "\n".join(lines).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    export = read(text, given_version)
    assert export.format == "registry"
    assert all(site.holds <= {"identity", "sender settings", "addresses"} for site in export.sites)
    assert all(each.span for each in export.defects)
