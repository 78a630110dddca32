"""How long a run over many sites takes: 1,000, 3,000 and 10,000 generated ones, each a site control file.

The time per site must stay as it is: whatever grows faster than the number of sites shows in the last column.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))

from make_hierarchy import SMS_1_2, Site, site_control

from smslint.config.settings import Settings
from smslint.engine.run import lint

CHILDREN = 20
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def codes() -> Iterator[str]:
    """Site codes, those reserved for DOS devices left out."""
    made = ("".join(signs) for signs in product(SIGNS, repeat=3))
    return (code for code in made if code not in ("CON", "PRN", "AUX", "NUL"))


def hierarchy(count: int) -> list[Site]:
    """A healthy hierarchy of ``count`` sites, each with up to `CHILDREN` below it."""
    sites: list[Site] = []
    for number, code in enumerate(islice(codes(), count)):
        parent = sites[(number - 1) // CHILDREN] if number else None
        site = Site(code, parent.code if parent else "", SMS_1_2)
        if parent:
            site.leads_to(parent.code)
            parent.leads_to(code)
        sites.append(site)
    return sites


def seconds(count: int) -> float:
    """How long linting ``count`` sites in one run takes."""
    with tempfile.TemporaryDirectory() as folder:
        for site in hierarchy(count):
            (Path(folder) / f"{site.code}.ct0").write_bytes(site_control(site))
        begin = time.process_time()
        report = lint([folder], Settings(complete=True))
        taken = time.process_time() - begin
    if report.summary.error or report.summary.warning or len(report.inputs) != count:
        sys.exit(f"the healthy hierarchy of {count} sites gave {report.summary}")
    return taken


def main() -> None:
    """Print seconds, milliseconds per site, and their ratio to those of the smallest run."""
    print(f"{'sites':>6} {'seconds':>8} {'ms/site':>8} {'ratio':>6}")
    first = 0.0
    for count in (1000, 3000, 10_000):
        taken = seconds(count)
        per_site = 1000 * taken / count
        first = first or per_site
        print(f"{count:>6} {taken:>8.1f} {per_site:>8.2f} {per_site / first:>6.2f}", flush=True)


if __name__ == "__main__":
    main()
