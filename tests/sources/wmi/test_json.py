"""JSON with places: what its grammar allows, what it does not, and what is hostile."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslint.reports import FORMATS, renderer
from smslint.reports.style import Style
from smslint.sources.text import Document
from smslint.sources.wmi import json as wmi_json
from smslint.sources.wmi.objects import Array, BrokenError, Node, Object, Scalar, Tree
from smslint.sources.wmi.secrets import secrets
from smslint.testing import report
from tests.sources.wmi.dumps import as_json, kinds, only, read, sender

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdef", max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


def parsed(text: str) -> Tree:
    tree = Tree()
    wmi_json.parse(Document(text.encode("utf-8", "surrogatepass"), "dump", fallback="utf-8"), tree)
    return tree


def plain(node: Node) -> object:
    if isinstance(node, Array):
        return [plain(each) for each in node.members]
    return (
        {name: plain(each) for name, each in node.fields.items()} if isinstance(node, Object) else node.data
    )


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    inner = node.members if isinstance(node, Array) else node.fields.values()
    return [each for one in inner for each in scalars(one)]


@given(value=values, indent=st.sampled_from([None, 0, 3]), ascii_only=st.booleans())
@settings(max_examples=150, deadline=None)
def test_it_reads_what_pythons_own_reader_reads(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    tree = parsed(text)
    assert plain(tree.root) == [value]
    for each in scalars(tree.root):
        assert json.loads(text[each.start : each.end]) == each.data


@given(text=st.text('{}[]",:01eE.-+tfn\\u \n', max_size=30))
@settings(max_examples=300, deadline=None)
def test_it_refuses_nothing_that_is_json(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        return
    found = plain(parsed(text).root)
    assert found == [expected] or any(char in text for char in ".eE")


@pytest.mark.parametrize(
    "text",
    [
        '{"a" 1}',
        "{1:2}",
        "[1 2]",
        "[,1]",
        '{"a":}',
        "[tru]",
        '["\\x"]',
        "[1}",
        '{"a":1]',
        "]",
        "[01x]",
        "[+]",
        '["a" "b"]',
    ],
)
def test_what_is_no_json_is_malformed_with_its_span(text: str) -> None:
    with pytest.raises(BrokenError) as caught:
        parsed(text)
    assert caught.value.kind == "malformed"
    assert 0 <= caught.value.start < len(text)


@pytest.mark.parametrize("text", ["[", '{"a"', '{"a":', '["a', "[1,", '[{"a":1}', '["\\', '["\\u00'])
def test_what_ends_too_early_is_truncated(text: str) -> None:
    with pytest.raises(BrokenError) as caught:
        parsed(text)
    assert caught.value.kind in ("truncated", "malformed")
    assert caught.value.start < len(text)


def test_of_fields_with_one_name_the_last_holds() -> None:
    assert plain(parsed('{"a": 1, "A": 2}').root) == [{"a": 2}]


def test_values_in_a_row_are_objects_of_one_dump() -> None:
    text = "\n".join(json.dumps(sender(code=code)) for code in ("NYC", "BOS"))
    assert [site.code for site in read(wmi_json, text).sites] == ["NYC", "BOS"]


def test_half_characters_are_kept_from_the_schema() -> None:
    text = as_json([sender()]).replace("NYCSRV", "NYC\\ud800SRV")
    export = read(wmi_json, text)
    assert export.sites[0].senders[0].server.value == "NYC?SRV"


@pytest.mark.parametrize(
    "opening", ["[", '{"a":', '{"Props":[', '[{"ComponentName":"SMS_LAN_SENDER","Props":']
)
def test_nesting_of_any_depth_is_reported_in_bounded_time(opening: str) -> None:
    started = time.monotonic()
    export = read(wmi_json, opening * 100_000)
    assert only(export, "malformed").costly
    assert "nested" in export.defects[0].text
    assert time.monotonic() - started < 5


def test_the_admin_services_pages_are_reported() -> None:
    context = "https://p/AdminService/wmi/$metadata#SMS_SCI_Component"
    text = json.dumps({"@odata.context": context, "value": [sender()], "@odata.nextLink": "https://p/2"})
    export = read(wmi_json, text)
    assert kinds(export) == []
    assert "page" in export.notes[0]
    assert export.product.name == "current"
    assert str(export.product) == "Configuration Manager current branch (by the form of the dump)"


NAMES = (
    *("ComponentName", "componentname", "SiteCode", "PropertyName", "Value", "Value1", "Name", "Key"),
    *("UserName", "Reserved2", "SCFData", "Props", "Größe", "\ud83d"),
)
MEMBERS = (
    *("0", "-0", "007", "1.50", "2e3", "NaN", "123456789012345678901", "true", "null", "", "[]", "{}"),
    *('"NYC"', '"Account"', '"a=b"', '"@{Value=1}"', r'"D:\\SMS"', r'"Pass\u0077ord"', r'"\ud83d"', '"ü"'),
    *("[[[]]]", '"x'),
)
members = st.recursive(
    st.sampled_from(MEMBERS),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]")
        | st.lists(st.tuples(st.sampled_from(NAMES), inner), max_size=5).map(
            lambda found: "{" + ",\n".join(f"{json.dumps(name)}: {value}" for name, value in found) + "}"
        )
    ),
    max_leaves=30,
)


@settings(deadline=None)
@given(members, st.booleans(), st.just(0) | st.integers(0, 200))
def test_objects_taken_in_one_step_are_what_reading_each_value_gives(
    text: str, is_page: bool, cut: int
) -> None:
    text = f'{{"@odata.context": "", "value": [{text}]}}' if is_page else text
    data = text[: len(text) - cut].encode("utf-8", "surrogatepass")
    document = Document(data, "dump", fallback="utf-8")
    ends = []
    trees = Tree(), Tree()
    for tree, in_one_step in zip(trees, (True, False), strict=True):
        try:
            wmi_json.parse(document, tree, in_one_step=in_one_step)
            ends.append("")
        except BrokenError as broken:
            ends.append(f"{broken} {broken.start} {broken.end} {broken.kind}")
    assert ends[0] == ends[1]
    assert secrets(trees[0].root) == secrets(trees[1].root)
    assert trees[0].root == trees[1].root


RETRIES = '"PropertyName":"Number of Retries","Value":0,"Value1":"","Value2":""'
TWICE = {
    "a value": f'{{"Value":5,{RETRIES}}}',
    "in other letter case": f'{{"value":5,{RETRIES}}}',
    "a secret": f'{{"Password":"swordfish","Password":"",{RETRIES}}}',
    "a name": f'{{"PropertyName":"LAN Login","Value3":"swordfish",{RETRIES}}}',
    "a property": f'{{"PropertyName":"LAN Login","Value1":"swordfish",{RETRIES}}}',
}


@pytest.mark.parametrize("line_end", ["", "\n"])
@pytest.mark.parametrize("twice", TWICE.values(), ids=TWICE)
def test_the_last_of_two_values_of_one_name_holds_and_hides_no_secret(twice: str, line_end: str) -> None:
    owner = '"ComponentName":"SMS_LAN_SENDER","ItemType":"Component","SiteCode":"NYC"'
    text = f'[{{{owner},"Props":[{twice}]}}]'.replace(",", f",{line_end}")
    found = report(text, select="ALL")
    assert {"SMS106", "SMS908"} <= {each.rule for each in found.findings}
    shown = "".join(line for name in FORMATS for line in renderer(name)(found, Style()))
    assert "swordfish" not in shown + repr(found)


def test_a_list_that_is_there_twice_is_reported_once() -> None:
    owner = '"ComponentName":"SMS_LAN_SENDER","ItemType":"Component","SiteCode":"NYC"'
    lists = f'"Props":[{{"PropertyName":"LAN Login","Value1":"swordfish"}}],"Props":[{{{RETRIES}}}]'
    found = report(f"[{{{owner},{lists}}}]", select="SMS106,SMS908")
    assert [each.rule for each in found.findings] == ["SMS908", "SMS106"]
    assert "swordfish" not in repr(found)


def test_values_that_are_there_twice_alike_are_no_finding() -> None:
    owner = '"SiteCode":"NYC","SiteCode":"NYC","ComponentName":"SMS_LAN_SENDER"'
    assert report(f'[{{{owner},"Props":[{{{RETRIES}}}]}}]', select="SMS908").findings == ()
