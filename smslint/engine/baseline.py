"""The baseline: findings that are known, so that only new ones are reported.

A finding is known by its fingerprint, so never by its line, and by how many like it there are: of one more
than the baseline counts, one shows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from smslint.config.errors import UnusableError
from smslint.config.settings import label_of
from smslint.engine.suppression import suppressed
from smslint.files.walk import UnusablePathError, read_bytes
from smslint.files.write import create_file
from smslint.report import Report, ReportedFinding, Suppressed

VERSION: Final = 3
"""The version of the file: what fingerprints are made of changed with it."""


class UnusableBaselineError(UnusableError):
    """A baseline file that cannot be read. Its text names the file and says why."""


class KnownFinding(BaseModel):
    """Findings that are alike: their fingerprint, their number, and for people what they are about."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    fingerprint: str
    rule: str
    site: str | None
    path: str | None
    component: str | None
    setting: str | None
    value: int | str | None
    count: Annotated[int, Field(ge=1)] = 1

    @classmethod
    def of(cls, finding: ReportedFinding) -> KnownFinding:
        """One finding. Its path counts, and stands there, only where its site is not known."""
        path = None if finding.site else finding.path
        return cls(
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            site=finding.site,
            path=path,
            component=finding.component,
            setting=finding.setting,
            value=finding.value,
        )


class _File(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    schema_version: Literal[3]
    findings: tuple[KnownFinding, ...] = ()


class Baseline:
    """The findings that are known."""

    def __init__(self, path: str, known: Iterable[KnownFinding] = ()) -> None:
        """A baseline that stands, or will stand, at ``path``."""
        self.path = path
        self._known: dict[str, KnownFinding] = {}
        for each in known:
            count = self._known[each.fingerprint].count if each.fingerprint in self._known else 0
            self._known[each.fingerprint] = each.model_copy(update={"count": count + each.count})

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The baseline in a file. Raises `UnusableBaselineError`."""
        try:
            data = read_bytes(path)
        except UnusablePathError as error:
            raise UnusableBaselineError(f"{path}: {error}; --write-baseline makes a baseline") from error
        try:
            return cls(path, _File.model_validate_json(data).findings)
        except ValidationError as error:
            raise UnusableBaselineError(f"{path}: {_why_not(data)}") from error

    @classmethod
    def of(cls, findings: Iterable[ReportedFinding], path: str) -> Baseline:
        """A baseline for ``path`` in which these findings are known."""
        return cls(path, map(KnownFinding.of, findings))

    def filter(self, found: Iterable[ReportedFinding]) -> tuple[list[ReportedFinding], list[Suppressed]]:
        """The findings that are new, and those that are known."""
        left = {each.fingerprint: each.count for each in self._known.values()}
        fresh, known = list[ReportedFinding](), list[Suppressed]()
        for finding in found:
            if left.get(finding.fingerprint, 0) > 0:
                left[finding.fingerprint] -= 1
                known.append(suppressed(finding, "baseline", None))
            else:
                fresh.append(finding)
        return fresh, known

    def stale(self, report: Report) -> Iterator[KnownFinding]:
        """What matched nothing although its site or file was read (or is gone) and its rule ran."""
        matched = Counter(each.fingerprint for each in report.suppressed if each.by == "baseline")
        sites = {site.upper() for each in report.inputs for site in each.sites}
        paths = {each.path for each in report.inputs}
        ran = {rule.code for rule in report.rules}
        for known in self._known.values():
            missing = known.count - matched[known.fingerprint]
            looked = known.site.upper() in sites if known.site else _looked(known.path, paths, report)
            if missing > 0 and looked and known.rule in ran:
                yield known.model_copy(update={"count": missing})

    def without(self, stale: Iterable[KnownFinding]) -> Baseline:
        """The baseline less what is stale."""
        less = Counter({each.fingerprint: each.count for each in stale})
        left = ((each, each.count - less[each.fingerprint]) for each in self._known.values())
        return Baseline(
            self.path, (each.model_copy(update={"count": count}) for each, count in left if count > 0)
        )

    def write(self, inputs: Iterable[str] = ()) -> None:
        """Write the file whole, sorted so that it changes as little as the findings do.

        Raises OSError, also where the file is one of the ``inputs`` or an export.
        """
        known = sorted((each.model_dump() for each in self._known.values()), key=_order)
        body = ",\n    ".join(map(json.dumps, known))
        findings = f"\n    {body}\n  " if body else ""
        text = f'{{\n  "schema_version": {VERSION},\n  "findings": [{findings}]\n}}\n'
        create_file(Path(self.path), text.encode("ascii"), inputs=inputs)


def _order(known: Mapping[str, Any]) -> tuple[str, ...]:
    """Where it stands in the file: by what people know it by, then by its fingerprint."""
    return (*(str(known[name] or "") for name in ("site", "path", "rule", "component")), known["fingerprint"])


def _looked(path: str | None, read: Container[str], report: Report) -> bool:
    """Whether a run looked for what is known of a path: it read the file, or the file is gone."""
    return path is None or path in read or not Path(report.folder, path).exists()


def _why_not(data: bytes) -> str:
    """Why content cannot be used as a baseline."""
    try:
        version = json.loads(data)["schema_version"]
    except (ValueError, TypeError, LookupError, RecursionError):
        version = None
    if isinstance(version, int) and version != VERSION:
        age = "an older" if version < VERSION else "a later"
        return (
            f"is a baseline of {age} smslint (version {version}, not {VERSION}); "
            "write it anew with --write-baseline"
        )
    return "is not a baseline of smslint; --write-baseline makes one"


def stale_note(stale: KnownFinding) -> str:
    """A stale part of a baseline, in words."""
    label = label_of(stale.setting) if stale.setting else None
    what = " of ".join(part for part in (label, stale.component) if part)
    value = "" if stale.value is None else f" = {stale.value}"
    times = f" ({stale.count} times)" if stale.count > 1 else ""
    where = stale.path or stale.site or "the run"
    found = f"{stale.rule}{what and f', {what}'}{value} in {where}{times}"
    return f"the baseline lists {found}, which nothing matches any more; --prune-baseline removes it"
