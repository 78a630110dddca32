"""The findings in the report: by rule, each with its locations, and the filters over them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from smslint import project
from smslint.config.settings import label_of
from smslint.finding import SEVERITIES
from smslint.report import Report, ReportedFinding
from smslint.reports.concise import location
from smslint.reports.html.groups import Group, SharedFix, own_steps
from smslint.reports.html.map import describe_hours, week_picture
from smslint.reports.html.markup import element, tag, text
from smslint.reports.html.page import count
from smslint.reports.html.tree import folded
from smslint.reports.locations import edited, excerpt_of

NO_SITE: Final = "no site"
_AROUND: Final = 60
"""How many characters of a line are shown before and after what is marked in it."""
_MARKED: Final = 120
"""How many characters of what is marked are shown."""
_ROW: Final = re.compile(r"[A-Z][a-z]{2} [.o!#?]{24}")


def anchors(findings: Sequence[ReportedFinding]) -> dict[int, str]:
    """Where each finding stands in the page, by its identity: the same in every report that has it."""
    found: dict[int, str] = {}
    taken: Counter[str] = Counter()
    for each in findings:
        name = f"finding-{re.sub('[^0-9A-Za-z]', '', each.fingerprint)}"
        taken[name] += 1
        found[id(each)] = name if taken[name] == 1 else f"{name}-{taken[name]}"
    return found


def sign(level: str) -> str:
    """The sign of a severity, beside a word that says the same."""
    size = 'width="14" height="14" viewBox="0 0 14 14"'
    return f'<svg class="sign" {size} aria-hidden="true"><use href="#sign-{level}"/></svg>'


def filters(report: Report) -> Iterator[str]:
    """Yield what hides findings by severity, site, rule and text; only a script shows it."""
    levels = Counter(each.severity for each in report.findings)
    sites = Counter(each.site or "" for each in report.findings)
    rules = Counter((each.rule, each.name) for each in report.findings)
    yield '<form id="filters" class="controls scripted" hidden aria-label="Filter the findings">'
    yield '<fieldset><legend class="unseen">Severity</legend>'
    for level in SEVERITIES:
        if levels[level]:
            box = tag("input", type="checkbox", name="severity", value=level, checked=True)
            yield f"<label>{box} {sign(level)} {level} ({levels[level]})</label>"
    yield "</fieldset>"
    yield '<label>Site <select name="site">'
    yield element("option", "all", value="*")
    yield from (
        element("option", f"{site or NO_SITE} ({n})", value=site) for site, n in sorted(sites.items())
    )
    yield "</select></label>"
    yield '<label>Rule <select name="rule">'
    yield element("option", "all", value="*")
    for (code, name), number in sorted(rules.items()):
        yield element("option", f"{code} {name} ({number})", value=code)
    yield "</select></label>"
    yield '<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>'
    yield '<button type="reset">Show all</button>'
    yield '<p id="shown" role="status" aria-live="polite"></p>'
    yield "</form>"


def weeks(report: Report) -> dict[tuple[str, str], tuple[str, ...]]:
    """The weeks that are not open at all hours, by the site that has the address and its destination."""
    return {
        (folded(site.code), folded(address.destination)): address.week
        for site in report.sites
        for address in site.addresses
        if address.week
    }


class PageContext(NamedTuple):
    """What the page knows beside its findings: where each stands, and the weeks of addresses."""

    anchors: Mapping[int, str]
    weeks: Mapping[tuple[str, str], Sequence[str]]
    folder: str
    """What the paths of all inputs begin with; the top of the page says it, so print leaves it out."""


def group(each: Group, context: PageContext) -> Iterator[str]:
    """Yield the findings of one rule: what it is, why it matters, what fixes it, and where it is."""
    code = text(each.code)
    yield tag(
        "section", class_=f"group {each.severity}", id=each.code, aria_labelledby=f"{each.code}-heading"
    )
    yield f'<h3 id="{code}-heading">{sign(each.severity)} {element("span", each.severity, class_="level")}'
    yield f"{element('span', each.code, class_='code')} {element('span', each.name, class_='name')}"
    yield f"{_link(each.code, f'this rule, {each.code}')}</h3>"
    sites = f" at {count(len(each.sites), 'site')}" if each.sites else ""
    yield f'<p class="count">{element("strong", count(len(each.findings), "finding"))}{sites}</p>'
    yield "<dl>"
    rule, shared_fixes = each.rule, each.shared_fixes
    if rule:
        yield from _term("What", _prose(rule.summary), class_="what")
    if each.why:
        yield from _term("Why", _prose(each.why))
    if shared_fixes:
        yield from _term(
            "Fix",
            *(
                line
                for shared_fix in shared_fixes
                for line in _fix_lines(shared_fix, alone=len(shared_fixes) == 1)
            ),
        )
    elif rule and rule.remedy:
        yield from _term("Fix", _prose(rule.remedy))
    yield from _term("See", _reference(each))
    yield "</dl>"
    yield '<ol class="findings">'
    of_finding = {id(finding): shared_fix for shared_fix in shared_fixes for finding in shared_fix.findings}
    for finding in each.findings:
        own = [_prose(finding.why)] if finding.why and finding.why != each.why else []
        shared_fix = of_finding.get(id(finding))
        if shared_fix:
            own += [f"Fix: {_prose(shared_fix.description)}"] if len(shared_fixes) > 1 else []
            own += [f"Fix: {text(words)}" for words in own_steps(shared_fix, finding)]
        yield from _finding(finding, context, own)
    yield "</ol>"
    yield "</section>"


def _link(target: str, what: str) -> str:
    return f"{tag('a', class_='anchor', href=f'#{target}', aria_label=f'Link to {what}')}#</a>"


def _term(name: str, *lines: str, class_: str | None = None) -> Iterator[str]:
    yield f"{tag('div', class_=class_)}{element('dt', name)}<dd>"
    yield from lines
    yield "</dd></div>"


def _prose(words: str) -> str:
    """What a rule's documentation says, its code set as code."""
    parts = words.split("`")
    return "".join(element("code", part) if number % 2 else text(part) for number, part in enumerate(parts))


