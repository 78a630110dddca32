r"""The patterns of a .reg file's lines.

The grammar is that of the knowledge base (the .reg format, sections 1, 2 and 4). Every pattern is repeated
possessively or within bounds, since Python keeps something for every other repetition, and none can try one
stretch twice: a file may be 32 MiB of anything.
"""

from __future__ import annotations

import re
from typing import Final

from smslint.sources.expression import expression

ROOTS: Final = ("CLASSES_ROOT", "CURRENT_USER", "LOCAL_MACHINE", "USERS", "CURRENT_CONFIG", "DYN_DATA")
ROOT_NAMES: Final = {f"HKEY_{root}" for root in ROOTS}

_BELOW_ROOT: Final = r"\\SOFTWARE\\(?:Wow6432Node\\)?Microsoft\\SMS"
_SMS: Final = rf"HKEY_LOCAL_MACHINE{_BELOW_ROOT}"
SMS_KEY: Final = expression(rf"{_SMS}(?:\\|\Z)", re.IGNORECASE | re.ASCII)
ONE_OF_MANY: Final = expression(
    rf"{_SMS}\\(?:components\\[^\\]*sender|components\\sms_executive\\threads\\[^\\]+|tracing\\[^\\]+"
    r"|sites\\[^\\]+\\addresses\\[^\\]+\\[^\\]+)",
    re.IGNORECASE | re.ASCII,
)
"""The keys of which a site has many and that may be read: senders, threads, traced components, addresses."""
SMS_LINE: Final = expression(rf"[\r\n][ \t]*\[-?{_SMS}[\\\]]", re.IGNORECASE | re.ASCII)
LIKE_SMS: Final = expression(
    r"SOFTWARE[\\/]+(?:Wow6432Node[\\/]+)?Microsoft[\\/]+SMS(?![\w ])", re.IGNORECASE | re.ASCII
)
"""An SMS key however it is spelled, for what is said of lines that regedit does not take for keys."""

_BLANK: Final = r"[ \t\r\n]++|[;#][^\r\n]*+[\r\n]*+"
_JUNK: Final = r"[^\[\"@;#\-H \t\r\n=][^=\r\n]*+(?:[\r\n]++|\Z)"
RUN_OF_BLANKS: Final = expression(rf"(?:{_BLANK})*+")
RUN_OF_NOTHING: Final = expression(rf"(?:{_BLANK}|{_JUNK})*+")

_TEXT: Final = r"[^\"\\\r\n\0]*+(?:\\[\"\\][^\"\\\r\n\0]*+)*+"
_BYTE: Final = "[0-9a-fA-F][0-9a-fA-F],"
_BYTES: Final = rf"(?:{_BYTE * 5})*+(?:{_BYTE})*+"
# Unrolled, a full line as regedit wraps it costs half.
_BYTE_LINES: Final = rf"(?:{_BYTE}{_BYTES}\\\r?\n(?:  {_BYTE * 25}\\\r\n)*+[ \t]*+)*+"
_ROOT: Final = rf"(?:HKEY_LOCAL_MACHINE|(?i:HKEY_(?:{'|'.join(ROOTS)})))"
_BELOW: Final = r"(?:\\[^\\\]\r\n\0]++)*+"
_KEY: Final = rf"\[(?P<key>{_ROOT}(?!(?i:{_BELOW_ROOT})[\\\]]){_BELOW})\]"
_REMARK: Final = r"[;#](?![ \t]*smslint:)[^\r\n\0]*+"
_IGNORED: Final = r"[^\[\"@;#\-H \t\r\n=\0][^=\r\n\0]*+"


def _value(name: str, data: str, type_: str) -> str:
    """A value whose parts go into groups of these names, or none."""
    return (
        rf"(?:\"({name}{_TEXT})\"|@)=({data}\"{_TEXT}\"|dword:[0-9a-fA-F]{{1,8}}+"
        rf"|hex(?:\(({type_}[0-9a-f]{{1,8}}+)\))?:{_BYTE_LINES}{_BYTES}[0-9a-fA-F]{{2}})"
    )


