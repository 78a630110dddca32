r"""Registry exports (.reg): what regedit would leave below ``…\Microsoft\SMS``, read as sites.

The native key and that of 32-bit programs on 64-bit Windows (Wow6432Node) are two sites.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from typing import Any, Final, Protocol, TypeVar, get_args

from smslint.schema.address import Address
from smslint.schema.components import ExecutiveThread, Tracing
from smslint.schema.export import Comment, Export
from smslint.schema.identity import Identification, Setup
from smslint.schema.located import Located, RegistryValue
from smslint.schema.sender import Sender, is_sender
from smslint.schema.setting import Section, digits
from smslint.schema.site import Holding, Site
from smslint.schema.version import ANY, SMS_2_AND_LATER, ProductVersion
from smslint.sources.defects import Defects
from smslint.sources.limits import REGISTRY_UNDECLARED_VALUES
from smslint.sources.reading import read_section, resolve_product
from smslint.sources.registry.data import REG_DWORD, REG_EXPAND_SZ, REG_SZ, display, respelled
from smslint.sources.registry.header import REGEDIT
from smslint.sources.registry.keys import Key, Keys, ValueName
from smslint.sources.registry.syntax import Operation, Run, Script
from smslint.sources.text import Document

CODE_PAGE = "cp1252"
"""The code page of a file without a byte order mark, unless the user names another."""

_DECLARED: Final = re.compile(
    r"(?:[ \t\r\n]|[;#][^\r\n]*[\r\n])*(?:REGEDIT|Windows Registry Editor|\[-?HKEY_)", re.IGNORECASE
)
_SPELLED: Final = (REG_SZ, REG_EXPAND_SZ, REG_DWORD)
_OF_32_BIT: Final = "\\wow6432node\\"
_FROM_2_0: Final = replace(SMS_2_AND_LATER, basis="the key Wow6432Node")
"""Wow6432Node needs 64-bit Windows, on which SMS 1.x does not run."""
_SPELLING_CHECKED: Final = (Sender, Setup)
"""The sections in whose keys a misspelled name is looked for (SMS911)."""
_ADDRESSES: Final = re.compile(r"sites\\[^\\]+\\addresses(?=\\|\Z)")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")

S = TypeVar("S", bound=Section)


def recognises(head: str) -> bool:
    """Whether an input that begins with ``head`` declares itself as registry text, rightly or not."""
    return _DECLARED.match(head) is not None


def read(document: Document, given: ProductVersion | None) -> Export:
    """Read the sites of a registry export. ``given`` is the version the user named."""
    script = Script(document, only_sms=True)
    of_windows_3 = f"{document.path} is of Windows 3.1 and can hold no SMS settings"
    return read_operations(script, given, [of_windows_3] * (script.header == REGEDIT))


class RegistryText(Protocol):
    """A text that makes a registry: `Script`, or what ``reg query`` printed."""

    document: Document
    defects: Defects

    @property
    def editable(self) -> bool:
        """Whether values may be changed in the text."""

    @property
    def code_page(self) -> str | None:
        """The code page of string bytes; None where they are UTF-16LE."""

    @property
    def comments(self) -> Sequence[Comment]:
        """The comments that speak to smslint."""

    def parts(self) -> Iterable[Operation | Run]:
        """What makes the registry, in order; it can be gone through once."""


def read_operations(script: RegistryText, given: ProductVersion | None, notes: Iterable[str] = ()) -> Export:
    """Read the sites of the registry that a text makes."""
    document, notes = script.document, [*notes]
    keys = Keys()
    keys.apply(_whole(script), script.defects)
    roots = keys.below_sms()
    stated = [_stated_version(root) for root in roots]
    known = next((version for version in stated if version), None)
    readers = []
    for root, version in zip(roots, stated, strict=True):
        product, contradictions = resolve_product(_floored(version or known, root), given, document.path)
        notes += [note for note in contradictions if note not in notes]
        reader = _SiteReader(root, product, script)
        readers += [reader] if reader.parts else []
    sites = tuple(reader.site() for reader in readers)
    keys.report_set_twice(
        script.defects, lambda: {name: setting for site in sites for name, setting in _settings(site)}
    )
    return Export(
        document.path,
        "registry",
        document.encoding,
        sites,
        script.defects.closed(),
        sites[0].product if sites else (given or ANY),
        tuple(notes),
        tuple(script.comments),
    )


def _whole(script: RegistryText) -> Iterator[Operation | Run]:
    """The operations, but for a value that the end of the file cuts: nobody knows what it was."""
    for part in script.parts():
        # Behind each value of a run a line ends.
        ends = isinstance(part, Operation) and part.op == "set"
        if not (ends and _END.match(part.document.text, part.end) and _is_cut(script)):
            yield part


_END = re.compile(r"\0*\Z")


def _is_cut(script: RegistryText) -> bool:
    return any(defect.kind == "truncated" for defect in script.defects)


def _stated_version(root: Mapping[str, Key]) -> ProductVersion | None:
    """The version that Setup states, Full Version before Version; None where both say none that is known."""
    setup = root.get("setup")
    values = dict(_declared_values(Setup, setup)) if setup else {}
    for field in ("full_version", "version"):
        stated = values[field].meaning if field in values else None
        if isinstance(stated, str | int) and (version := ProductVersion.of_build(str(stated))):
            return version
    return None


def _floored(version: ProductVersion | None, root: Mapping[str, Key]) -> ProductVersion | None:
    """The version, no earlier than the place of the key allows."""
    if not any(_OF_32_BIT in key.opened.key.lower() for key in root.values()):
        return version
    return (version and version.refined(_FROM_2_0)) or _FROM_2_0


def _settings(site: Site) -> Iterator[tuple[ValueName, tuple[str, str | None]]]:
    """The registry values behind a site's settings: the field's name and its component."""
    for section in site.sections():
        for setting in section.settings():
            if setting.raw and (value := setting.raw.registry):
                yield (value.key.lower(), value.name.lower()), (setting.name, section.component)


class _SiteReader:
    """Reads the site below one SMS key; ``parts`` are its sections by the field of `Site` they belong to."""

    def __init__(self, keys: Mapping[str, Key], product: ProductVersion, script: RegistryText) -> None:
        self._keys = keys
        self._children = defaultdict[str, list[Key]](list)
        for path, each in keys.items():
            self._children[path.rpartition("\\")[0]].append(each)
        self._product = product
        self._script = script
        self._is_copy = product.within(SMS_2_AND_LATER)
        self.parts: dict[str, list[Section]] = {}
        for field, model, path in _single_keys():
            if key := keys.get(path):
                self._add(field, self._section(model, key))
        for name, key in self._below("components"):
            if is_sender(name):
                self._add("senders", self._sender(name, key))
        for name, key in self._below(r"components\sms_executive\threads"):
            self._add("threads", self._section(ExecutiveThread, key, name=name))
        for name, key in self._below("tracing"):
            self._add("tracings", self._section(Tracing, key, name=name))
        self._addresses = self._addresses_key()
        if self._addresses:
            for path, key in keys.items():
                if path.startswith(self._addresses + "\\") and path.count("\\") == 4:
                    self._add("addresses", self._address(key))

    def site(self) -> Site:
        """The site, with what its export could have told."""
        held: dict[Holding, bool] = {
            "identity": "identifications" in self.parts,
            "sender settings": self._has("components") and not self._is_copy,
            "addresses": self._addresses is not None and not self._is_copy,
        }
        if _is_cut(self._script):  # what stood behind the cut may hold the rest
            held["addresses"] = False
        parts: dict[str, Any] = {field: tuple(sections) for field, sections in self.parts.items()}
        return Site.model_construct(
            paths=(self._script.document.path,),
            product=self._product,
            holds=frozenset(holding for holding, holds in held.items() if holds),
            is_server_export=self._has("components") and self._has("sites") and not _is_cut(self._script),
            **parts,
        )

    def _add(self, field: str, section: Section) -> None:
        self.parts.setdefault(field, []).append(section)

    def _has(self, top: str) -> bool:
        """Whether a key right below SMS, or one below it, is in the export."""
        return any(path == top or path.startswith(top + "\\") for path in self._keys)

    def _below(self, path: str) -> Iterator[tuple[str, Key]]:
        """The keys right below another, with their names as spelled."""
        for key in self._children.get(path, ()):
            yield key.opened.key.rpartition("\\")[2], key

    def _addresses_key(self) -> str | None:
        """The site's own Addresses key. Without a known site code it is the only one there is, if it is."""
        paths = (path for path in self._keys if path.startswith("sites\\"))
        found = {m[0] for path in paths if (m := _ADDRESSES.match(path))}
        for identity in self.parts.get("identifications", ()):
            if isinstance(identity, Identification) and identity.site_code.value:
                own = rf"sites\{identity.site_code.value.lower()}\addresses"
                return own if own in found else None
        return found.pop() if len(found) == 1 else None

    def _sender(self, name: str, key: Key) -> Sender:
        read = (digits(value.meaning) for value in key.values.values())
        numbers = tuple(number for number in read if isinstance(number, int))
        return self._section(Sender, key, name=name, numbers=numbers, authoritative=not self._is_copy)

    def _address(self, key: Key) -> Address:
        destination = key.opened.key.split("\\")[-2]
        span = key.opened.span
        return self._section(Address, key, {"destination": Located(destination, span, destination)})

    def _section(
        self,
        model: type[S],
        key: Key,
        located: Mapping[str, Located] | None = None,
        *,
        authoritative: bool = True,
        **context: Any,
    ) -> S:
        """Read a section from the values of its key and what else was ``located`` for it."""
        raws = dict(located or {})
        for field, value in _declared_values(model, key):
            raws[field] = _located(value, self._script, authoritative)
        if model in _SPELLING_CHECKED:
            context["undeclared"] = tuple(islice(_undeclared(model, key), REGISTRY_UNDECLARED_VALUES))
        context |= {"span": key.opened.span, "key": key.opened.key, "product": self._product}
        return read_section(model, raws, self._script.defects, **context)


