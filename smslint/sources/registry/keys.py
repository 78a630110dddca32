"""What regedit would leave of a file's operations: keys and values, merged in their order.

The last one wins, names and keys ignore letter case, and a deleted key takes its subkeys along. Keys are
kept by their whole path, not as a tree, so that they cost no more than the text they come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from smslint.schema.export import Defect
from smslint.sources.defects import Defects
from smslint.sources.limits import (
    REGISTRY_EARLIER_VALUES,
    REGISTRY_KEY_LEVELS,
    REGISTRY_KEYS,
    REGISTRY_SECTIONS,
)
from smslint.sources.registry.grammar import ONE_OF_MANY, SMS_KEY
from smslint.sources.registry.syntax import Operation, Run

ValueName = tuple[str, str]
"""A key and the name of a value, both in lower case."""


@dataclass(slots=True)
class Key:
    """A key as regedit would leave it: the line that opens it, and its values by name in lower case."""

    opened: Operation
    since: int
    earlier: dict[str, list[Operation]] = field(default_factory=dict)
    _values: dict[str, Operation] = field(default_factory=dict)
    _unread: Run | None = None

    @property
    def values(self) -> dict[str, Operation]:
        """The values by their names in lower case; of most keys nobody asks for them."""
        if self._unread:
            run, self._unread = self._unread, None
            self._values = {operation.name.lower(): operation for operation in run.operations()}
        return self._values

    def add(self, run: Run) -> None:
        """Set the values of a run."""
        if run.distinct and not self.values:
            self._unread = run
        else:
            for operation in run.operations():
                self.set(operation)

    def values_among(self, names: frozenset[str]) -> Mapping[str, Operation]:
        """The values, where one has any of these names, in lower case and without \\ or "; else none."""
        return {} if self._unread and self._unread.names.isdisjoint(names) else self.values

    def set(self, operation: Operation) -> None:
        """Set a value, and remember what it overrides."""
        name, values = operation.name.lower(), self.values
        if name in values:
            self.earlier.setdefault(name, []).append(values[name])
            del self.earlier[name][:-REGISTRY_EARLIER_VALUES]
        values[name] = operation

    def delete(self, name: str) -> None:
        """Delete a value, if it is there."""
        self.values.pop(name.lower(), None)
        self.earlier.pop(name.lower(), None)


class Keys:
    """The keys of a file, while its operations are applied one by one."""

    def __init__(self) -> None:
        """Begin with an empty registry."""
        self._keys: dict[str, Key] = {}
        self._deleted: dict[str, int] = {}
        self._applied = 0
        self._open: Key | None = None
        self._sections: int | None = None

    def apply(self, operations: Iterable[Operation | Run], defects: Defects) -> None:
        """Apply operations in their order, up to `REGISTRY_KEYS` keys and `REGISTRY_SECTIONS` to be read."""
        for self._applied, operation in enumerate(operations, 1):
            if isinstance(operation, Run):
                if self._open:
                    self._open.add(operation)
            elif operation.op == "delete_key":
                self._deleted[operation.key.lower()] = self._applied
            elif operation.op == "create_key":
                if too_many := self._create(operation):
                    message = f"smslint reads {too_many} of a file, not the rest: export the key of one site"
                    defects.append(Defect("malformed", message, operation.span, costly=True))
                    return
            elif self._open and operation.op == "set":
                self._open.set(operation)
            elif self._open:
                self._open.delete(operation.name)

    def _create(self, operation: Operation) -> str | None:
        """Open a key. Return what there is too much of where it would be one too many."""
        folded = operation.key.lower()
        self._open = None
        if folded.count("\\") > REGISTRY_KEY_LEVELS:
            return None
        self._open = self._keys.get(folded)
        if self._open is None:
            if len(self._keys) >= REGISTRY_SECTIONS and self._counted(folded) > REGISTRY_SECTIONS:
                return f"{REGISTRY_SECTIONS:,} senders, addresses, threads and traced components"
            if len(self._keys) >= REGISTRY_KEYS:
                return f"{REGISTRY_KEYS:,} SMS keys"
        if self._open is None or (self._deleted and self._open.since < self._deleted_at(folded)):
            self._open = self._keys[folded] = Key(operation, self._applied)
        return None

    def _counted(self, folded: str) -> int:
        """How many of the keys, with one more, are such as rules look at one by one."""
        if self._sections is None:
            self._sections = sum(ONE_OF_MANY.fullmatch(key) is not None for key in self._keys)
        self._sections += ONE_OF_MANY.fullmatch(folded) is not None
        return self._sections

    def _deleted_at(self, folded: str) -> int:
        """When the key, or one above it, was deleted last; 0 for never."""
        ends = (*(at.start() for at in re.finditer(r"\\", folded)), len(folded))
        return max(self._deleted.get(folded[:end], 0) for end in ends)

    def living(self) -> Iterator[tuple[str, Key]]:
        """The keys that stand at the end, each with its path in lower case."""
        if not self._deleted:
            return iter(self._keys.items())
        return (each for each in self._keys.items() if each[1].since >= self._deleted_at(each[0]))

    def below_sms(self) -> list[dict[str, Key]]:
        """The keys below each SMS key, by their path from there in lower case; the native one first."""
        found: dict[str, dict[str, Key]] = {}
        above = ""
        for folded, key in self.living():
            if not (above and folded.startswith(above)):
                sms = SMS_KEY.match(folded)
                above = sms[0].rstrip("\\") + "\\" if sms else ""
            if above:
                found.setdefault(above[:-1], {})[folded[len(above) :]] = key
        return [found[sms] for sms in sorted(found)]

    def report_set_twice(
        self, defects: Defects, read: Callable[[], Mapping[ValueName, tuple[str, str | None]]]
    ) -> None:
        """Report every value that is set more than once, at the line that counts.

        ``read`` gives the values that were read: the field's name, and the component it belongs to.
        """
        twice = [(folded, key) for folded, key in self.living() if key.earlier]
        settings = read() if twice else {}
        for folded, key in twice:
            for name, earlier in key.earlier.items():
                if defects.flooded("set-twice", costly=False):
                    defects.count_only("set-twice", costly=False)
                    continue
                last = key.values[name]
                same = all((each.type, each.data) == (last.type, last.data) for each in earlier)
                effect = (
                    "every time to the same data" if same else "and regedit leaves what is set last, here"
                )
                setting, component = settings.get((folded, name), (None, None))
                defects.append(
                    Defect(
                        "set-twice",
                        f"{last.name or 'the default value'} is set more than once in this file, {effect}: "
                        "keep one of the lines",
                        last.span,
                        related=tuple((each.span, "set here before") for each in earlier),
                        setting=setting,
                        component=component,
                        subject=f"{key.opened.key}\\{last.name}",
                    )
                )