RUN_OF_HEALTH: Final = expression(
    rf"(?:{_value('?:', '?:-|', '?:')}\r?\n|\r?\n|{_KEY}\r?\n|[ \t]++|{_REMARK}\r?\n|{_IGNORED}\r?\n)*+",
    re.ASCII,
)
"""Lines outside of the SMS keys that regedit surely takes as they are meant.

There is no NUL in them, no CR but before an LF, and no comment to smslint.
"""
_SURE_SMS_KEY: Final = rf"\[(?P<key>(?i:{_SMS}){_BELOW})\](?:\r?\n)++"
SURE_SMS_KEY: Final = expression(_SURE_SMS_KEY, re.ASCII)
SURE_VALUE: Final = expression(rf"{_value('?P<name>', '?P<data>', '?P<type>')}(?:\r?\n)++", re.ASCII)
SURE_SMS_LINES: Final = expression(
    rf"(?:{_SURE_SMS_KEY})?+(?P<values>(?:{_value('?:', '?:', '?:')}(?:\r?\n)++)*+)", re.ASCII
)
"""A key and all its values, or only values, as far as `SURE_SMS_KEY` and `SURE_VALUE` take them."""
SURE_NAME: Final = expression(rf"\n(?:\"({_TEXT})\"|@)=")
"""The name of each value in such lines, with the line end before it."""

LINE: Final = expression(r"[^\r\n]*")
END: Final = expression(r"[ \t]*(?:;[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
NAME: Final = expression(r"(?:@|\"(?P<name>[^\"\\\r\n]*(?:\\[^\r\n][^\"\\\r\n]*){0,16383})\")[ \t]*=[ \t]*")
CUT_NAME: Final = expression(r"(?:@|\"[^\"\\\r\n]*(?:\\[^\r\n][^\"\\\r\n]*){0,16383}\\?\"?)[ \t]*")
STRING_RUN: Final = expression(r"[^\"\\]*(?:\\.[^\"\\]*){0,1000}", re.DOTALL)
DWORD: Final = expression(r"dword:[ \t]*(?P<digits>[0-9a-fA-F]*)")
SHORT_DWORD: Final = expression(r"=dword:[0-9a-fA-F]{1,7}[ \t]*[\r\n;]")
FULL_DWORD: Final = expression(r"=dword:[0-9a-fA-F]{8}[ \t]*[\r\n;]")
HEX: Final = expression(r"hex(?:\((?P<type>[0-9a-fA-F]{1,8})\))?:")
CUT_HEX: Final = expression(r"hex\([0-9a-fA-F]{0,8}\)?")
BYTES: Final = expression(r"[0-9a-fA-FxX, \t]*")
CUT_BYTES: Final = expression(r"(?:,|(?:^|,)[ \t]*[0-9a-fA-F])$")
_COMMENT_AND_END: Final = r"[ \t]*(?:;[^\r\n]*)?(?:\r\n|\r|\n)"
_BLANK_LINES: Final = r"[ \t\r\n]*(?:;[^\r\n]*[\r\n][ \t\r\n]*){0,99}"
_JOINT: Final = rf"\\{_COMMENT_AND_END}{_BLANK_LINES}"
LINE_JOINT: Final = expression(_JOINT)
CONTINUED_BYTES: Final = expression(
    rf"(?:[0-9a-fA-FxX][0-9a-fA-FxX, \t]*,[ \t]*{_JOINT}(?=[0-9a-fA-F])){{1,500}}"
)
CONTINUATION: Final = expression(rf"\\(?:{_COMMENT_AND_END}|[ \t]*(?:;[^\r\n]*)?\Z)")
BETWEEN: Final = expression(_BLANK_LINES)
LAST_COMMENT: Final = expression(r"(?:;[^\r\n]*)?\Z")
NO_MORE: Final = expression(r"[\0\s\x1a]*\Z")
LIKE_VALUE: Final = expression(r"[^=\r\n]*=[ \t]*(?:\"|dword:|hex[:(]|-[ \t]*$)")
LIKE_KEY: Final = expression(r"-?HK(?:EY_|LM\b|CU\b|CR\b|U\b|CC\b)", re.ASCII)
LINE_END: Final = expression(r"\r\n|\r|\n")
KEY_LINE: Final = expression(r"(?:^|(?<=[\r\n]))[ \t]*\[")
TO_SMSLINT: Final = expression(r"(?:^|(?<=[\r\n]))[ \t]*;[ \t]*smslint:[^\r\n]*")
