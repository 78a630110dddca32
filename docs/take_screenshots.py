"""Take the screenshots in docs/screenshots: the report and the map of the hierarchy with planted mistakes.

Needs Chromium (Debian: chromium). Nothing holds the pictures against the code: fonts differ by machine.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
INPUTS = "fixtures/hierarchy-broken"
CHROMIUM = (
    *("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
)


def smslint(*words: str) -> None:
    """Run smslint from the root of the repository; findings are no failure."""
    subprocess.run([sys.executable, "-m", "smslint", *words], cwd=HERE.parent, check=True)


def shoot(page: Path, name: str, width: int, height: int, *options: str) -> None:
    """Take the picture of a page as a window of this size shows it."""
    with tempfile.TemporaryDirectory() as profile:
        window = (f"--user-data-dir={profile}", f"--window-size={width},{height}")
        target = f"--screenshot={HERE / 'screenshots' / name}"
        subprocess.run([*CHROMIUM, *window, *options, target, page.as_uri()], check=True, capture_output=True)


def main() -> None:
    """Take them all."""
    (HERE / "screenshots").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report, picture = Path(folder) / "report.html", Path(folder) / "map.svg"
        smslint("check", INPUTS, "--exit-zero", "--quiet", "--output", f"html:{report}")
        smslint("map", INPUTS, "--output", str(picture))
        shoot(report, "report.png", 1100, 1050)
        shoot(report, "report-dark.png", 1100, 1050, "--blink-settings=preferredColorScheme=0")
        size = re.search(r'width="(\d+)" height="(\d+)"', picture.read_text("ascii"))
        shoot(picture, "map.png", *map(int, size.groups() if size else (1700, 900)))


if __name__ == "__main__":
    main()
