"""The formats as those read them who asked for them: official schemas and other people's parsers."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pydantic_core
import pytest
from diff_cover.violationsreporters.java_violations_reporter import (  # type: ignore[import-untyped]
    CheckstyleXmlDriver,
)
from jsonschema import Draft4Validator, Draft7Validator
from junitparser import Failure
from junitparser.xunit2 import JUnitXml
from markdown_it import MarkdownIt

from smslint.reports import renderer
from smslint.reports.style import Style
from tests.reports.cases import NASTY_PATH, NASTY_TEXT, REPORTS, finding, read, report, unfixed

DATA = Path(__file__).parents[1] / "data"
SARIF = Draft4Validator(json.loads((DATA / "sarif-2.1.0-rtm.5.json").read_bytes()))
RDFORMAT = Draft7Validator(json.loads((DATA / "rdformat.json").read_bytes()))
CASES = pytest.mark.parametrize("case", REPORTS)


def written(name: str, case: str) -> str:
    return "\n".join(renderer(name)(REPORTS[case], Style()))


def run(case: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("sarif", case))["runs"][0]
    return found


@CASES
@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
def test_a_strict_parser_takes_the_json(name: str, case: str) -> None:
    pydantic_core.from_json(written(name, case), allow_inf_nan=False)


@CASES
def test_sarif_validates_against_the_official_schema(case: str) -> None:
    SARIF.validate(json.loads(written("sarif", case)))


def test_sarif_says_so_when_there_is_nothing() -> None:
    assert run("clean")["results"] == []


def test_sarif_results_name_their_rules() -> None:
    rules = run("many")["tool"]["driver"]["rules"]
    for result in run("many")["results"]:
        if result["ruleId"] != "ACME1":
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(rule["name"] != rule["id"] for rule in rules)
    assert rules[0]["helpUri"] == "https://jeffpar.github.io/kbarchive/kb/163/Q163379/"
    assert "helpUri" not in rules[1]


def test_sarif_marks_what_is_suppressed() -> None:
    known = [result["suppressions"] for result in run("many")["results"] if "suppressions" in result]
    assert [each[0]["kind"] for each in known] == ["inSource", "external", "external"]
    assert [each[0]["justification"] for each in known] == ["for the move", "config", "baseline"]


def test_sarif_fixes_replace_the_span_of_the_value() -> None:
    (change,) = run("one")["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 4, "startColumn": 31, "endLine": 4, "endColumn": 45},
            "insertedContent": {"text": "dword:00000005"},
        }
    ]


def test_sarif_addresses_are_relative_to_a_declared_base() -> None:
    where = run("nasty")["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where["uriBaseId"] in run("nasty")["originalUriBaseIds"]
    assert re.fullmatch(r"[\w.~/%-]+", where["uri"])
    assert where["uri"].startswith("exports/%3Dcmd%7Ca%2Cb%3Ac%3Bd%5De%2520")


def test_sarif_names_a_file_elsewhere_by_its_whole_address() -> None:
    elsewhere = report([read("/srv/a b.reg")], [finding("/srv/a b.reg")])
    (line,) = renderer("sarif")(elsewhere, Style())
    result = json.loads(line)["runs"][0]["results"][0]
    where = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": "file:///srv/a%20b.reg"}


def test_sarif_lets_no_input_place_a_link() -> None:
    assert "](" in NASTY_TEXT
    for result in run("nasty")["results"]:
        assert "](" not in result["message"]["text"].replace("\\](", "")


def test_sarif_tells_that_an_input_could_not_be_read() -> None:
    assert run("many")["invocations"][0]["executionSuccessful"] is False
    assert run("one")["invocations"][0]["executionSuccessful"] is True


@CASES
def test_rdjson_validates_against_the_format_of_reviewdog(case: str) -> None:
    RDFORMAT.validate(json.loads(written("rdjson", case)))


def test_rdjson_counts_columns_in_bytes() -> None:
    excerpt = "é𝄞x = 0"
    spread = unfixed(excerpt=excerpt, line=1, end_line=1, column=3, end_column=4)
    (line,) = renderer("rdjson")(report([], [spread]), Style())
    span = json.loads(line)["diagnostics"][0]["location"]["range"]
    assert span == {"start": {"line": 1, "column": 7}, "end": {"line": 1, "column": 8}}


@CASES
def test_gitlab_fingerprints_are_unique_and_paths_relative(case: str) -> None:
    issues = json.loads(written("gitlab", case))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert not any(issue["location"]["path"].startswith(("/", "./")) for issue in issues)


def test_gitlab_paths_are_relative_to_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    (line,) = renderer("gitlab")(report([], [finding("./nyc.reg")]), Style())
    assert json.loads(line)[0]["location"]["path"] == "sub/nyc.reg"


def junit(case: str) -> Any:
    return JUnitXml.fromstring(written("junit", case).encode())


def test_junit_shows_that_a_clean_file_was_tested() -> None:
    (suite,) = junit("clean")
    (case,) = suite
    assert (suite.name, suite.tests, suite.failures) == ("exports/nyc.reg", 1, 0)
    assert case.is_passed


def test_junit_fails_for_errors_and_warnings_only() -> None:
    by_name = {suite.name: suite for suite in junit("many")}
    assert [each.is_passed for each in by_name["exports/lon.reg"]] == [True]
    assert "info ACME1" in by_name["exports/lon.reg"].system_out
    failed = [each.result[0] for each in by_name["exports/nyc.reg"]]
    assert all(isinstance(each, Failure) for each in failed)
    assert {each.type for each in failed} == {"error", "warning"}


@CASES
def test_junit_counts_are_true(case: str) -> None:
    document = junit(case)
    output = (document.tests, document.failures)
    document.update_statistics()
    assert (document.tests, document.failures) == output


@CASES
def test_checkstyle_is_read_by_diff_cover(case: str) -> None:
    found = CheckstyleXmlDriver().parse_reports([written("checkstyle", case).partition("\n")[2]])
    assert sum(map(len, found.values())) == len(REPORTS[case].findings)
    if case == "one":
        (violation,) = found["exports/nyc.reg"]
        assert violation.line == 4
        assert violation.message.startswith("error: Maximum Concurrent Sendings of SMS_LAN_SENDER is 0")


def percent_decoded(text: str, marks: dict[str, str]) -> str:
    return re.sub("|".join(map(re.escape, marks)), lambda found: marks[found[0]], text)


GITHUB = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
AZURE = {"%AZP25": "%", "%0D": "\r", "%0A": "\n", "%3B": ";", "%5D": "]"}


@CASES
def test_github_reads_every_line_as_one_annotation(case: str) -> None:
    lines = written("github", case).splitlines()
    read_back = [re.fullmatch(r"::(error|warning|notice) (title=[^:]*?)::(.*)", line) for line in lines]
    assert all(read_back)
    levels = [found[1] for found in read_back if found and "GitHub shows" not in found[0]]
    assert levels == sorted(levels, key=("error", "warning", "notice").index)
    assert len(levels) == len(REPORTS[case].findings)


def test_github_gets_the_path_as_it_is() -> None:
    properties = written("github", "nasty").splitlines()[0].split("::")[1].partition(" ")[2]
    output = dict(each.split("=", 1) for each in properties.split(","))
    path = percent_decoded(output["file"], GITHUB)
    assert path.startswith("exports/=cmd|a,b:c;d]e%20`f`\n::warning::g<h>")


def test_github_gets_no_columns_of_what_spans_lines() -> None:
    (line,) = [each for each in written("github", "many").splitlines() if "Over lines" in each]
    assert ",line=4,endLine=6::" in line
    assert "col" not in line.partition("::Over")[0]


def test_github_tells_how_many_it_will_not_show() -> None:
    assert "title=smslint::14 error, 4 warning, 2 info" in written("github", "many").splitlines()[0]


@CASES
def test_azure_reads_every_line_as_one_issue(case: str) -> None:
    pattern = r"##vso\[task\.logissue type=(error|warning);((?:[^;\]]*;)*)\](.*)"
    read_back = [re.fullmatch(pattern, line) for line in written("azure", case).splitlines()]
    assert all(read_back)
    assert len(read_back) == len(REPORTS[case].findings)


def test_azure_gets_path_and_message_as_they_are() -> None:
    line = written("azure", "nasty").splitlines()[0]
    path = percent_decoded(line.partition("sourcepath=")[2].partition(";linenumber")[0], AZURE)
    assert path.startswith("exports/=cmd|a,b:c;d]e%20`f`\n::warning::g<h>")
    assert percent_decoded(line.partition(";]")[2], AZURE).startswith("a\nb\r::error::c %0A ##vso[")


@CASES
def test_csv_has_a_row_for_each_finding_and_no_formula(case: str) -> None:
    rows = list(csv.DictReader(written("csv", case).splitlines()))
    assert len(rows) == len(REPORTS[case].findings)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_markdown_shows_hostile_text_as_text() -> None:
    assert "<script>" in NASTY_TEXT
    assert "<h>" in NASTY_PATH
    tokens = (
        MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(written("markdown", "nasty"))
    )
    inline = [child.type for token in tokens for child in token.children or ()]
    assert set(inline) <= {"text", "text_special"}
    assert sum(token.type == "td_open" for token in tokens) == 5 * len(REPORTS["nasty"].findings)
    assert not [token for token in tokens if token.type.startswith("html")]
