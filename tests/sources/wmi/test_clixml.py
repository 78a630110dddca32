"""CliXml: PowerShell's tags, references and escapes, and XML that must be refused."""

from __future__ import annotations

import time

import pytest

from smslint.sources.wmi import clixml as wmi_clixml
from tests.sources.wmi.dumps import as_clixml, kinds, only, read, sender

OPENING = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'


def test_an_object_met_before_is_read_again() -> None:
    text = as_clixml([sender(), sender(code="BOS")])
    first = text.index('<Obj N="Props">')
    text = text[:first] + text[first:].replace('<Obj N="Props">', '<Obj N="Props" RefId="7">', 1)
    start = text.rindex('<Obj N="Props">')
    end = (
        text.index("</Obj>\n<S", start)
        if "</Obj>\n<S" in text[start:]
        else text.index("</LST></Obj>", start) + 6
    )
    text = text[:start] + '<Ref N="Props" RefId="7" />' + text[end + len("</Obj>") :]
    export = read(wmi_clixml, text)
    assert kinds(export) == []
    assert [site.senders[0].max_concurrent_sendings.value for site in export.sites] == [5, 5]


def test_a_reference_to_nothing_is_null() -> None:
    fields = '<S N="ComponentName">SMS_LAN_SENDER</S><Ref N="Props" RefId="9"/>'
    text = f'{OPENING}<Obj RefId="0"><Props>{fields}</Props></Obj></Objs>'
    (site,) = read(wmi_clixml, text).sites
    assert site.senders[0].name == "SMS_LAN_SENDER"


def test_the_class_of_the_type_names_decides() -> None:
    names = r'<TN RefId="0"><T>CimInstance#root\sms\site_NYC\SMS_ComponentSummarizer</T></TN>'
    text = as_clixml([sender(), sender(code="BOS")])
    text = text.replace('<Obj><Props><S N="ComponentName"', f'<Obj>{names}<Props><S N="ComponentName"', 1)
    assert [site.code for site in read(wmi_clixml, text).sites] == ["BOS"]
    again = '<TNRef RefId="0" />'
    text = text.replace('<Obj><Props><S N="ComponentName"', f'<Obj>{again}<Props><S N="ComponentName"', 1)
    assert read(wmi_clixml, text).sites == ()


def test_escapes_and_entities_of_xml_are_resolved() -> None:
    text = as_clixml([sender()]).replace(">NYCSRV<", ">A&amp;B_x0043_&#68;<")
    export = read(wmi_clixml, text)
    setting = export.sites[0].senders[0].server
    assert setting.value == "A&BCD"
    assert setting.span
    assert text[setting.span.start : setting.span.end] == "A&amp;B_x0043_&#68;"


@pytest.mark.parametrize("declared", ["utf-16", "windows-1252", "utf-8"])
def test_the_text_counts_and_not_what_the_declaration_says(declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>\r\n' + as_clixml([sender()]).replace("NYCSRV", "NÜC")
    export = read(wmi_clixml, b"\xff\xfe" + text.encode("utf-16-le"))
    setting = export.sites[0].senders[0].server
    assert setting.value == "NÜC"
    assert setting.span
    assert text.splitlines()[setting.span.line - 1][setting.span.column - 1 :].startswith("NÜC</S>")


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE Objs>",
        '<!DOCTYPE Objs SYSTEM "http://example.com/x.dtd">',
        '<!DOCTYPE Objs [<!ENTITY a "b">]>',
        '<!DOCTYPE Objs [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Objs [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>',
    ],
)
def test_entities_and_outer_references_are_refused(declaration: str) -> None:
    text = declaration + as_clixml([sender()]).replace("NYCSRV", "&a;" if "ENTITY a" in declaration else "x")
    assert wmi_clixml.recognises(text)
    export = read(wmi_clixml, text)
    assert only(export, "malformed").costly
    assert "refuses" in export.defects[0].text
    assert export.sites == ()


@pytest.mark.parametrize("text", [OPENING, f"{OPENING}<Obj>", f"{OPENING}<Obj", f"{OPENING}<S>a"])
def test_what_ends_too_early_is_truncated(text: str) -> None:
    assert kinds(read(wmi_clixml, text)) == ["truncated"]


@pytest.mark.parametrize(
    "text",
    [f"{OPENING}</Obj>", f"{OPENING}<S>&a;</S></Objs>", f"{OPENING}</Objs>x", f"{OPENING}<a b></a></Objs>"],
)
def test_what_is_no_xml_is_malformed(text: str) -> None:
    assert only(read(wmi_clixml, text), "malformed").costly


@pytest.mark.parametrize("tag", ["<Obj>", "<a>", "<Props>", "<LST>"])
def test_nesting_of_any_depth_is_reported(tag: str) -> None:
    assert "nested" in only(read(wmi_clixml, OPENING + tag * 100_000), "malformed").text


def test_references_to_references_do_not_multiply() -> None:
    levels = '<Obj RefId="0"><LST>' + "<S>x</S>" * 100 + "</LST></Obj>"
    for level in range(1, 30):
        levels += f'<Obj RefId="{level}"><LST>' + f'<Ref RefId="{level - 1}"/>' * 100 + "</LST></Obj>"
    started = time.monotonic()
    assert only(read(wmi_clixml, OPENING + levels + "</Objs>"), "malformed").costly
    assert time.monotonic() - started < 5


def test_a_tag_without_end_is_refused_before_it_is_taken_in() -> None:
    text = OPENING + '<Obj a="' + ">" * (3 << 20)
    started = time.monotonic()
    assert only(read(wmi_clixml, text), "malformed").costly
    assert time.monotonic() - started < 5
