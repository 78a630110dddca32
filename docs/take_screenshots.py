"""Take the screenshots in docs/screenshots: a terminal, the report and the map.

Needs Chromium (Debian: chromium). Nothing holds the pictures against the code: fonts differ by machine.
"""

from __future__ import annotations

import html
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


def terminal(folder: Path) -> Path:
    """The first screen of a check as a page, in the colours of a terminal."""
    words = ("check", "fixtures/broken.reg", "--color", "always")
    told = subprocess.run(
        [sys.executable, "-m", "smslint", *words],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    lines = html.escape(f"$ smslint check fixtures/broken.reg\n{told}")
    spans = re.sub(
        r"\x1b\[([\d;]+)m(.*?)\x1b\[0m", lambda found: _span(found[1], found[2]), lines, flags=re.S
    )
    page = folder / "terminal.html"
    page.write_text(f"<meta charset=utf-8><style>{_TERMINAL}</style><pre>{spans}</pre>", "utf-8")
    return page


_TERMINAL = (
    "body { margin: 0; background: #16181d } pre { margin: 0; padding: 16px 20px; color: #d6d8dd; "
    "font: 14px/1.35 'DejaVu Sans Mono', monospace }"
)
_COLOURS = {
    "1;31": "#ff6b68",
    "33": "#e5c07b",
    "36": "#56b6c2",
    "32": "#98c379",
    "1": "#ffffff",
    "2": "#8a8f99",
}


def _span(code: str, text: str) -> str:
    weight = "; font-weight: bold" if code.startswith("1") else ""
    return f'<span style="color: {_COLOURS[code]}{weight}">{text}</span>'


def main() -> None:
    """Take them all."""
    (HERE / "screenshots").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report, picture = Path(folder) / "report.html", Path(folder) / "map.svg"
        smslint("check", INPUTS, "--exit-zero", "--quiet", "--output", f"html:{report}")
        smslint("map", INPUTS, "--output", str(picture))
        shoot(terminal(Path(folder)), "terminal.png", 730, 790)
        shoot(report, "report.png", 1100, 1050)
        shoot(report, "report-dark.png", 1100, 1050, "--blink-settings=preferredColorScheme=0")
        size = re.search(r'width="(\d+)" height="(\d+)"', picture.read_text("ascii"))
        shoot(picture, "map.png", *map(int, size.groups() if size else (1700, 900)))


if __name__ == "__main__":
    main()
