"""Take the screenshots in docs/screenshots: a terminal, and the report and the map of 20 and of 300 sites.

Both hierarchies have planted mistakes; fixtures/make_hierarchy.py makes them. Needs Chromium (Debian:
chromium). Nothing holds the pictures against the code: fonts differ by machine.
"""

from __future__ import annotations

import html
import re
import runpy
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


def smslint(*words: str, at: Path) -> None:
    """Run smslint in a folder; findings are no failure."""
    subprocess.run([sys.executable, "-m", "smslint", *words], cwd=at, check=True)


def shoot(page: Path, name: str, width: int, height: int, *options: str) -> None:
    """Take the picture of a page as a window of this size shows it."""
    with tempfile.TemporaryDirectory() as profile:
        window = (f"--user-data-dir={profile}", f"--window-size={width},{height}")
        target = f"--screenshot={HERE / 'screenshots' / name}"
        subprocess.run([*CHROMIUM, *window, *options, target, page.as_uri()], check=True, capture_output=True)


def terminal(folder: Path) -> Path:
    """The first screen of a check as a page, in the colours of a terminal."""
    words = ("check", "fixtures/broken.reg", "--color", "always")
    described = subprocess.run(
        [sys.executable, "-m", "smslint", *words],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    lines = html.escape(f"$ smslint check fixtures/broken.reg\n{described}")
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
    hierarchy = runpy.run_path(str(HERE.parent / "fixtures" / "make_hierarchy.py"))
    with tempfile.TemporaryDirectory() as folder:
        shoot(terminal(Path(folder)), "terminal.png", 730, 790)
        hierarchy["write"](Path(folder) / "exports", hierarchy["current_large"]())
        for root, source, ending in ((HERE.parent, INPUTS, ""), (Path(folder), "exports", "-300")):
            report, picture = Path(folder) / f"report{ending}.html", Path(folder) / f"map{ending}.svg"
            smslint("check", source, "--exit-zero", "--quiet", "--output", f"html:{report}", at=root)
            smslint("map", source, "--output", str(picture), at=root)
            shoot(report, f"report{ending}.png", 1280, 1800)
            shoot(report, f"report{ending}-dark.png", 1280, 900, "--blink-settings=preferredColorScheme=0")
            size = re.search(r'width="(\d+)[^"]*" height="(\d+)', picture.read_text("ascii"))
            width, height = map(int, size.groups() if size else (1700, 900))
            shoot(picture, f"map{ending}.png", width, height)


if __name__ == "__main__":
    main()
