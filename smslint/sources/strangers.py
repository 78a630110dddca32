"""Exports of a known format that hold no settings of a site server: what they hold instead.

Of several things the first by the alphabet is named: their order in the file is none.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from smslint.schema.export import Defect, Export
from smslint.sources.advice import REGISTRY, SITE_CONTROL, WMI
from smslint.sources.commands import COMPONENT
from smslint.sources.limits import STRANGER_CHARACTERS, STRANGER_KEYS
from smslint.sources.text import Document, well_formed

_KEY = re.compile(r"^[ \t]*\[?-?(HKEY_[A-Z_]+(?:\\[^\r\n\]]{0,300})?)", re.IGNORECASE | re.MULTILINE)
_OF_CLIENT = re.compile(
    r"\\Microsoft\\(?:CCM|CCMSetup|SMS\\(?:Client|Mobile Client)|SystemCertificates\\SMS)(?:\\|\Z)",
    re.IGNORECASE,
)
_OF_SMS = re.compile(r"\\SOFTWARE\\(?:Wow6432Node\\)?Microsoft\\SMS(?:\\|\Z)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(HKEY_[A-Z_]+\\[^\\]+)\\(?:Wow6432Node\\)?Microsoft\\SMS(?:\\|\Z)", re.IGNORECASE)
_SMS_KEY: Final = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS"

_BLOCK = re.compile(r"^[ \t]*(BEGIN_\w{1,60})", re.IGNORECASE | re.MULTILINE)

_CLASS = re.compile(
    r"__CLASS\"?\s*[:=,]\s*\"?(\w+)|\"ClassName\"\s*:\s*\"(\w+)|\binstance\s+of\s+(\w+)|\$metadata#(\w+)"
    r"|[#\\/](SMS_\w+)</T>|SmsProviderObjectPath\"\s*:\s*\"(\w+)",
    re.IGNORECASE | re.ASCII,
)
_ANSWER_OF_NONE = re.compile(r"\"value\"\s*:\s*\[\s*\]")
_COMPONENT = re.compile(r"ComponentName|ItemName", re.IGNORECASE)
_OBJECT = re.compile(r"<(?:Props|MS)>\s*<\w+ N=")
"""An object in CliXml, which need not tell its class."""

_OF_OTHERS: Final = "Silence over an export that holds no settings must not be mistaken for health."


def described(export: Export, document: Document) -> Defect:
    """What an export without any site holds, and what to take instead."""
    if export.format == "registry":
        return _registry(document)
    if export.format == "sitecontrol":
        return _site_control(document)
    if export.format == "wmi-csv" and len(document.text.strip().splitlines()) < 2:
        return _none(
            "is a table of headings alone: the query found nothing, or may see nothing",
            f"Ask for the whole table, as a user who may read the site. Or export the objects: {WMI}.",
        )
    return _wmi(document)


def _none(text: str, remedy: str, why: str = _OF_OTHERS) -> Defect:
    return Defect("no-settings", well_formed(f"the file {text}"), why=why, remedy=remedy)


def _registry(document: Document) -> Defect:
    found_keys = islice(_KEY.finditer(document.text), STRANGER_KEYS)
    keys = sorted((each[1].rstrip("\\ \t") for each in found_keys), key=str.upper)
    if key := next(filter(_OF_CLIENT.search, keys), None):
        return _none(
            f"holds a key of a client, {key}, and no settings of an SMS site server",
            f"Export the key of the site server: {REGISTRY}.",
            "A client has no senders and no addresses: how a site sends stands on its site server.",
        )
    if key := next(filter(_OF_SMS.search, keys), None):
        return _none(
            f"holds {key}, in which nothing is a setting that smslint reads",
            f"Export the whole key, with all below it: {REGISTRY}.",
        )
    if found := next(filter(None, map(_ELSEWHERE.match, keys)), None):
        return _none(
            f"holds the SMS key below {found[1]}, where a hive was loaded, and none in its place",
            rf"Replace {found[1]} by HKEY_LOCAL_MACHINE\SOFTWARE in the file.",
        )
    held = f"holds {keys[0]} and" if keys else "holds"
    return _none(
        rf"{held} no settings of an SMS site server, which stand below {_SMS_KEY}",
        f"Export the whole key: {REGISTRY}.",
    )


def _site_control(document: Document) -> Defect:
    blocks = sorted({found[1].upper() for found in _BLOCK.finditer(document.text, 0, STRANGER_CHARACTERS)})
    named = f"is a part of a site control file, {', '.join(blocks[:3])}, and holds" if blocks else "holds"
    return _none(f"{named} no components and no addresses: take the whole file", f"Take {SITE_CONTROL}.")


def class_named(head: str) -> str:
    """The class whose objects a dump says that it holds; empty where it does not say."""
    return min((next(filter(None, found.groups())) for found in _CLASS.finditer(head)), default="")


def _wmi(document: Document) -> Defect:
    head = document.text[:STRANGER_CHARACTERS]
    named = class_named(head)
    export = f"Export the objects that hold the settings: {WMI}."
    if _ANSWER_OF_NONE.search(head) or not (named or _COMPONENT.search(head) or _OBJECT.search(head)):
        asked = f" of {named}" if named else ""
        return _none(
            f"is an answer without any object{asked}: nothing fits what was asked for, or may be seen",
            f"Ask without a filter, as a user who may read the site. {export}",
        )
    if named.lower() in ("", COMPONENT.lower()) and _COMPONENT.search(head):
        return _none(
            "holds components of a site, but no sender (SMS_LAN_SENDER and the like) and no address",
            f"Export all components, or that one. {export}",
        )
    return _none(
        f"holds objects of {named or 'another class'}, which say nothing of how a site sends", export
    )
