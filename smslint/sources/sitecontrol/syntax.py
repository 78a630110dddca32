"""The syntax of a site control file: its blocks, statements and fields, each with its span in the text.

``KEYWORD <field><field>``, bare ``<field>`` lines, and ``BEGIN_X`` to ``END_X`` around them; an ADDRESS is
followed by its counted string ``#N(...)``. What they mean is the reader's matter. The
grammar is that of SMS 1.2, found again in every fragment of later versions (knowledge base, section 1).
"""

from __future__ import annotations

import re
from typing import Final

from smslint.schema.export import DefectKind
from smslint.sources.defects import Flood
from smslint.sources.limits import (
    SITE_CONTROL_FIELDS,
    SITE_CONTROL_LEVELS,
    SITE_CONTROL_LINE_CHARACTERS,
    SITE_CONTROL_LINES,
    SITE_CONTROL_STATEMENTS,
    SITE_CONTROL_WRAPPED_LINES,
)
from smslint.sources.secrets import Stretch
from smslint.sources.sitecontrol.parts import Block, Fault, Field, Image, Outline, Statement, short, unwrapped
from smslint.sources.sitecontrol.secrets import SiteControlRedactor

_NEVER_INSIDE = frozenset(
    ("FILE_DEFINITION", "SITE_ACCOUNT", "SITE_DEFINITION", "SENDER", "COMPONENT", "DOMAIN")
)
"""Blocks that stand in no other of them: where one begins, the one before was left open."""
READ: Final = _NEVER_INSIDE | {"ADDRESS", "SYSTEM_RESOURCE_USE"}
"""The blocks that smslint reads; all others are passed over."""
_ARITY = {"PROPERTY": (4, 4), "ADDRESS": (4, 5), "OUTBOX": (7, 7), "SERVER": (4, 4), "LOGONSERVER": (4, 4)}
_TOP_STATEMENTS = frozenset(("PROPERTY", "ADDRESS", "OUTBOX", "SERVER"))

_PHYSICAL = re.compile(r"[^\r\n]+")
_HEADER = re.compile(r"[ \t]*SITE CONTROL FILE[ \t]*(?:\[([^\[\]]*)\])?", re.IGNORECASE)
_BLOCK = re.compile(r"[ \t]*(BEGIN|END)_([A-Z][A-Z0-9_]*)(?=[ \t<]|$)", re.IGNORECASE | re.ASCII)
_KEYWORD = re.compile(r"[ \t]*([A-Z][A-Z0-9_]*)[ \t]*([^<#]*)", re.IGNORECASE | re.ASCII)
_COUNTED = re.compile(r"#[ \t]*([0-9]{1,9})[ \t]*(?=\()")
_FIELD_END = re.compile(r">(?=[ \t]*(?:<|#[ \t]*[0-9]|$))")
_SURE_FIELD = re.compile(r"[ \t]*+<([^<>\r\n]{0,999}+)>[ \t]*+[\r\n]++")
_SURE_BLOCK = re.compile(
    r"[ \t]*+(BEGIN_([A-Z][A-Z0-9_]*+))[ \t]*+[\r\n]++(?![ \t]*+<>)"
    rf"((?:{_SURE_FIELD.pattern.replace('(', '(?:', 1)}){{1,64}}+)[ \t]*+END_\2[ \t]*+(?=[\r\n]|\Z)"
)
"""A block of nothing but lines of one bare field each, the first of them not empty."""
_STARTS = re.compile(
    r"[ \t]*(?:<|#[ \t]*[0-9]+[ \t]*\(|(?:BEGIN|END)_[A-Z]|SITE CONTROL FILE[ \t]*\[|TRANSACTION[ \t]"
    r"|[A-Z][A-Z0-9_]*[ \t]*<)",
    re.IGNORECASE | re.ASCII,
)


def outline(text: str, redactor: SiteControlRedactor) -> Outline:
    """Read a text as site control; ``redactor`` takes note of what is secret in every statement."""
    return _Outliner(text, redactor).run()