def _fix_lines(shared_fix: SharedFix, *, alone: bool) -> Iterator[str]:
    fix = shared_fix.fix
    few = "" if alone else f" ({count(len(shared_fix.findings), 'finding')})"
    yield f"<p>{element('span', fix.manner, class_='safety')} {_prose(shared_fix.description)}{few}</p>"
    if shared_fix.steps:
        yield "<ol>"
        for wordings in shared_fix.steps:
            if not wordings:
                yield "<li>Do what stands at each finding below.</li>"
            elif len(wordings) == 1:
                yield element("li", wordings[0])
            else:
                yield f"<li><ul>{''.join(element('li', each) for each in wordings)}</ul></li>"
        yield "</ol>"
    if shared_fix.command:
        yield f'<pre class="command" tabindex="0"><code>{text(shared_fix.command)}</code></pre>'
        yield element("p", "writes the cure for the server, and the file that undoes it.", class_="note")


def _reference(each: Group) -> str:
    reference, link = each.findings[0].reference, each.findings[0].reference_url
    named = text(reference or "")
    if link:
        named = tag("a", href=link, rel="noreferrer noopener") + f"{named}</a>"
    page = project.rule_url(each.code)
    explain = element("code", f"smslint explain {each.code}")
    if page:
        explain = f"{tag('a', href=page, rel='noreferrer noopener')}{explain}</a>"
    return f"{named}; {explain}" if named else explain


def _finding(finding: ReportedFinding, context: PageContext, own: Sequence[str]) -> Iterator[str]:
    anchor = context.anchors[id(finding)]
    yield tag(
        "li",
        class_=f"finding {finding.severity}",
        id=anchor,
        tabindex=-1,
        data_severity=finding.severity,
        data_site=finding.site or "",
        data_rule=finding.rule,
    )
    level = element("span", finding.severity, class_="level")
    yield f'<p class="message">{level} {text(finding.message)} {_link(anchor, "this finding")}</p>'
    where = [_location(location(finding), context)]
    where += [element("span", f"site {finding.site}")] if finding.site else []
    where += [element("span", finding.component)] if finding.component else []
    yield f'<p class="where">{" ".join(where)}</p>'
    week = _week(finding, context) if finding.setting == "schedule" else ()
    if not week or _is_short(finding):
        yield from _line(finding)
    if note := _note(finding):
        yield f'<p class="note">{note}</p>'
    if week:
        yield _strip(week)
    yield from (f'<p class="own">{words}</p>' for words in own)
    if finding.related:
        yield '<ul class="related">'
        yield from _related(finding, context)
        yield "</ul>"
    yield "</li>"


