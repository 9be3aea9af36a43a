"""Make chengyun/ui/static/vendor afresh from npm packages. Only for whoever changes those files; needs Node.

Run ``python scripts/vendor_assets.py``. The results are committed, so that installing needs no Node.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent / "vendor"
MODULES = HERE / "node_modules"
TARGET = HERE.parent.parent / "chengyun" / "ui" / "static" / "vendor"

# Names of Tabler's outline icons, one a line: only these are in the sprite.
ICONS = (HERE / "icons.txt").read_text(encoding="utf-8").split()

LICENCES = {
    "tabler": "@tabler/icons/LICENSE",  # same authors and licence as @tabler/core, which has no file
    "bootstrap": "bootstrap/LICENSE",
    "htmx": "htmx.org/LICENSE",
    "leaflet": "leaflet/LICENSE",
    "echarts": "echarts/LICENSE",
    "zrender": "zrender/LICENSE",
    "tslib": "tslib/LICENSE.txt",
}


def tabler() -> None:
    """Compile the slim stylesheet; the notices of Tabler and Bootstrap stay on top."""
    css = subprocess.run(
        [
            str(MODULES / ".bin" / "sass"),
            *("--style=compressed", "--no-source-map", "--quiet"),
            *("-I", str(MODULES / "@tabler/core/scss"), "-I", str(MODULES)),
            str(HERE / "tabler-slim.scss"),
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.lstrip("\ufeff")
    full = (MODULES / "@tabler/core/dist/css/tabler.css").read_text(encoding="utf-8")
    found = re.search(r"/\*!.*?\*/", full, re.DOTALL)
    if not found:
        raise SystemExit("@tabler/core lost its licence notice; look before you go on")
    notice = found.group(0)
    bootstrap = (
        "/*! Bootstrap 5.3: Copyright 2011-2025 The Bootstrap Authors, MIT. A selection; see licences/. */"
    )
    css = css.removeprefix('@charset "UTF-8";')
    (TARGET / "tabler.css").write_text(f'@charset "UTF-8";\n{notice}\n{bootstrap}\n{css}', encoding="utf-8")


def sprite() -> None:
    """One SVG with a symbol per icon; strokes take the colour of the text around them."""
    symbols = []
    for name in sorted(ICONS):
        source = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf-8")
        body = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
        body = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", body, flags=re.DOTALL)
        body = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", body)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(body.split())}</symbol>')
    head = '<svg xmlns="http://www.w3.org/2000/svg"><!-- Tabler Icons, MIT, see licences/tabler.txt -->'
    (TARGET / "icons.svg").write_text(head + "\n" + "\n".join(symbols) + "\n</svg>\n", encoding="utf-8")


def copies() -> None:
    """Files that are taken as they are."""
    shutil.copy(MODULES / "htmx.org/dist/htmx.min.js", TARGET / "htmx.js")
    leaflet = TARGET / "leaflet"
    (leaflet / "images").mkdir(parents=True)
    source = (MODULES / "leaflet/dist/leaflet.js").read_text(encoding="utf-8")
    # The map of the minified file is not shipped, and a dangling reference stops collectstatic.
    source = re.sub(r"\n?//# sourceMappingURL=.*", "", source)
    (leaflet / "leaflet.js").write_text(source, encoding="utf-8")
    shutil.copy(MODULES / "leaflet/dist/leaflet.css", leaflet / "leaflet.css")
    for image in sorted((MODULES / "leaflet/dist/images").glob("*.png")):
        shutil.copy(image, leaflet / "images" / image.name)


def charts() -> None:
    """Bundle the parts of ECharts that scripts/vendor/charts.js names; the notices stay at the end."""
    subprocess.run(
        [
            str(MODULES / ".bin" / "esbuild"),
            str(HERE / "charts.js"),
            *("--bundle", "--minify", "--format=esm", "--target=es2020", "--legal-comments=eof"),
            *("--log-level=warning", f"--outfile={TARGET / 'echarts.js'}"),
        ],
        check=True,
    )
    notice = (MODULES / "echarts" / "NOTICE").read_text(encoding="utf-8")
    (TARGET / "echarts-notice.txt").write_text(notice, encoding="utf-8")


def licences() -> None:
    """The licence of every package beside its files."""
    folder = TARGET / "licences"
    folder.mkdir()
    for name, path in LICENCES.items():
        shutil.copy(MODULES / path, folder / f"{name}.txt")


def main() -> None:
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    if TARGET.exists():
        shutil.rmtree(TARGET)
    TARGET.mkdir(parents=True)
    tabler()
    sprite()
    copies()
    charts()
    licences()
    print(f"made {TARGET}")


if __name__ == "__main__":
    main()
