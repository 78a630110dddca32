"""Make docs/diagnose.md from the signatures of logs; with --check only say whether it is as it should be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from smslint.logs.errors import ERRORS
from smslint.logs.pages import leads_to, page
from smslint.logs.record import FORMS
from smslint.logs.signatures import SIGNATURES

PAGE = Path(__file__).parent / "diagnose.md"

OPENING = """\
# Diagnose: from a log line to the setting behind it

<!-- Made by docs/make_diagnose.py from the signatures in smslint/logs; edit those. -->

```bat
smslint diagnose Sender.log
smslint diagnose logs --with nyc.reg --with sitectrl.ct0
smslint diagnose - < Sender.log
```

reads logs of SMS 1.x to Configuration Manager, or what was copied out of them into a mail, says what
their lines mean, and which setting to look at. With `--with` it looks into the exports of the same site:
the finding then leads to the value there, and the cure is that of the rule. Its formats, exit status,
`--select`, `--ignore`, baselines and configuration are those of `check`.

- The component in a line decides whose line it is, not the name of the file: logs can be renamed. Lines
  without a component count wherever they stand, but for files that are named as the log of another
  component.
- A rolled log (`.lo_`) is read before its log, whatever the order on the command line. A folder means
  the `.log` and `.lo_` files in it.
- A message is recognised by its beginning, whatever blanks, line breaks or `~` it has been copied with.
- What a log shows of healthy sendings (the limits in force, how often one was reached, the last sending
  to each site) stands in the summary and is no finding.
- What a log does not hold says nothing: on SMS 2.0 logging is off by default (SMS119).
- Account names in lines are hidden. Nothing of a log is stored.

## Forms of lines

"""


def text() -> str:
    """The whole page."""
    forms = "\n".join(f"- {title}" for title in FORMS.values())
    numbers = "\n".join(
        f"| {number} | {error.meaning} | {error.code or 'nothing'} |"
        for number, error in sorted(ERRORS.items())
    )
    return (
        f"{OPENING}{forms}\n\n## Windows errors in lines of senders\n\n"
        "What a number says of a setting is inferred.\n\n"
        f"| Number | Meaning | Leads to |\n| --- | --- | --- |\n{numbers}\n\n## Signatures\n\n"
        "| Name | Leads to | Meaning |\n| --- | --- | --- |\n" + "\n".join([*_rows(), "", *_pages()])
    )


def _rows() -> Iterator[str]:
    for each in SIGNATURES:
        leads = ", ".join(leads_to(each)) or "healthy, or part of another"
        yield f"| [{each.name}](#{each.name}) | {leads} | {each.meaning} |"


def _pages() -> Iterator[str]:
    for each in SIGNATURES:
        yield page(each).replace("\n## ", "\n#### ").replace("# ", "### ", 1) + "\n"


if __name__ == "__main__":
    from made import write_or_check

    sys.exit(write_or_check(PAGE, text(), "the signatures say"))