def _location(at: str, context: PageContext) -> str:
    folder = f"{context.folder}/"
    if not context.folder or not at.startswith(folder):
        return element("span", at, class_="place")
    inside = element("span", folder, class_="folder") + text(at.removeprefix(folder))
    return f'<span class="place">{inside}</span>'


def _is_short(finding: ReportedFinding) -> bool:
    """Whether what is marked can be shown whole; a schedule is better seen than read."""
    _, start, end = excerpt_of(finding) if finding.excerpt is not None else ("", 0, _MARKED + 1)
    return end - start <= _MARKED


def _line(finding: ReportedFinding) -> Iterator[str]:
    """The line of a finding, what is wrong in it marked; where it can be mended, as it is then."""
    edits = [(edit, span) for edit, span in edited(finding) if span.line == span.end_line]
    for edit, span in edits:
        line, start, end = excerpt_of(span)
        head, before, tail = _tail(line[:start]), _head(line[start:end], _MARKED), _head(line[end:])
        yield '<pre class="edit" tabindex="0">'
        for mark, name, value in (("-", "del", before), ("+", "ins", _head(edit.replacement, _MARKED))):
            inner = element("mark", value) if name == "del" else text(value)
            yield f"<code>{mark} {text(head)}<{name}>{inner}</{name}>{text(tail)}</code>"
        yield "</pre>"
    if not edits and finding.excerpt is not None and finding.line is not None:
        line, start, end = excerpt_of(finding)
        before, marked, after = line[:start], line[start : max(end, start + 1)], line[max(end, start + 1) :]
        cut = f"{text(_tail(before))}{element('mark', _head(marked, _MARKED) or ' ')}{text(_head(after))}"
        yield f'<pre class="excerpt" tabindex="0"><code>{cut}</code></pre>'


def _head(line: str, most: int = _AROUND) -> str:
    return line if len(line) <= most else line[:most] + "..."


def _tail(line: str) -> str:
    return line if len(line) <= _AROUND else "..." + line[-_AROUND:]


def _note(finding: ReportedFinding) -> str:
    """What was found, what was expected, and what the fix sets, in the product's words."""
    words = []
    value = "" if finding.value is None or "\n" in str(finding.value) else str(finding.value)
    if (
        value
        and not (finding.fix and finding.fix.changes)
        and (finding.expected or value not in finding.message)
    ):
        words.append(text(f"found {value}"))
    if finding.expected:
        words.append(text(f"expected {finding.expected}"))
    if finding.fix:
        labels = [change.setting.declared.label for change in finding.changes]
        for number, change in enumerate(finding.fix.changes):
            label = labels[number] if number < len(labels) else label_of(change.setting)
            before, after = _short(change.from_), _short(change.to)
            arrow = '<span aria-label="becomes">&#8594;</span>'
            words.append(f"{text(label)}: {element('del', before)} {arrow} {element('ins', after)}")
    return "; ".join(words)


def _short(value: object) -> object:
    """A value within a sentence: of a schedule its hours."""
    rows = str(value).split("\n")
    return "unset" if value is None else describe_hours(rows) if all(map(_ROW.fullmatch, rows)) else value


def _week(finding: ReportedFinding, context: PageContext) -> Sequence[str]:
    """The rows of the week that a finding is about."""
    rows = str(finding.value).split("\n")
    if all(map(_ROW.fullmatch, rows)):
        return rows
    return context.weeks.get((folded(finding.site), folded(finding.destination)), ())


def _strip(week: Sequence[str]) -> str:
    hours = text(describe_hours(week))
    drawn = "".join(week_picture([row[4:] for row in week], 0, 0))
    return (
        f'<p class="hours"><svg class="hierarchy" width="156" height="45.5" viewBox="0 0 31.2 9.1" '
        f'aria-hidden="true">{drawn}</svg> '
        f"<span>{hours}; a row a day from Sunday, a column an hour</span></p>"
    )


def _related(finding: ReportedFinding, context: PageContext) -> Iterator[str]:
    for other in finding.related:
        parts = (other.path, other.line, other.column)
        at = ":".join(str(part) for part in parts if part is not None)
        yield f"<li>{_location(at, context) + ' ' if at else ''}{text(other.message)}</li>"
