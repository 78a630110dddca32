"""Site control text: what is read of it, what is said of broken ones, and what must never be shown."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.schema.address import Address
from smslint.schema.export import Defect, Export
from smslint.schema.schedule import Usage
from smslint.schema.setting import Setting
from smslint.schema.site import Site
from smslint.schema.version import ProductVersion
from smslint.sources.limits import SITE_CONTROL_CHARACTERS
from smslint.sources.secrets import COVER, uncovered
from smslint.sources.sitecontrol import reader as sitecontrol
from smslint.sources.text import Document
from smslint.sources.unchecked import not_checked

FIXTURES = Path(__file__).parents[3] / "fixtures"
EARLY = (FIXTURES / "sms-1.2" / "sitectrl.ct0").read_bytes()
LATER = (FIXTURES / "sms-2.0" / "sitectrl.ct0").read_bytes()
CIPHER = re.compile(r"[0-9A-F]{32,}")
SECRETS = sorted(set(CIPHER.findall(EARLY.decode("cp1252"))) - {"F" * 168})

HEADER = "SITE CONTROL FILE [786][1.08]\n"
FILE = "BEGIN_FILE_DEFINITION\n<1>\n<Site status>\n<NYC>\n<NYC>\n<870000000>\n<1>\nEND_FILE_DEFINITION\n"
SENDER = (
    "BEGIN_SENDER\n<2765>\n<MS_LAN_SENDER>\n<SENDER.DLL>\n<D>\n<NYCSRV>\n<SMS_LAN_SENDER>\n"
    "OUTBOX <LAN_DEFAULT>\nEND_SENDER\n"
)
LATER_SENDER = (
    "BEGIN_COMPONENT\n\t<SMS_LAN_SENDER>\n\t<6>\n\t<NYCSRV>\n"
    "\tPROPERTY <Concurrent Sending Limit><0><3><0>\n\tPROPERTY <Number of Retries><><><2>\n"
    "\tPROPERTY <Retry Delay><><><45>\nEND_COMPONENT\n"
)


def read(text: str | bytes, given: ProductVersion | None = None) -> Export:
    data = text.encode("cp1252") if isinstance(text, str) else text
    return sitecontrol.read(Document(data, "sitectrl.ct0", fallback=sitecontrol.CODE_PAGE), given)


def only_site(text: str | bytes) -> Site:
    (site,) = read(text).sites
    return site


def complaints(export: Export) -> list[Defect]:
    return [defect for defect in export.defects if defect.kind != "account-secret"]


def value(setting: Setting[Any]) -> object:
    return setting.value


def everything(export: Export) -> str:
    """All that an export could ever show: every field of every schema, span and defect."""
    return repr(export)


def address(body: str, head: str = "<NYC><BOS><MS_LAN_SENDER><>") -> Address:
    return only_site(f"{HEADER}ADDRESS {head}\n  #{len(body)}{body}\n").addresses[0]


def test_whole_1x_file_is_read_without_complaint() -> None:
    export = read(EARLY)
    (site,) = export.sites
    assert complaints(export) == []
    assert (site.code, site.parent_code, site.server) == ("NYC", "HQ1", "NYCSMS01")
    assert value(site.identifications[0].site_type) == 6
    assert value(site.identifications[0].install_directory) == "D:\\SMS"
    assert [sender.serves for sender in site.senders] == [
        *("MS_LAN", "MS_BATCH_SNA", "MS_INTER_SNA", "MS_ASYNC_RAS", "MS_ISDN_RAS", "MS_X25_RAS")
    ]
    assert len(site.outboxes) == 6
    assert [len(domain.logon_servers) for domain in site.domains] == [2, 1]
    assert len(site.components) == 12
    assert value(site.site_properties[0].sna_local_address) == "NYCLU01"
    assert value(site.site_systems[0].role) == "Default Package Server"
    assert str(export.product) == "SMS 1.2"
    assert site.holds == {"installed senders", "addresses", "schedules", "identity"}
    (lacking,) = not_checked(site, [export])
    assert (lacking.what, lacking.why) == ("sender settings", "SMS 1.x keeps them in the registry")
    assert lacking.command == r"regedit /e NYC.reg HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"


def test_1x_addresses_tell_where_they_lead() -> None:
    site = only_site(EARLY)
    found = {value(each.destination): each for each in site.addresses}
    ras, parent = found["YNK"], found["HQ1"]
    assert (value(ras.server), value(ras.share)) == ("YNKSMS01", "SMS_SITE")
    assert value(ras.gateway) == "Yonkers depot"
    assert value(ras.outbox) == "RAS_ASYNC_DEFAULT"
    assert ras.schedule.value is not None
    assert ras.schedule.value.always(Usage.ALL)
    assert (value(parent.gateway), parent.outbox.value, parent.schedule.value) == ("", None, None)
    assert all(each.has_account for each in site.addresses)
    assert all(value(each.counted) == each.counted_characters for each in site.addresses)


def test_1x_file_definition() -> None:
    (file,) = only_site(EARLY).site_control_files
    assert (value(file.file_type), value(file.timestamp), value(file.posted)) == (1, 870_000_000, 1)
    assert (file.build, file.size) == ("786", len(EARLY))


@pytest.mark.parametrize(
    ("fixture", "product"),
    [
        ("sms-2.0", "SMS 2.0 SP2 to SP5"),
        ("sms-2003", "SMS 2003 SP3"),
        ("configmgr-2007", "ConfigMgr 2007 SP2"),
    ],
)
def test_later_files_hold_sender_settings(fixture: str, product: str) -> None:
    export = read((FIXTURES / fixture / "sitectrl.ct0").read_bytes())
    (site,) = export.sites
    sender = site.senders[0]
    assert complaints(export) == []
    assert str(export.product) == product
    assert (value(sender.max_concurrent_sendings), value(sender.max_concurrent_site_sendings)) == (5, 3)
    assert (value(sender.number_of_retries), value(sender.retry_delay_minutes)) == (2, 1)
    assert sender.max_concurrent_sendings.authoritative
    assert site.holds == {"identity", "installed senders", "sender settings"}
    assert site.server == value(sender.server)
    assert [component.name for component in site.components] == ["SMS_COMPONENT_STATUS_SUMMARIZER"]
    assert value(site.site_control_files[0].serial_number) == 57


def test_settings_know_their_span_and_cannot_be_edited() -> None:
    sender = only_site(LATER_SENDER).senders[0]
    raw = sender.retry_delay_minutes.raw
    assert raw is not None
    assert raw.spell is None
    assert (raw.span.line, raw.span.column, raw.span.end_column) == (7, 29, 31)
    assert raw.span.excerpt == "\tPROPERTY <Retry Delay><><><45>"
    assert LATER_SENDER.encode()[raw.span.start : raw.span.end] == b"45"


@pytest.mark.parametrize(
    "shape", ["<6>\n<SRV>\n<SMS_LAN_SENDER>", "<SRV> <SMS_LAN_SENDER> <6>", "<SMS_LAN_SENDER><6><SRV>"]
)
def test_later_senders_are_read_by_shape_not_position(shape: str) -> None:
    text = (
        f"begin_component\n{shape}\n  Property <concurrent sending limit><7><2><0>\n"
        "PROPERTY<Retry Delay><REG_DWORD><><9>\nEnd_Component\n"
    )
    (sender,) = only_site(text).senders
    assert (sender.name, value(sender.server), value(sender.flags)) == ("SMS_LAN_SENDER", "SRV", 6)
    assert (value(sender.max_concurrent_sendings), value(sender.retry_delay_minutes)) == (7, 9)
    assert sender.number_of_retries.value is None


def test_component_of_a_role_names_no_server() -> None:
    text = LATER_SENDER.replace("<6>", "<5>").replace("<NYCSRV>", "<SMS Site Server>")
    assert only_site(text).senders[0].server.value is None


def test_later_address_block_is_read_by_name_and_shape() -> None:
    text = (
        LATER.decode()
        + "BEGIN_ADDRESS\n<BOS>\n<NYC>\n<MS_LAN>\nPROPERTY <Connection Point><\\\\NYCSRV><SMS_SITE><0>\n"
        "PROPERTY <LAN Login><><NORTH\\sender><0>\nEND_ADDRESS\n"
    )
    export = read(text)
    (found,) = export.sites[0].addresses
    assert (value(found.destination), value(found.type)) == ("NYC", "MS_LAN")
    assert (value(found.server), value(found.share), found.has_account) == ("\\\\NYCSRV", "SMS_SITE", True)
    assert "addresses" in export.sites[0].holds
    assert "NORTH\\sender" not in everything(export)


@pytest.mark.parametrize("encode", ["utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_matter(encode: str, newline: str) -> None:
    text = EARLY.decode("cp1252").replace("\r\n", newline)
    export = read(text.encode(encode))
    assert complaints(export) == []
    assert export.sites[0].site_control_files[0].size == len(text)
    assert summary(export) == summary(read(EARLY))


def summary(export: Export) -> object:
    """What was read, places and sizes left out."""
    return [
        [(type(part).__name__, *(setting.value for setting in part.settings())) for part in site.sections()]
        for site in export.sites
    ]


@given(
    indent=st.sampled_from(["", " ", "    ", "\t", " \t "]),
    case=st.sampled_from([str.upper, str.lower, str.title]),
    trailing=st.sampled_from(["", "  ", "\t"]),
    blank=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_layout_and_letter_case_do_not_matter(indent: str, case: type, trailing: str, blank: bool) -> None:
    lines = []
    for line in EARLY.decode("cp1252").split("\r\n"):
        bare = re.sub(r"^[A-Z_]+", lambda word: case(word[0]), line.lstrip())
        lines += [indent + bare + trailing] if bare else []
        lines += [""] if blank and not bare.startswith("#") else []
    export = read("\n".join(lines))
    assert complaints(export) == []
    assert summary(export) == summary(read(EARLY))


@given(width=st.integers(60, 100))
@settings(max_examples=25, deadline=None)
def test_wraps_of_mail_are_undone(width: int) -> None:
    lines = []
    for line in EARLY.decode("cp1252").split("\r\n"):
        while len(line) > width:
            at = line.rfind(" ", 1, width) + 1
            if not line[:at].strip():
                at = width
            lines.append(line[:at])
            line = line[at:]
        lines.append(line)
    export = read("\n".join(lines))
    assert complaints(export) == []
    assert summary(export) == summary(read(EARLY))


def test_wraps_of_the_resource_guide_are_undone() -> None:
    schedule = "F" * 74 + "\n" + "F" * 76 + "\n" + "F" * 16
    text = (
        f"{HEADER}ADDRESS <SKZ><DF1><MS_LAN_SENDER><>\n"
        f"  #182({{}}{{\\\\FAREAWAY\\SMS_SITE \n{'3A' * 39}\n{'9B' * 39}}})\n"
        f"OUTBOX <LAN_DEFAULT><><MS_LAN_SENDER>\n\n<{schedule}><1><D><NEARBY>\n"
    )
    export = read(text)
    (site,) = export.sites
    assert complaints(export) == []
    assert (value(site.addresses[0].counted), site.addresses[0].counted_characters) == (182, 182)
    (outbox,) = site.outboxes
    assert outbox.schedule.value is not None
    assert outbox.schedule.value.always(Usage.ALL)
    assert len(outbox.schedule.value.hours) == 168
    assert (value(outbox.drive), value(outbox.server)) == ("D", "NEARBY")


@pytest.mark.parametrize(
    ("digits", "all_zero", "open_hours", "known"),
    [("F" * 168, False, 168, 168), ("0" * 168, True, 0, 0), ("F" * 24 + "0" * 142, False, 24, 24)],
)
def test_of_a_1x_schedule_only_f_is_known(digits: str, all_zero: bool, open_hours: int, known: int) -> None:
    (outbox,) = only_site(f"{HEADER}OUTBOX <A><><MS_LAN_SENDER><{digits}><1><D><NYCSRV>\n").outboxes
    schedule = outbox.schedule.value
    assert schedule is not None
    assert schedule.all_zero is all_zero
    assert schedule.hours.count(Usage.ALL) == open_hours
    assert 168 - schedule.hours.count(None) == known


def test_a_schedule_that_is_none_is_of_the_wrong_type() -> None:
    export = read(f"{HEADER}OUTBOX <A><><MS_LAN_SENDER><FFFF><1><D><NYCSRV>\n")
    assert [defect.kind for defect in export.defects] == ["wrong-type"]
    assert export.sites[0].outboxes[0].schedule.value is None


def test_a_schedule_that_is_none_is_reported_once_not_at_every_address() -> None:
    string = r"#21({}{\\BOSSRV\SMS_SITE})"
    addresses = "".join(f"ADDRESS <NYC><{to}><MS_LAN_SENDER><A>\n{string}\n" for to in ("BOS", "CHI"))
    export = read(f"{HEADER}OUTBOX <A><><MS_LAN_SENDER><FFFF><1><D><NYCSRV>\n{addresses}")
    assert [defect.kind for defect in export.defects] == ["wrong-type"]
    assert [address.schedule.value for address in export.sites[0].addresses] == [None, None]


def test_the_length_of_an_address_string_is_data_not_a_defect() -> None:
    export = read(f"{HEADER}ADDRESS <NYC><BOS><MS_LAN_SENDER><>\n#99({{}}{{\\\\BOSSRV\\SMS_SITE 00 00}})\n")
    found = export.sites[0].addresses[0]
    assert complaints(export) == []
    assert (value(found.counted), found.counted_characters) == (99, 29)


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("({}{\\\\BOSSRV\\SMS_SITE})", ("", "BOSSRV", "SMS_SITE", False)),
        ("({}{\\\\BOSSRV})", ("", "BOSSRV", "", False)),
        ("({Book}{})", ("Book", "", "", False)),
        ("()", ("", "", "", True)),
        ("({Book " + "AB" * 20 + "}{\\\\BOSSRV\\SMS_SITE})", ("Book", "BOSSRV", "SMS_SITE", True)),
    ],
)
def test_parts_of_an_address_string(body: str, parts: tuple[str, str, str, bool]) -> None:
    found = address(body)
    assert (value(found.gateway), value(found.server), value(found.share), found.has_account) == parts


def test_address_string_in_a_fifth_field() -> None:
    text = f"{HEADER}ADDRESS <NYC><BOS><MS_LAN_SENDER><LAN_DEFAULT><29({{}}{{\\\\BOSSRV\\SMS_SITE 11}})>\n"
    export = read(text)
    assert complaints(export) == []
    assert value(export.sites[0].addresses[0].server) == "BOSSRV"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (SENDER, "1.x"),
        (LATER_SENDER, ""),
        ("SITE CONTROL FILE [2726][1.08]\n" + LATER_SENDER, "2003rtm"),
        ("SITE CONTROL FILE [692][1.08]\n" + SENDER, "1.1"),
    ],
)
def test_version_of_header_or_shape(text: str, stated: str) -> None:
    assert read(text).product.name == stated


def test_given_version_refines_and_never_contradicts() -> None:
    assert read(EARLY, ProductVersion.named("1.2sp4")).product.name == "1.2sp4"
    contradicted = read(EARLY, ProductVersion.named("2007"))
    assert contradicted.product.name == "1.2"
    assert len(contradicted.notes) == 1


def test_several_files_in_one_are_a_site_each() -> None:
    other = EARLY.replace(b"<NYC>", b"<ALB>")
    export = read(EARLY + other)
    assert [site.code for site in export.sites] == ["NYC", "ALB"]
    assert [len(site.senders) for site in export.sites] == [6, 6]
    assert complaints(export) == []


def test_site_code_comes_from_the_file_definition_if_nothing_else_names_it() -> None:
    assert only_site(HEADER + FILE + SENDER).code == "NYC"


def test_orders_and_fragments_prove_nothing_missing() -> None:
    orders = HEADER + FILE.replace("<1>\n<Site", "<4>\n<Site") + "TRANSACTION Heartbeat<0><0><><>\n"
    assert only_site(orders).holds == {"identity"}
    assert only_site(SENDER).holds == {"identity", "installed senders"}


def test_unknown_blocks_and_keywords_are_passed_over() -> None:
    news = "BEGIN_NEWS\n  WEATHER <fine> <dry>\n  <x>\n  BEGIN_MORE\n  END_MORE\nEND_NEWS\n"
    export = read(f"{HEADER}{FILE}{news}TIDE <high>\n{SENDER}")
    assert complaints(export) == []
    assert len(export.sites[0].senders) == 1


def line_of(defect: Defect) -> int | None:
    return defect.span.line if defect.span else None


@pytest.mark.parametrize(
    ("text", "kind", "line", "costly"),
    [
        (HEADER + SENDER.replace("END_SENDER\n", "") + SENDER, "malformed", 2, True),
        (HEADER + SENDER.replace("END_SENDER", "END_DOMAIN") + SENDER, "malformed", 10, True),
        (HEADER + "BEGIN_A\nBEGIN_B\nEND_A\nEND_B\n", "malformed", 4, False),
        (HEADER + SENDER + "END_SENDER\n", "malformed", 11, True),
        (HEADER + SENDER.replace("OUTBOX", "<extra>\nOUTBOX"), "malformed", 9, True),
        (HEADER + SENDER.replace("<D>\n", ""), "malformed", 2, True),
        (HEADER + "PROPERTY <Logon Scripts><><><1><2>\n", "malformed", 2, False),
        (HEADER + "PROPERTY <Logon Scripts><1>\nBEGIN_A\nEND_A\n", "malformed", 2, False),
        (HEADER + "OUTBOX <A><><MS_LAN_SENDER><>\n" + SENDER, "malformed", 2, True),
        (HEADER + "ADDRESS <NYC><BOS><MS_LAN_SENDER><>\n" + SENDER, "malformed", 2, True),
        (HEADER + SENDER.replace("<D>", "<D"), "malformed", 6, True),
        (HEADER + "!! what is this\n" + SENDER, "malformed", 2, False),
        (HEADER + "<lone>\n" + SENDER, "malformed", 2, False),
        (HEADER + "#4(ab)\n" + SENDER, "malformed", 2, False),
        (HEADER + "BEGIN_FOO\n" + SENDER, "malformed", 2, False),
        (HEADER + SENDER.replace("END_SENDER\n", ""), "truncated", 2, True),
        (HEADER + SENDER + "BEGIN_FOO\n", "truncated", 11, True),
        (HEADER + SENDER + "PROPERTY <Logon Scr", "truncated", 11, True),
        (HEADER + SENDER + "ADDRESS <NYC><BOS><MS_LAN_SENDER><>", "truncated", 11, True),
        (HEADER + FILE.replace("870000000", "soon"), "wrong-type", 7, True),
    ],
)
def test_broken_text_is_a_defect_at_its_line(text: str, kind: str, line: int, costly: bool) -> None:
    found = complaints(read(text))
    first = found[0]
    assert (first.kind, line_of(first), first.costly) == (kind, line, costly), found


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("crossed", ["malformed"]),
        ("unclosed", ["malformed"]),
        ("overfull", ["malformed"]),
        ("truncated", ["truncated"]),
        ("wrapped", []),
    ],
)
def test_broken_fixtures(name: str, kinds: list[str]) -> None:
    export = read((FIXTURES / "malformed" / f"sitectrl-{name}.ct0").read_bytes())
    assert [defect.kind for defect in complaints(export)] == kinds
    assert export.sites[0].code == "NYC"


def test_an_overfull_sender_property_is_not_read() -> None:
    text = LATER_SENDER.replace("<><><45>", "<><><45><1>")
    export = read(text)
    (defect,) = export.defects
    assert "PROPERTY <Retry Delay> has 5 fields" in defect.text
    assert defect.costly
    assert export.sites[0].senders[0].retry_delay_minutes.value is None


def test_of_two_definitions_the_last_counts() -> None:
    export = read(LATER_SENDER + LATER_SENDER.replace("<45>", "<1>"))
    (defect,) = export.defects
    (sender,) = export.sites[0].senders
    assert (defect.kind, line_of(defect), defect.component) == ("set-twice", 9, "SMS_LAN_SENDER")
    assert defect.related[0][0].line == 1
    assert value(sender.retry_delay_minutes) == 1


def test_one_sender_on_two_servers_is_two_senders() -> None:
    export = read(LATER_SENDER + LATER_SENDER.replace("NYCSRV", "NYCSRV2"))
    assert export.defects == ()
    assert len(export.sites[0].senders) == 2


def test_of_two_values_in_a_block_the_last_counts() -> None:
    text = LATER_SENDER.replace("\tPROPERTY <Retry", "\tPROPERTY <retry delay><><><3>\n\tPROPERTY <Retry")
    export = read(text)
    (defect,) = export.defects
    assert (defect.kind, line_of(defect)) == ("set-twice", 8)
    assert value(export.sites[0].senders[0].retry_delay_minutes) == 45


@given(cut=st.integers(32, len(EARLY) - 13))
@settings(max_examples=60, deadline=None)
def test_a_cut_within_a_block_is_a_truncation(cut: int) -> None:
    export = read(EARLY[:cut])
    kept = EARLY[:cut].decode("cp1252")
    within = re.findall(r"^(BEGIN|END)_\w+(?:\r|\Z)", kept, re.MULTILINE)[-1:] == ["BEGIN"]
    kinds = [defect.kind for defect in complaints(export)]
    assert kinds.count("truncated") == 1 if within else "malformed" not in kinds
    assert not any(secret[:20] in everything(export) for secret in SECRETS)
    if "truncated" in kinds:
        assert export.sites == () or "addresses" not in export.sites[-1].holds


def test_secrets_are_counted_once_and_never_shown() -> None:
    export = read(EARLY)
    (defect,) = [each for each in export.defects if each.kind == "account-secret"]
    assert "11 account names, passwords or keys" in defect.text
    assert defect.span is not None
    assert (defect.span.line, defect.span.excerpt) == (21, "  <" + COVER * 78 + ">")
    assert len(SECRETS) == 11
    assert not any(secret in everything(export) for secret in SECRETS)


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN_SITE_ACCOUNT\n<6>\n<NYC>\n<>\n<S>\n<D>\n<N>\n<C:\\SMS>\n<DOM>\n<hush>\n<hush>\n<stray\nEND_SITE_ACCOUNT\n",
        "BEGIN_SITE_ACCOUNT\n<6> <NYC> <> <S> <D> <N> <C:\\SMS> <DOM> <hush> <x> <y> <z>\nEND_SITE_ACCOUNT\n",
        "BEGIN_SITE_DEFINITION\n<2>\n<NYC>\n<New York>\n<DOM\\hush>\n<D:\\SMS>\n",
        "BEGIN_NEWS\nPROPERTY <Reserved2><><hush><0><hush>\nEND_NEWS\n",
        "BEGIN_ADDRESS\n<BOS>\n<DOM\\hush>\nPROPERTY <LAN Login><><DOM\\hush><0><too many>\nEND_ADDRESS\n",
        "ADDRESS <NYC><BOS><MS_LAN_SENDER><>\n#9({}{\\\\S\\SMS_SITE DOM\\hush hush})\n",
        "ADDRESS <NYC><BOS><MS_LAN_SENDER><>\n#9({}{hush hush})\n",
        "ADDRESS <NYC><BOS><MS_LAN_SENDER><>\n#9({}{\\\\S\\SMS_SITE hush\n",
        "#9({}{\\\\S\\SMS_SITE hush})\n",
        "PROPERTY <Last Valid @><hush><hush><831190761><surplus>\n",
        "BEGIN_PROPERTY_LIST\n<Reserved2>\n<hush>\n<hush\nEND_PROPERTY_LIST\n",
        "BEGIN_USER_ACCOUNT\n<hush>\nhush?\nEND_USER_ACCOUNT\n",
        "TRANSACTION Change@<0><0><hush><hush>\n",
        "BEGIN_NEWS\n<(REG_SZ)Network Password=hush> junk\nEND_NEWS\n",
    ],
)
def test_secrets_in_clear_are_not_shown_either(text: str) -> None:
    export = read(HEADER + text)
    assert "hush" not in everything(export)
    assert any(defect.kind == "account-secret" for defect in export.defects) or text.startswith("#9")


@given(lost=st.lists(st.integers(13, 34), min_size=1, max_size=6), seed=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_ciphers_stay_hidden_in_a_damaged_account(lost: list[int], seed: object) -> None:
    lines = EARLY.split(b"\r\n")
    damaged = [line for number, line in enumerate(lines) if number not in lost]
    shown = everything(read(b"\r\n".join(damaged)))
    assert not any(secret in shown for secret in SECRETS)


def test_a_cipher_in_the_place_of_a_schedule_is_hidden() -> None:
    cipher = SECRETS[0][:42]
    shown = everything(read(f"{HEADER}OUTBOX <A><><MS_LAN_SENDER><{cipher}><1><D><S>\n"))
    assert cipher not in shown
    assert "wrong-type" in shown


def test_what_is_hidden_says_so() -> None:
    text = (
        HEADER
        + "BEGIN_SITE_ACCOUNT\n<6> <NYC> <> <S> <D> <N> <C:\\SMS> <DOM> <secret> <x>\nEND_SITE_ACCOUNT\n"
    )
    export = read(text)
    span = export.sites[0].identifications[0].site_code.span
    assert span is not None
    assert uncovered(span.excerpt) == "<6> <NYC> <> <S> <D> <N> <C:\\SMS> <(hidden)> <(hidden)> <(hidden)>"


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read(data: bytes) -> None:
    for export in (read(data), read(HEADER.encode() + data), read(HEADER.encode("utf-16") + data)):
        assert export.format == "sitecontrol"


PIECES = st.sampled_from(
    [
        *("BEGIN_SENDER", "END_SENDER", "BEGIN_SITE_ACCOUNT", "END_SITE_ACCOUNT", "BEGIN_A", "END_A"),
        *("BEGIN_COMPONENT", "END_COMPONENT", "BEGIN_ADDRESS", "BEGIN_SYSTEM_RESOURCE_USE", "BEGIN_DOMAIN"),
        *("PROPERTY ", "ADDRESS ", "OUTBOX ", "ROLE", "RESOURCE", "LOGONSERVER", "TRANSACTION x@", HEADER),
        *(
            "<",
            ">",
            "<>",
            "<1>",
            "<SMS_LAN_SENDER>",
            "<Retry Delay>",
            "#5(",
            ")",
            "{",
            "}",
            "\\\\",
            "F" * 168,
        ),
        *("\n", "\n", "\n", "\n", "\r", " ", "\t", "A1B2" * 10, "é", "\x00", "\x1a"),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_arrangement_is_read_and_hides_ciphers(text: str) -> None:
    export = read(text)
    for defect in export.defects:
        assert defect.span is None or defect.span.line <= len(re.split(r"\r\n|\r|\n", text))
    assert "A1B2" * 10 not in re.sub(r"F{32,}", "", everything(export))


def test_a_flood_of_defects_is_counted() -> None:
    export = read(HEADER + "END_A\n" * 5000)
    assert len(export.defects) == 101
    assert "4900 more" in export.defects[-1].text.replace(",", "")


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "BEGIN_A\n" * 300_000,
        HEADER + "BEGIN_A\n" * 140_000 + "END_A\n" * 140_000,
        HEADER + "BEGIN_SENDER\n" + "<a" * 200_000,
        HEADER + ("<" * 30_000 + "\n") * 30,
        HEADER + "BEGIN_SENDER\n" + "<x\n" + "wrap\n" * 100_000,
        HEADER + "#9({}{\\\\S\n" + "ABCDEF\n" * 100_000,
        "x" * (SITE_CONTROL_CHARACTERS + 1),
    ],
    ids=["nested", "closed", "one line", "brackets", "open field", "open string", "huge"],
)
def test_hostile_text_costs_little_and_is_reported(text: str) -> None:
    began = time.process_time()
    export = read(text)
    assert time.process_time() - began < 10
    assert any(defect.kind in ("malformed", "truncated") and defect.costly for defect in export.defects) or (
        "#9" in text and export.defects
    )


def test_half_a_character_at_the_end_is_a_truncation() -> None:
    export = read((HEADER + SENDER).encode("utf-16") + b"\n")
    assert [defect.kind for defect in export.defects] == ["truncated"]


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (HEADER, True),
        ("\r\n  site control file [6487]\r\n", True),
        ("Hello,\nhere is the file:\n\n" + HEADER, True),
        ("BEGIN_SENDER\n", True),
        ("begin_property_list <a>", True),
        ("PROPERTY <Bin\\i386\\Ccim32.dll><Client Application><><2>\n", False),
        ("REGEDIT4\n", False),
        ("BEGIN the day\n", False),
        ("", False),
        ("\x02\x00\x01binary", False),
    ],
)
def test_recognises_by_header_or_first_block(head: str, is_one: bool) -> None:
    assert sitecontrol.recognises(head) is is_one


@pytest.mark.parametrize(
    ("path", "head", "output"),
    [
        ("C:/SMS/NYC.CT4", "\x02\x00", "public key"),
        ("Install.map", "BLAH", "Install.map"),
        ("x.txt", "PROPERTY <Bin\\i386\\Ccim32.dll><Client Application><><2>\n", "Install.map"),
        ("NYC.CT0", "", "notification"),
        ("sitectrl_CB1.ct0", "\x02\x00\x01", "no text image"),
    ],
)
def test_what_is_no_site_control_text_is_reported(path: str, head: str, output: str) -> None:
    reason = sitecontrol.refusal(path, head)
    assert reason is not None
    assert output in reason


def test_other_files_are_not_its_matter() -> None:
    assert sitecontrol.refusal("notes.txt", "hello") is None