def _located(value: Operation, script: RegistryText, authoritative: bool) -> Located:
    make = partial(_whole_value, value, script, authoritative)
    return Located.of(value.meaning, make, authoritative=authoritative)


def _whole_value(value: Operation, script: RegistryText, authoritative: bool) -> Located:
    return Located(
        value.meaning,
        value.span,
        display(value.type, value.data),
        partial(_spell, value, script.code_page) if script.editable and value.type in _SPELLED else None,
        authoritative,
        RegistryValue(value.key, value.name, value.type, value.data),
    )


def _spell(value: Operation, code_page: str | None, new: int | str) -> str:
    """Another value in the form this one has in the file."""
    text = value.document.text
    line_end = _LINE_END.search(text, value.end) or _LINE_END.search(text)
    return respelled(
        new,
        text[value.start : value.end],
        value.type,
        column=value.start - value.document.line_at(value.start)[1],
        line_end=line_end[0] if line_end else "\r\n",
        code_page=code_page,
    )


def _undeclared(model: type[Section], key: Key) -> Iterator[Located]:
    """The names in a key that are no declared value's, each where its value stands."""
    _, known = _value_names(model)
    for folded, value in key.values.items():
        if folded not in known:
            yield Located.of(value.name, partial(_named, value))


def _named(value: Operation) -> Located:
    return Located(value.name, value.span, value.name)


def _declared_values(model: type[Section], key: Key) -> Iterator[tuple[str, Operation]]:
    """The fields of a section whose value is in a key, each with the value of its first name there."""
    fields, known = _value_names(model)
    if values := key.values_among(known):
        for field, names in fields:
            for name in names:
                if name in values:
                    yield field, values[name]
                    break


@cache
def _value_names(model: type[Section]) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], frozenset[str]]:
    """The fields of a section, each with the names of its value in lower case; and all names."""
    fields = tuple((field, tuple(map(str.lower, each.registry))) for field, each in model.declared())
    return fields, frozenset(name for _, names in fields for name in names)


@cache
def _single_keys() -> list[tuple[str, type[Section], str]]:
    """The sections of a site that one certain key holds, with the field they belong to, and its path."""
    return [
        (field, model, model.registry_key.lower())
        for field, info in Site.model_fields.items()
        for model in get_args(info.annotation)
        if isinstance(model, type) and issubclass(model, Section) and model.registry_key is not None
    ]