class _Outliner:
    """Goes through the text once, line by line."""

    def __init__(self, text: str, redactor: SiteControlRedactor) -> None:
        self.text, self.redactor = text, redactor
        self.images = [Image(0)]
        self.faults: Flood[Fault] = Flood()
        self.stack: list[Block] = []
        self.too_deep = 0
        self.already_closed: set[str] = set()
        self.last: Statement | None = None
        self.open: Field | None = None
        self.open_until = ">"
        self.wraps = 0
        self.previous = ""
        self.kept = 0
        self.last_begin = -1

    def run(self) -> Outline:
        number, at = -1, 0
        while physical := _PHYSICAL.search(self.text, at):
            start, end = physical.span()
            if taken := self.sure_block(start, number):
                number += taken[0]
                at = taken[1]
                continue
            number, at = number + 1, end
            if self.kept > SITE_CONTROL_STATEMENTS:
                self.images[-1].truncated = True
                break
            if number == SITE_CONTROL_LINES:
                self.images[-1].truncated = True
                most = f"{SITE_CONTROL_LINES:,} lines"
                text = f"more than {most}, which no site control file has; the rest is not read"
                self.fault(text, (start, end), costly=True)
                break
            if end - start > SITE_CONTROL_LINE_CHARACTERS:
                self.redactor.hide(start, end)
                self.fault(
                    f"a line of {end - start:,} characters, longer than any should be; it is passed over",
                    (start, start),
                    costly=True,
                )
                continue
            if line := physical[0].rstrip(" \t\x1a\0"):
                self.line(line, start)
                self.previous = line
        self.end_of_text()
        self.images[-1].end = len(self.text)
        return Outline(self.images, self.faults)

    def sure_block(self, start: int, number: int) -> tuple[int, int] | None:
        """Take a block that surely is well formed, in no other, from its BEGIN on.

        Returns how many lines there were and where they end; None where there is no such block, or a limit is
        near: it is then read line by line, which is the reference.
        """
        if self.stack or self.open is not None or self.too_deep:
            return None
        found = _SURE_BLOCK.match(self.text, start)
        if not found:
            return None
        self.finish()
        body, end = found.span(3)
        fields = [Field(each[1], *each.span(1)) for each in _SURE_FIELD.finditer(self.text, body, end)]
        lines = len(fields) + 2
        if number + lines >= SITE_CONTROL_LINES or self.kept + lines > SITE_CONTROL_STATEMENTS:
            return None
        self.begin(found[2], *found.span(1))
        block = self.stack[-1]
        block.label = fields[0].text
        self.last = Statement("", body, end, fields)
        self.finish()
        self.kept += len(fields) - 1 if block.name in READ else 0
        self.stack.clear()
        return lines, found.end()

    def line(self, line: str, start: int) -> None:
        if self.open is not None and self.continues(self.open, line, start):
            return
        if header := _HEADER.match(line):
            self.header(header, start)
        elif block := _BLOCK.match(line):
            self.finish()
            end = start + len(line)
            name = block[2].upper()
            if block[1].upper() == "BEGIN":
                self.begin(name, start + block.start(1), start + block.end())
                self.bare(line, block.end(), start)
            else:
                self.end(name, start + block.start(1), end)
        elif line.lstrip(" \t")[0] in "<#":
            self.bare(line, 0, start)
        elif (word := _KEYWORD.match(line)) and (not word[2] or word[1].upper() == "TRANSACTION"):
            self.keyword(word, line, start)
        else:
            self.junk(start, start + len(line))

    def header(self, match: re.Match[str], start: int) -> None:
        self.finish()
        self.leave(0, "the next header")
        self.too_deep, self.already_closed = 0, set()
        image = self.images[-1]
        image.end = start
        if image.has_header or image.blocks or image.statements:
            image = Image(start)
            self.images.append(image)
        image.start, image.has_header, image.build = start, True, short(match[1] or "")
        if not match[1]:
            text = "the header names no build; expected `SITE CONTROL FILE [build][syntax version]`"
            self.fault(text, (start, start + match.end()))

    def keyword(self, match: re.Match[str], line: str, start: int) -> None:
        self.finish()
        statement = Statement(
            match[1].upper(), start + match.start(1), start + len(line), word=match[2].strip()
        )
        self.last = statement
        self.fields(line, match.end(), start, statement)
        flat = self.stack and self.stack[-1].name in _NEVER_INSIDE
        if flat and statement.keyword in ("ADDRESS", "OUTBOX") and len(statement.fields) >= 4:
            self.leave(len(self.stack) - 1, statement.keyword)

    def bare(self, line: str, at: int, start: int) -> None:
        """Take a line of fields alone: members of a block, or the rest of a statement that was wrapped."""
        statement = Statement("", start + at, start + len(line))
        self.fields(line, at, start, statement)
        last = self.last
        if not statement.fields:
            return
        if last is not None and self.takes(last, len(statement.fields)):
            last.fields += statement.fields
            last.end = statement.end
        else:
            self.finish()
            self.last = statement

    def takes(self, last: Statement, more: int) -> bool:
        limits = self.arity(last)
        if limits:
            return len(last.fields) + more <= limits[1]
        return not self.stack

    def arity(self, statement: Statement) -> tuple[int, int] | None:
        if self.stack and statement.keyword in ("ADDRESS", "OUTBOX", "SERVER"):
            return (1, 1) if statement.keyword == "OUTBOX" and self.stack[-1].name == "SENDER" else None
        return _ARITY.get(statement.keyword)

    def fields(self, line: str, at: int, start: int, statement: Statement) -> None:
        """Read the fields of a line from ``at`` on into a statement; the last may stay open."""
        while at < len(line):
            if line[at] in " \t":
                at += 1
            elif line[at] == "<":
                found = _FIELD_END.search(line, at + 1)
                end = found.start() if found else len(line)
                each = Field(line[at + 1 : end], start + at + 1, start + end)
                if len(statement.fields) == SITE_CONTROL_FIELDS:
                    self.redactor.hide(start + at, start + len(line))
                    text = f"more than {SITE_CONTROL_FIELDS} fields in a line; the rest is left out"
                    self.fault(text, (start + at, start + len(line)), costly=self.matters())
                    return
                statement.fields.append(each)
                statement.end = start + min(end + 1, len(line))
                if not found:
                    self.open, self.open_until, self.wraps = each, ">", 0
                at = end + 1
            elif counted := _COUNTED.match(line, at):
                self.string(counted, line, start)
                return
            else:
                end = start + len(line)
                if line[at] == "#" and end == len(self.text):
                    self.truncate("the file ends before an address string", (start + at, end))
                else:
                    self.junk(start + at, end)
                return

    def string(self, counted: re.Match[str], line: str, start: int) -> None:
        """Take an address string; it ends with a parenthesis at the end of a line."""
        body = Field(line[counted.end() :], start + counted.end(), start + len(line))
        owner = self.last
        if owner is not None and owner.keyword == "ADDRESS" and owner.string is None:
            owner.counted = Field(counted[1], start + counted.start(1), start + counted.end(1))
            owner.string = body
            owner.end = body.end
        else:
            self.redactor.hide(body.start, body.end)
            text = "a counted string that no ADDRESS stands before; it is passed over"
            self.fault(text, (start + counted.start(), body.end))
        if not line.endswith(")"):
            self.open, self.open_until, self.wraps = body, ")", 0

    def continues(self, opened: Field, line: str, start: int) -> bool:
        """Whether the line goes on with what the lines before left open."""
        self.wraps += 1
        if _STARTS.match(line) or self.wraps > SITE_CONTROL_WRAPPED_LINES:
            self.open = None
            what = "a field" if self.open_until == ">" else "an address string"
            self.fault(
                f"{what} is not closed by `{self.open_until}`; it is taken to end with its line",
                (opened.start - 1, opened.end),
                costly=self.matters(),
            )
            return False
        at = len(line) - len(line.lstrip(" \t"))
        end = len(line)
        if self.open_until == ")":
            closed = line.endswith(")")
        else:
            found = _FIELD_END.search(line, at)
            closed = found is not None
            end = found.start() if found else end
        opened.text = unwrapped(opened.text, line[at:end], self.previous)
        opened.end = start + end
        if self.last is not None:
            self.last.end = start + min(end + 1, len(line))
        if closed:
            self.open = None
            self.fields(line, end + 1, start, self.last or Statement("", start, start))
        return True

    def begin(self, name: str, start: int, end: int) -> None:
        self.already_closed.discard(name)
        if name in _NEVER_INSIDE:
            flat = (
                at
                for at, block in enumerate(self.stack)
                if block.name in _NEVER_INSIDE or block.name == "PROPERTY_LIST"
            )
            self.leave(next(flat, len(self.stack)), f"BEGIN_{name}")
            self.last_begin = start
        elif self.stack and self.stack[-1].name == "PROPERTY_LIST":
            self.leave(len(self.stack) - 1, f"BEGIN_{short(name)}")
        if len(self.stack) >= SITE_CONTROL_LEVELS:
            if not self.too_deep:
                most = SITE_CONTROL_LEVELS
                text = f"blocks nested deeper than {most}, as none should be; they are passed over"
                self.fault(text, (start, end), costly=True)
            self.too_deep += 1
            return
        block = Block(name, start, end)
        self.stack.append(block)
        if name in READ and self.keeps((start, end)):
            self.images[-1].blocks.append(block)

    def end(self, name: str, start: int, end: int) -> None:
        if self.too_deep:
            self.too_deep -= 1
            return
        at = next((at for at in range(len(self.stack) - 1, -1, -1) if self.stack[at].name == name), None)
        if at is not None:
            if at < len(self.stack) - 1:
                self.crossed(at, start, end)
            del self.stack[at:]
        elif name in self.already_closed:
            self.already_closed.discard(name)
        elif not (end == len(self.text) and self.stack and self.stack[-1].name.startswith(name)):
            self.stray(name, start, end)

    def crossed(self, at: int, start: int, end: int) -> None:
        block, inner = self.stack[at], self.stack[at + 1 :]
        self.already_closed |= {each.name for each in inner}
        self.fault(
            f"END_{short(block.name)} stands where END_{short(inner[-1].name)} was expected; "
            "both blocks are taken to end here",
            (start, end),
            costly=any(each.name in READ for each in self.stack[at:]),
            related=((inner[-1].at, f"BEGIN_{short(inner[-1].name)}"),),
        )

    def stray(self, name: str, start: int, end: int) -> None:
        inner = self.stack[-1] if self.stack else None
        self.fault(
            f"END_{short(name)} ends no block: no BEGIN_{short(name)} is open; it is passed over",
            (start, end),
            costly=name in READ or self.matters(),
            related=((inner.at, f"BEGIN_{short(inner.name)}, still open here"),) if inner else (),
        )

    def leave(self, at: int, what: str) -> None:
        """Take the open blocks from ``at`` on for ended, because ``what`` cannot stand in them."""
        for block in self.stack[at:]:
            self.already_closed.add(block.name)
            self.unclosed(block, what)
        if at < len(self.stack):
            self.too_deep = 0
        del self.stack[at:]

    def unclosed(self, block: Block, what: str) -> None:
        name = short(block.name)
        self.fault(
            f"BEGIN_{name} has no END_{name} before {what}; the block is taken to end there",
            block.at,
            costly=block.name in READ,
        )

    def finish(self, *, at_end: bool = False) -> None:
        """Put the statement that can no longer go on where it belongs."""
        statement, self.last = self.last, None
        if statement is None:
            return
        block = self.stack[-1] if self.stack else None
        self.redactor.note(statement, block, self.text)
        self.check_arity(statement, at_end=at_end)
        if block is not None:
            if not statement.keyword:
                block.label = block.label or "".join(each.text for each in statement.fields[:1])
                block.bare += len(statement.fields)
            if block.name in READ and self.keeps(statement.at):
                block.statements.append(statement)
        elif statement.keyword in _TOP_STATEMENTS:
            if self.keeps(statement.at):
                self.images[-1].statements.append(statement)
        elif not statement.keyword and self.has_begun():
            self.fault(
                "fields that stand in no block and after no keyword; they are passed over", statement.at
            )

    def check_arity(self, statement: Statement, *, at_end: bool) -> None:
        limits = self.arity(statement)
        if not limits:
            return
        count, name = len(statement.fields), statement.keyword
        if name == "PROPERTY" and statement.fields:
            name = f"PROPERTY <{short(self.redactor.display(statement.fields[0]))}>"
        lacks_string = (
            name == "ADDRESS"
            and count == limits[0]
            and statement.string is None
            and statement.fields[2].text.upper().endswith("_SENDER")
        )
        if at_end and (count < limits[0] or lacks_string):
            self.truncate(f"the file ends within {name}", statement.at)
        elif not limits[0] <= count <= limits[1]:
            self.fault(
                f"{name} has {count} fields, expected {limits[0]}; what its fields mean is in doubt",
                statement.at,
                costly=self.matters() or name in ("ADDRESS", "OUTBOX"),
            )

    def matters(self) -> bool:
        """Whether what stands here is part of something smslint reads."""
        if self.last is not None and self.last.keyword in ("ADDRESS", "OUTBOX"):
            return True
        return any(block.name in READ for block in self.stack)

    def keeps(self, at: Stretch) -> bool:
        self.kept += 1
        if self.kept == SITE_CONTROL_STATEMENTS + 1:
            most = f"{SITE_CONTROL_STATEMENTS:,} settings"
            text = f"more than {most}, which no site control file has; the rest is not read"
            self.fault(text, at, costly=True)
        return self.kept <= SITE_CONTROL_STATEMENTS

    def junk(self, start: int, end: int) -> None:
        self.redactor.junk(start, end, self.stack[-1] if self.stack else None)
        if self.has_begun():
            self.fault(
                "neither a block, a keyword with its fields, nor a field; it is passed over",
                (start, end),
                costly=self.matters(),
            )

    def has_begun(self) -> bool:
        """Whether the file's own text has begun: a mail may say something before it."""
        return self.images[-1].has_header or bool(self.stack or self.images[-1].blocks)

    def end_of_text(self) -> None:
        last = self.last
        if self.open is not None:
            what = "a field" if self.open_until == ">" else "an address string"
            self.truncate(f"the file ends within {what}", (self.open.start - 1, self.open.end))
        self.finish(at_end=True)
        if self.images[-1].truncated and last is not None:
            self.forget(last)
        cut: Block | None = None
        for block in self.stack:
            if block.name in _NEVER_INSIDE or block.start > self.last_begin:
                cut = block
            else:
                self.unclosed(block, "the end of the file")
        if cut:
            name = short(cut.name)
            self.truncate(f"the file ends within BEGIN_{name}, without its END_{name}", cut.at)

    def forget(self, cut: Statement) -> None:
        """Leave out what the end of the file cuts: half a value, or half an address, is none."""
        if self.images[-1].statements[-1:] == [cut]:
            self.images[-1].statements.pop()
        if self.open is not None:
            self.redactor.hide(self.open.start, self.open.end)
            cut.fields = [each for each in cut.fields if each is not self.open]

    def truncate(self, text: str, at: Stretch) -> None:
        """Report the cut once, however much it goes through."""
        if not self.images[-1].truncated:
            self.images[-1].truncated = True
            self.fault(f"{text}; export or copy it again", at, costly=True, kind="truncated")

    def fault(
        self,
        text: str,
        at: Stretch,
        *,
        costly: bool = False,
        kind: DefectKind = "malformed",
        related: tuple[tuple[Stretch, str], ...] = (),
    ) -> None:
        self.faults.append(Fault(kind, text, at, costly, related))
