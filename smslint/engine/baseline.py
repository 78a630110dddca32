"""The baseline: findings that are known, so that only new ones are reported.

A finding is known by its content (file, rule, site, component, setting, value), never by its line, and by
how many like it there are: of one more than the baseline counts, one shows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from smslint.config.errors import UnusableError
from smslint.config.settings import relative
from smslint.engine.suppression import suppressed
from smslint.files.walk import UnusablePathError, read_bytes
from smslint.files.write import create_file
from smslint.report import Report, ReportedFinding, Suppressed


class UnusableBaselineError(UnusableError):
    """A baseline file that cannot be read. Its text names the file and says why."""


class Known(BaseModel):
    """Findings that are alike. ``path`` is relative to the baseline file."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    path: str | None
    rule: str
    site: str | None
    component: str | None
    setting: str | None
    value: int | str | None
    subject: str = ""
    """What tells a symptom of a log from others of its rule."""
    count: Annotated[int, Field(ge=1)] = 1

    @property
    def content(self) -> Known:
        """What makes findings alike: all but their number."""
        return self.model_copy(update={"count": 1})


class _File(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    findings: tuple[Known, ...] = ()


class Baseline:
    """The findings that are known, and the folder their paths start from."""

    def __init__(self, path: str, known: Iterable[Known] = ()) -> None:
        """A baseline that stands, or will stand, at ``path``."""
        self.path = path
        self._folder = Path(path).parent
        self._relative = cache(partial(relative, folder=self._folder))
        self._known = Counter[Known]()
        for each in known:
            self._known[each.content] += each.count

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The baseline in a file. Raises `UnusableBaselineError`."""
        try:
            return cls(path, _File.model_validate_json(read_bytes(path)).findings)
        except UnusablePathError as error:
            raise UnusableBaselineError(f"{path}: {error}; --write-baseline makes a baseline") from error
        except ValidationError as error:
            raise UnusableBaselineError(
                f"{path}: is no baseline of smslint; write it again with --write-baseline"
            ) from error

    @classmethod
    def of(cls, findings: Iterable[ReportedFinding], path: str) -> Baseline:
        """A baseline for ``path`` in which these findings are known."""
        made = cls(path)
        made._known.update(map(made._content, findings))
        return made

    def filter(self, found: Iterable[ReportedFinding]) -> tuple[list[ReportedFinding], list[Suppressed]]:
        """The findings that are new, and those that are known."""
        left, fresh, known = Counter(self._known), list[ReportedFinding](), list[Suppressed]()
        for finding in found:
            content = self._content(finding)
            if left[content] > 0:
                left[content] -= 1
                known.append(suppressed(finding, "baseline", None))
            else:
                fresh.append(finding)
        return fresh, known

    def stale(self, report: Report) -> Iterator[Known]:
        """What matched nothing although its file was read (or is gone) and its rule ran."""
        matched = Counter(self._content(each) for each in report.suppressed if each.by == "baseline")
        read = {self._relative(each.path) for each in report.inputs}
        ran = {rule.code for rule in report.rules}
        for content, count in self._known.items():
            missing = count - matched[content]
            path = content.path
            looked = path is None or path in read or not (self._folder / path).exists()
            if missing > 0 and looked and content.rule in ran:
                yield content.model_copy(update={"count": missing})

    def without(self, stale: Iterable[Known]) -> Baseline:
        """The baseline less what is stale."""
        pruned = Baseline(self.path)
        pruned._known = self._known - Counter({each.content: each.count for each in stale})
        return pruned

    def write(self, inputs: Iterable[str] = ()) -> None:
        """Write the file whole, sorted so that it changes as little as the findings do.

        Raises OSError, also where the file is one of the ``inputs`` or an export.
        """
        known = [content.model_copy(update={"count": count}) for content, count in self._known.items()]
        lines = sorted(
            json.dumps(each.model_dump(exclude=None if each.subject else {"subject"})) for each in known
        )
        body = ",\n    ".join(lines)
        text = '{\n  "schema_version": 1,\n  "findings": [' + (f"\n    {body}\n  " if body else "") + "]\n}\n"
        create_file(Path(self.path), text.encode("ascii"), inputs=inputs)

    def _content(self, finding: ReportedFinding) -> Known:
        return Known(
            path=None if finding.path is None else self._relative(finding.path),
            rule=finding.rule,
            site=finding.site,
            component=finding.component,
            setting=finding.setting,
            value=finding.value,
            subject=finding.subject,
        )


def stale_note(stale: Known) -> str:
    """A stale part of a baseline, in words."""
    what = [stale.rule, *(part for part in (stale.site, stale.component, stale.setting) if part)]
    value = "" if stale.value is None else f" = {stale.value}"
    times = f" ({stale.count} times)" if stale.count > 1 else ""
    where = stale.path or "the run"
    return f"the baseline knows {' '.join(what)}{value} in {where}{times}, which nothing matches any more"
