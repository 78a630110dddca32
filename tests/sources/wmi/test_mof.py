"""MOF text: its strings, comments and brackets."""

from __future__ import annotations

import pytest

from smslint.sources.text import Document
from smslint.sources.wmi import mof as wmi_mof
from smslint.sources.wmi.objects import BrokenError, Object, Scalar, Tree
from tests.sources.wmi.dumps import kinds, only, read


def fields(body: str) -> dict[str, object]:
    tree = Tree()
    wmi_mof.parse(Document(f"instance of SMS_X {{ {body} }};".encode(), "dump", fallback="utf-8"), tree)
    (found,) = tree.root.members
    assert isinstance(found, Object)
    return {name: node.data for name, node in found.fields.items() if isinstance(node, Scalar)}


@pytest.mark.parametrize(
    ("spelled", "value"),
    [
        ('""', ""),
        (r'"a\"b\\c\td\r\n"', 'a"b\\c\td\r\n'),
        (r'"\\n\\\\"', "\\n\\\\"),
        (r'"\x41\x00e9"', "Aé"),
        ('"one, " /* no */', "one, "),
        ('"one, "\n  "two"', "one, two"),
        ("12", 12),
        ("-1", -1),
        ("TRUE", True),
        ("false", False),
        ("NULL", None),
        ("0x1F", "0x1F"),
        ("5.5", "5.5"),
        ("'c'", "'c'"),
        ("$Alias00000001", "$Alias00000001"),
    ],
)
def test_values_are_read_as_mof_spells_them(spelled: str, value: object) -> None:
    assert fields(f"A = {spelled};") == {"a": value}


def test_comments_and_pragmas_are_passed_over() -> None:
    text = (
        '#pragma namespace("x")\n// instance of SMS_X {\n/* } */ Instance Of SMS_SCI_Component as $A\n'
        '{ ComponentName = "SMS_LAN_SENDER"; // no\n SiteCode="NYC"; '
        'Props = { instance of SMS_EmbeddedProperty {PropertyName="Retry Delay";Value=7;} }; };'
    )
    assert wmi_mof.recognises(text)
    export = read(wmi_mof, text)
    assert kinds(export) == []
    assert export.sites[0].senders[0].retry_delay_minutes.value == 7


@pytest.mark.parametrize(
    "body", ["A", "A = ;", "A = @;", "= 1;", '"A" = 1;', "A = instance of;", "A = /* ", "1 = 1"]
)
def test_what_is_no_mof_is_malformed(body: str) -> None:
    with pytest.raises(BrokenError) as caught:
        fields(body)
    assert caught.value.kind in ("malformed", "truncated")


def test_text_outside_instances_is_malformed() -> None:
    assert only(read(wmi_mof, 'instance of SMS_X { }; "text"'), "malformed").span


@pytest.mark.parametrize(
    "text", ["instance of SMS_X {", 'instance of SMS_X { A = "x', "instance of SMS_X { A ="]
)
def test_what_ends_too_early_is_truncated(text: str) -> None:
    assert kinds(read(wmi_mof, text)) == ["truncated"]


def test_deep_nesting_is_reported() -> None:
    assert "nested" in only(read(wmi_mof, "instance of SMS_X { A = " + "{" * 100_000), "malformed").text
