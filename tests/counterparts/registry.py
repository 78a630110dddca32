"""A registry small enough to be trusted: what keys and values stand after some operations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Value = tuple[int, bytes]  # registry type and raw data
Flat = dict[str, dict[str, Value]]  # path below some key -> name -> value; "" for the key and default value


@dataclass
class Key:
    """A key; names compare without letter case and keep their first spelling."""

    name: str = ""
    keys: dict[str, Key] = field(default_factory=dict)
    values: dict[str, tuple[str, Value]] = field(default_factory=dict)

    def create(self, path: str) -> Key:
        key = self
        for name in path.split("\\"):
            key = key.keys.setdefault(name.lower(), Key(name))
        return key

    def find(self, path: str) -> Key | None:
        key: Key | None = self
        for name in path.split("\\"):
            key = key.keys.get(name.lower()) if key else None
        return key

    def delete(self, path: str) -> None:
        parent, _, name = path.rpartition("\\")
        key = self.find(parent) if parent else self
        if key:
            key.keys.pop(name.lower(), None)

    def set(self, name: str, value: Value) -> None:
        spelling, _ = self.values.get(name.lower(), (name, value))
        self.values[name.lower()] = (spelling, value)

    def flat(self) -> Flat:
        flat = {"": dict(self.values.values())}
        for key in self.keys.values():
            # A key without a name is no key; it must not pass for its parent.
            name = key.name or "(no name)"
            flat |= {f"{name}\\{below}" if below else name: values for below, values in key.flat().items()}
        return flat


def fold(operations: Iterable[Mapping[str, Any]]) -> Key:
    """Apply what `smslint show --raw` reports to an empty registry, in order."""
    registry = Key()
    for operation in operations:
        op, path = operation["op"], operation["key"]
        if op == "create_key":
            registry.create(path)
        elif op == "delete_key":
            registry.delete(path)
        elif op == "set":
            value = (operation["type"], bytes.fromhex(operation["data_hex"]))
            registry.create(path).set(operation["name"], value)
        elif op == "delete_value":
            registry.create(path).values.pop(operation["name"].lower(), None)
        else:
            raise AssertionError(f"unknown operation {op!r}")
    return registry


def subtree(registry: Key, path: str) -> Flat:
    """Return what stands at a path; nothing, not even an empty key, if the path does not exist."""
    key = registry.find(path)
    return key.flat() if key else {}


def readable(flat: Flat) -> dict[str, str]:
    """Return a tree in a form whose differences pytest shows well."""
    return {
        f"{path} | {name}": f"{kind:x}:{data.hex(' ')}"
        for path, values in flat.items()
        for name, (kind, data) in [*values.items(), ("(key)", (0, b""))]
    }
