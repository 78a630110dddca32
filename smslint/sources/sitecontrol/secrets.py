"""What of a site control file must not be shown: accounts, passwords, keys, and what they were encrypted to.

Where the layout is proven (SMS 1.x) secrets go by their position; elsewhere by the name of the property or
block, and by shape. In doubt more is hidden than need be: nothing hidden is ever stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from smslint.sources.secrets import HIDDEN, Redactor, Stretch, is_secret, merged, overlaps
from smslint.sources.sitecontrol.parts import Block, Field, Statement

_BLOCKS_WITH_SECRETS: Final = ("SITE_ACCOUNT", "SITE_DEFINITION", "ADDRESS")
_SITE_ACCOUNT_SECRETS: Final = frozenset((8, 9, 10, 12, 13, 15))
"""Service account, its password and key, SQL login, its password and key, counted from 0."""
_SITE_ACCOUNT_PUBLIC: Final = 7
"""Site type, code, parent, server, domain, name and directory: fields of SITE_ACCOUNT that may be shown."""
_SITE_DEFINITION_PUBLIC: Final = 3
"""Number, site code and site name; the meaning of the rest is not known."""

_CIPHER = re.compile(r"[0-9A-Fa-f]{32,}")
_UP_TO_BRACKET = re.compile(r"[^<>{}\r\n]*")
_CIPHER_START = re.compile(r"[0-9A-F]{16}", re.IGNORECASE)
_DIRECTORY = re.compile(r"[A-Z]:\\", re.IGNORECASE)
_QUALIFIED = re.compile(r"[\w.-]+\\[\w.$@ -]+")
_ADDRESS_PART = re.compile(r"MS_\w+|[A-Z0-9]{3}|[0-9]{1,3}", re.IGNORECASE | re.ASCII)
_HEX_DIGITS: Final = frozenset("0123456789ABCDEFabcdef")
_GROUP = re.compile(r"\{([^{}]*)\}")
_UNC = re.compile(r"\s*\\\\(\\*[^\\\s]*)(?:\\+([^\\\s]*))?")


@dataclass(frozen=True, slots=True)
class AddressString:
    """Where the parts of ``({gateway}{\\\\SERVER\\SHARE cipher})`` stand; None for a part that is missing."""

    gateway: Stretch | None
    server: Stretch | None
    share: Stretch | None
    rest: tuple[Stretch, ...]
    """What is left: account and password."""

    @classmethod
    def of(cls, string: Field, text: str) -> AddressString:
        """Take an address string apart."""
        groups = [match.span(1) for match in _GROUP.finditer(text, string.start, string.end)][:2]
        if len(groups) < 2:
            return cls(None, None, None, ((string.start, string.end),))
        (start, end), (path, path_end) = groups
        gateway_end = start + len(_clear(text[start:end]))
        unc = _UNC.match(text, path, path_end)
        if not unc:
            return cls((start, gateway_end), None, None, ((gateway_end, end), (path, path_end)))
        share = unc.span(2) if unc[2] is not None else None
        if share:
            share = (share[0], share[0] + len(_clear(unc[2])))
        rest = share[1] if share else unc.end()
        return cls((start, gateway_end), unc.span(1), share, ((gateway_end, end), (rest, path_end)))


def _clear(text: str) -> str:
    """Return what stands before the first cipher or ``DOMAIN\\user``."""
    cipher = _CIPHER_START.search(text)
    clear = text[: cipher.start()] if cipher else text
    if "\\" in clear:
        clear = clear[: max(clear.rfind(" ", 0, clear.index("\\")), 0)]
    return clear.rstrip()


class SiteControlRedactor(Redactor):
    """Remembers what must not be shown of a text, and how many secrets that were."""

    def __init__(self) -> None:
        """Begin with nothing hidden."""
        super().__init__()
        self._secrets: list[Stretch] = []
        self._schedules: list[Stretch] = []
        self.secrets: list[Stretch] = []
        """Where the secrets stand, once `hide_ciphers` was called."""

    def junk(self, start: int, end: int, block: Block | None) -> None:
        """Hide what could not be read in a block that is known for secrets."""
        if block is None or not (
            block.name in _BLOCKS_WITH_SECRETS or _is_secret_block(block.name) or is_secret(block.label)
        ):
            return
        self.hide(start, end)

    def note(self, statement: Statement, block: Block | None, text: str) -> None:
        """Look through a statement that stands in ``block``."""
        fields, keyword = statement.fields, statement.keyword
        if keyword == "PROPERTY":
            if fields and is_secret(fields[0].text):
                number = fields[3:4] if fields[3:] and fields[3].text.isdigit() else []
                for field in (each for each in fields[1:] if each not in number):
                    self._secret(field, certain=not field.text.startswith("REG_"))
        elif keyword == "TRANSACTION":
            if "@" in statement.word or is_secret(statement.word):
                for field in fields[2:]:
                    self._secret(field)
        elif keyword == "ADDRESS":
            string = statement.string or (fields[4] if len(fields) > 4 else None)
            for start, end in AddressString.of(string, text).rest if string else ():
                self.hide(start, end)
                if text[start:end].strip():
                    self._secrets.append((start, end))
            for field in fields[5:]:
                self._secret(field)
        elif keyword == "OUTBOX":
            self._schedules += [field.at for field in fields[3:4] if _is_schedule(field.text)]
        elif not keyword and block is not None:
            for position, field in enumerate(fields, block.bare):
                self._member(field, position, block)

    def _member(self, field: Field, position: int, block: Block) -> None:
        """Look at a bare field by its position in a block of known layout, else by the block's name."""
        if block.name == "SITE_ACCOUNT":
            if position >= _SITE_ACCOUNT_PUBLIC or _CIPHER.search(field.text):
                self._secret(field, certain=position in _SITE_ACCOUNT_SECRETS)
        elif block.name == "SITE_DEFINITION":
            if position >= _SITE_DEFINITION_PUBLIC and not _DIRECTORY.match(field.text):
                self._secret(field, certain=_looks_secret(field.text))
        elif block.name == "ADDRESS":
            if not _ADDRESS_PART.fullmatch(field.text):
                self._secret(field, certain=_looks_secret(field.text))
        elif _is_secret_block(block.name):
            self._secret(field, certain=not field.text.isdigit())
        elif is_secret(block.label if position and block.label else field.text.partition("=")[0]):
            self._secret(field)

    def _secret(self, field: Field, *, certain: bool = True) -> None:
        if field.text:
            self.hide(field.start, field.end)
            if certain:
                self._secrets.append((field.start, field.end))

    def hide_ciphers(self, text: str) -> None:
        """Hide the ciphers that stand anywhere else; from now on `display` may be asked."""
        self._schedules.sort()
        hidden_to = 0
        for match in _CIPHER.finditer(text):
            if not overlaps(self._schedules, *match.span()) and len(set(match[0].upper())) > 2:
                self._secrets.append(match.span())
                if match.end() > hidden_to:
                    # A damaged cipher may go on behind what is no hex digit.
                    rest = _UP_TO_BRACKET.match(text, match.end())
                    hidden_to = rest.end() if rest else match.end()
                    self.hide(match.start(), hidden_to)
        self.secrets = merged(self._secrets)

    def display(self, field: Field) -> str:
        """Return what may be shown of a field: all of it or, where any is hidden, nothing."""
        at = field.at
        hidden = self.hides(*at) or _CIPHER.search(field.text)
        return HIDDEN if hidden and not overlaps(self._schedules, *at) else field.text


@lru_cache(maxsize=64)
def _is_secret_block(name: str) -> bool:
    """Whether a block, such as USER_LIST, is of what a setting of the same name would hide."""
    return any(is_secret(word.removesuffix("S")) for word in name.split("_"))


def _looks_secret(text: str) -> bool:
    """Whether text is a cipher or an account."""
    return bool(_CIPHER.search(text) or _QUALIFIED.fullmatch(text))


def _is_schedule(digits: str) -> bool:
    """Whether a field can be a schedule: neighbouring hours are often alike, digits of a cipher are not."""
    kinds = set(digits)
    if len(kinds) <= 2 or not kinds <= _HEX_DIGITS:
        return len(kinds) <= 2
    changes = list(accumulate((hour != before for before, hour in pairwise(digits)), initial=0))
    return all(after - before <= 20 for before, after in zip(changes, changes[31:], strict=False))
