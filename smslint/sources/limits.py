"""What is read of one input at most: the one table of limits, so that none costs more than 20 s and 1 GiB.

The last word of a name is its unit. What a limit cuts off is a finding (SMS901) where it could be a setting,
and is passed over in silence where it could not. `docs/limits.md` is made from this module.
"""

from __future__ import annotations

from typing import Final

INPUT_BYTES: Final = 32 * 1024 * 1024
"""Of any input but a file that is a registry export, which is only not edited beyond."""
HEAD_BYTES: Final = 1 << 16
"""Of the beginning of an input, by which it shows what format it has."""
STRANGER_CHARACTERS: Final = 1 << 20
"""Of an export without settings of a site, from which it is said what it holds instead."""
STRANGER_KEYS: Final = 10_000
"""Registry keys of such an export that are looked at."""
KEPT_DEFECTS: Final = 100
"""Defects of one kind and weight that are listed of one input; one more says how many others there are."""
EXCERPT_CHARACTERS: Final = 2000
"""Of a line that is shown; of a longer one those around the place are."""

REGISTRY_HEADER_CHARACTERS: Final = 1 << 20
"""Searched, under the header of Windows 3.1, for a line that opens a key, which that dialect has not."""
REGISTRY_SMS_BYTES: Final = 32 * 1024 * 1024
"""Below SMS keys of a larger file; what stands elsewhere is passed over at any size."""
REGISTRY_PIECE_BYTES: Final = 1 << 20
"""Of a larger file that are read at once."""
REGISTRY_LINE_CHARACTERS: Final = 1 << 26
"""Of one line or value of a larger file, which are held at once; behind a longer one nothing is read."""
REGISTRY_LINES: Final = 1_000_000
"""Logical lines that are looked at one by one; no export of an SMS key comes near."""
REGISTRY_QUERY_LINES: Final = 250_000
"""Lines of SMS keys in what `reg query` printed; the key of a site has a few thousand."""
REGISTRY_DATA_CHARACTERS: Final = 1 << 24
"""Of one value's data; a longer value is left out."""
REGISTRY_KEYS: Final = 400_000
"""SMS keys of one file; most hold nothing that is read."""
REGISTRY_SECTIONS: Final = 10_000
"""Senders, addresses, threads and traced components of one file, which rules look at one by one."""
REGISTRY_KEY_LEVELS: Final = 32
"""Levels of a key; keys nested deeper hold no setting."""
REGISTRY_EARLIER_VALUES: Final = 10
"""Earlier places that are named of a value that is set again and again: the last of them."""
REGISTRY_UNDECLARED_VALUES: Final = 100
"""Values of one key that are no setting's, and whose names are compared with those of settings (SMS911)."""
REGISTRY_COMMENTS: Final = 10_000
"""Comments to smslint of one file."""

SITE_CONTROL_CHARACTERS: Final = 4 * 1024 * 1024
"""Of one file; a larger one is not read: SMS 1.x itself stops at 681,000 (Q255262)."""
SITE_CONTROL_LINES: Final = 300_000
"""Of one file; no site control file has more."""
SITE_CONTROL_LINE_CHARACTERS: Final = 32_768
"""Of one line; a longer one is passed over."""
SITE_CONTROL_STATEMENTS: Final = 100_000
"""Blocks and statements of one file that are kept while its syntax is read."""
SITE_CONTROL_SECTIONS: Final = 20_000
"""Blocks and statements of one file that become settings."""
SITE_CONTROL_LEVELS: Final = 64
"""Blocks within blocks; those nested deeper are passed over."""
SITE_CONTROL_WRAPPED_LINES: Final = 64
"""Lines that one field may be broken into, as mail does it."""
SITE_CONTROL_FIELDS: Final = 64
"""Fields of one line; the rest of the line is left out."""
SITE_CONTROL_ROLES: Final = 100
"""Roles of one server."""

WMI_LINES: Final = 8_000_000
"""Lines of one dump: the place of each is kept, so that memory would run out with many more."""
WMI_SECTIONS: Final = 5_000
"""Components and addresses of one dump; the addresses of thousands of distribution points are fewer."""
WMI_VALUES: Final = 1_000_000
"""Values of one dump; two and a half thousand addresses with all their hours are fewer."""
WMI_LEVELS: Final = 200
"""Objects within objects; a site control file's dump needs six, PowerShell's deepest may write 100."""
WMI_ENVELOPES: Final = 1000
"""Outermost objects that are asked what wrote the dump, and whether it is one page of several."""
WMI_ESCAPES: Final = 1_000_000
"""Characters of one text that may be written by their number; what follows stays as it is."""
WMI_LISTING_BYTES: Final = 1 << 16
"""Of a list or table for the screen, whose values are lost anyway."""
WMI_TEXTS: Final = 100_000
"""Values of one dump that are read as MOF text; those of twenty sites are fewer."""
WMI_TEXT_CHARACTERS: Final = 1 << 20
"""Of such a text, up to which each value in it has its own place; in a longer one all stand where it does."""
MOF_PIECES: Final = 100_000
"""Quoted pieces that one text may be written in."""
CLIXML_DOCUMENTS: Final = 1000
"""Exports that were joined into one file."""
CLIXML_TAG_CHARACTERS: Final = 1 << 20
"""Of one tag: the parser would hold a larger one whole, many times over."""

LOG_BLOCK_BYTES: Final = 1 << 20
"""Of a log that are read at once; a line without an end is cut after as many characters."""
LOG_MESSAGE_CHARACTERS: Final = 4000
"""Of a message, or of what stands behind it, that are looked at; every signature ends long before."""
LOG_NAME_CHARACTERS: Final = 80
"""Of the name of a component that are kept; none is half as long."""
LOG_WRAPPED_LINES: Final = 12
"""Over which a record that was wrapped or pasted may stretch."""
LOG_METADATA_LINES: Final = 4
"""Over which the component, time and thread behind a message may stretch."""
LOG_METADATA_CHARACTERS: Final = 200
"""That these take."""
LOG_RECORD_LINES: Final = 500
"""After which a client's record that was opened is taken for one that lost its end."""
LOG_PIECE_CHARACTERS: Final = 2000
"""After which a pasted line is taken for several."""
LOG_STEPS: Final = 2_000_000
"""To put together what is wrapped, pasted or broken: one for each line of it, up to twenty for what may begin
or end a record. That is enough for 10 MB of pasted lines; behind them only whole records are read."""
LOG_THREADS: Final = 2000
"""Threads that are remembered at once; what came of older ones is settled."""
LOG_DESTINATIONS: Final = 200
"""Sites and servers that are told apart for one signature, and senders and sites for limits and sendings."""
LOG_DIRECT_DESTINATIONS: Final = 20
"""Sites for which one thread is known to have found a direct address."""
LOG_CHANGES: Final = 20
"""Changes of one limit that are told apart."""
LOG_COMPONENTS: Final = 200
"""Components of one log that are named."""
