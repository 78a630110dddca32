"""The sources: bytes to an `Export`, each value with the span it was read from.

A source is a module with two functions: ``recognises(head)``, which looks at the first characters of an
input (formats declare themselves by content, never by file name), and ``read(document, given)``, which
never raises on any content: what it cannot make sense of becomes a `Defect`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module
from typing import Any, BinaryIO, Final, Protocol

from smslint.schema.export import Defect, Export
from smslint.schema.version import ProductVersion
from smslint.sources.limits import HEAD_BYTES, INPUT_BYTES
from smslint.sources.refusals import refused, refused_binary
from smslint.sources.registry import reader as registry_reader
from smslint.sources.registry.pieces import Piece, TooLongError
from smslint.sources.registry.syntax import Operation, Script
from smslint.sources.text import Document, code_page_of, well_formed


class Source(Protocol):
    """What a module that reads one format has."""

    __name__: str
    CODE_PAGE: str

    def recognises(self, head: str) -> bool:
        """Whether an input that begins with ``head`` is of this format."""

    def read(self, document: Document, given: ProductVersion | None) -> Export:
        """The export in ``document``; ``given`` is the version the user named."""


_WMI: Final = ("json", "clixml", "csv", "mof", "listing")
_READERS: Final = (
    "registry.reader",
    "registry.query",
    "sitecontrol.reader",
    *(f"wmi.{name}" for name in _WMI),
)
"""The modules that read a format, in the order in which they are asked. One is imported when it is asked."""


def read(
    data: bytes,
    path: str,
    *,
    encoding: str | None = None,
    given: ProductVersion | None = None,
    whole: Callable[[], BinaryIO] | None = None,
) -> Export:
    """Read one input of any known format.

    ``encoding`` is the code page of text without a byte order mark, ``given`` the product version the
    user named. ``whole`` opens a file of more than `INPUT_BYTES` bytes, the first of which are ``data``:
    a registry export is then read in pieces. Raises LookupError for an encoding Python does not know, and
    OSError where ``whole`` cannot be read.
    """
    if whole is not None and registry_reader.recognises(_head(data, path, encoding)):
        return _in_pieces(whole, data, path, encoding or registry_reader.CODE_PAGE, given)
    if whole is not None or len(data) > INPUT_BYTES:
        limit = f"larger than the {INPUT_BYTES >> 20} MiB smslint reads"
        if whole is None and registry_reader.recognises(_head(data, path, encoding)):
            instead = "name a file, which may be larger, or export the SMS key alone"
            return _refused(path, f"standard input is {limit} from it: {instead}")
        return _refused(path, f"the file is {limit}: export the SMS key alone")
    if refusal := refused_binary(path, data):
        return refusal
    beginning = Document(data[:HEAD_BYTES], path, fallback=encoding or registry_reader.CODE_PAGE)
    head = beginning.text
    for source in _sources():
        if source.recognises(head):
            usual = source.CODE_PAGE
            of_registry = source.__name__.startswith(f"{__name__}.registry.")
            guessed = usual if of_registry else code_page_of(data, usual)
            is_all = of_registry and len(data) <= HEAD_BYTES
            document = beginning if is_all else Document(data, path, fallback=encoding or guessed)
            export = _described(source.read(document, given), document)
            # Whatever is asked of it later is in its text.
            document.data = b""
            return export
    return refused(path, data, head)


def _in_pieces(
    whole: Callable[[], BinaryIO], data: bytes, path: str, fallback: str, given: ProductVersion | None
) -> Export:
    with ExitStack() as files:
        try:
            first = Piece.first(lambda: files.enter_context(whole()), path, fallback)
            export = registry_reader.read(first, given)
            return _described(export, Document(data[:HEAD_BYTES], path, fallback=fallback))
        except TooLongError as error:
            return _refused(path, f"{error}, as no export has: export the SMS key alone")


def recognises(data: bytes, path: str) -> bool:
    """Whether an input declares itself, with its first `HEAD_BYTES` bytes, as an export of a known format."""
    head = _head(data, path, None)
    return any(source.recognises(head) for source in _sources())


def _sources() -> Iterator[Source]:
    for name in _READERS:
        module: Any = import_module(f"smslint.sources.{name}")
        yield module


def shows_settings(data: bytes, path: str) -> bool:
    """Whether the first `HEAD_BYTES` bytes of an input show settings of a site, in words of its own."""
    head = _head(data, path, None)
    source = next((each for each in _sources() if each.recognises(head)), None)
    if source is None or not source.__name__.startswith(f"{__name__}.wmi."):
        return source is not None
    from smslint.sources.wmi.dump import speaks_of_sending

    return speaks_of_sending(head)


def _head(data: bytes, path: str, encoding: str | None) -> str:
    return Document(data[:HEAD_BYTES], path, fallback=encoding or registry_reader.CODE_PAGE).text


def _described(export: Export, document: Document) -> Export:
    """The export, with what it holds where it holds no site; ``document`` is it or its beginning."""
    if export.format and not export.sites and not any(each.costly for each in export.defects):
        from smslint.sources import strangers

        export = replace(export, defects=(*export.defects, strangers.described(export, document)))
    return _with_one_cut(export)


def _with_one_cut(export: Export) -> Export:
    """The export with what is to be said of its end said once, by who knows best what was cut."""
    cuts = [each for each in export.defects if each.kind == "truncated"]
    if len(cuts) < 2:
        return export
    return replace(export, defects=tuple(each for each in export.defects if each not in cuts[:-1]))


def raw(data: bytes, path: str, *, encoding: str | None = None) -> dict[str, Any] | None:
    """What regedit would do with a registry export, key by key, as ``show --raw`` prints it; None for others.

    Raises LookupError for an encoding Python does not know.
    """
    if len(data) > INPUT_BYTES:
        return None
    document = Document(data, path, fallback=encoding or registry_reader.CODE_PAGE)
    if not registry_reader.recognises(document.text[:HEAD_BYTES]):
        return None
    script = Script(document)
    return {
        "path": well_formed(path),
        "format": "registry",
        "encoding": document.encoding,
        "header": script.header,
        "operations": [_operation(each) for each in script.operations()],
    }


def _operation(operation: Operation) -> dict[str, Any]:
    of_value, sets = operation.op in ("set", "delete_value"), operation.op == "set"
    return {
        "op": operation.op,
        "key": operation.key,
        "name": operation.name if of_value else None,
        "type": operation.type if sets else None,
        "data_hex": operation.data.hex() if sets and not operation.hidden else None,
        "hidden": operation.hidden,
        "line": operation.line,
    }


def _refused(path: str, reason: str) -> Export:
    return Export(path, None, None, defects=(Defect("malformed", reason, costly=True),))
