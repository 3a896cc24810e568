"""Fetch the vendored browser files again with `npm pack`: a maintainer's script, never run by the site.

Usage: python static/vendor/refresh.py [folder with already packed .tgz files]

Writes static/vendor/NAME-VERSION/ (the files below and the licence), static/icons.svg (the subset of
bootstrap-icons named in ICONS) and static/vendor/README.md (source, licence, SHA-256 of every file).
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from xml.etree import ElementTree

VENDOR = Path(__file__).resolve().parent
SVG = "http://www.w3.org/2000/svg"

PACKAGES = [
    # npm name, version, folder, licence, {path in the package: path in the folder}
    (
        "bootstrap",
        "5.3.9",
        "bootstrap-5.3.9",
        "MIT",
        {"dist/css/bootstrap.min.css": "bootstrap.min.css", "LICENSE": "LICENSE"},
    ),
    (
        "htmx.org",
        "4.0.1",
        "htmx-4.0.1",
        "0BSD",
        {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE"},
    ),
    ("bootstrap-icons", "1.13.2", "bootstrap-icons-1.13.2", "MIT", {"LICENSE": "LICENSE"}),
]

ICONS = """
arrow-counterclockwise arrow-left arrow-right arrow-return-left box-arrow-in-right box-arrow-right
building calendar3 caret-down-fill check2 check-circle chevron-down chevron-left chevron-right
chevron-up circle-half clipboard-check clock clock-history cloud-slash dash-circle download
exclamation-circle exclamation-triangle file-earmark-spreadsheet filter flag flag-fill gear hourglass-split
inbox info-circle journal-text keyboard link-45deg list-check lock moon-stars pencil people person
person-badge person-check person-plus plus-lg printer question-circle question-diamond reply search
send shield-check shield-lock slash-circle star star-fill sun table telephone telephone-forward
three-dots trash3 upload wifi-off x-circle x-lg chat-left-text chat-left-quote envelope layout-text-sidebar
""".split()


def packed(name: str, version: str, folder: Path) -> Path:
    """The .tgz of one package, packed into `folder` unless it is there already."""
    path = folder / f"{name}-{version}.tgz"
    if not path.exists():
        command = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(folder)]
        subprocess.run(command, check=True)  # noqa: S603 - the names are the constants above
    return path


def read(archive: tarfile.TarFile, path: str) -> bytes:
    """One file of an npm package; raises KeyError when it is not there."""
    member = archive.extractfile(f"package/{path}")
    if member is None:
        raise KeyError(path)
    return member.read()


def without_source_map(content: bytes) -> bytes:
    """The file without its last `sourceMappingURL` comment: the map is not shipped."""
    return re.sub(rb"\n?(?:/\*|//)# sourceMappingURL=[^\n]*\n?$", b"\n", content)


def write_sprite(archive: tarfile.TarFile) -> None:
    """static/icons.svg: one <symbol> for each name in ICONS."""
    ElementTree.register_namespace("", SVG)
    sprite = ElementTree.Element(f"{{{SVG}}}svg")
    for name in sorted(set(ICONS)):
        icon = ElementTree.fromstring(read(archive, f"icons/{name}.svg"))  # noqa: S314 - our own package
        symbol = ElementTree.SubElement(
            sprite, f"{{{SVG}}}symbol", {"id": name, "viewBox": icon.attrib["viewBox"]}
        )
        symbol.extend(icon)
    for part in sprite.iter():
        part.tail = "\n" if part.tag == f"{{{SVG}}}symbol" else None
        part.text = None
    sprite.text = "\n"
    text = ElementTree.tostring(sprite, encoding="unicode")
    (VENDOR.parent / "icons.svg").write_text(text + "\n", encoding="utf-8")


def main(tarballs: Path) -> None:
    """Write every vendored file and the README beside them."""
    lines = [
        "# Vendored files",
        "",
        "Written by `python static/vendor/refresh.py`; do not edit by hand. Each comes from the npm",
        "package of that name and version; the only change is that the comment pointing to a source",
        "map is taken off. `static/icons.svg` holds the icons we use of bootstrap-icons.",
        "",
        "| File | Source | Licence | SHA-256 |",
        "|---|---|---|---|",
    ]
    for name, version, folder, licence, files in PACKAGES:
        with tarfile.open(packed(name, version, tarballs)) as archive:
            (VENDOR / folder).mkdir(exist_ok=True)
            written = []
            for source, target in files.items():
                path = VENDOR / folder / target
                path.write_bytes(without_source_map(read(archive, source)))
                written.append(path)
            if name == "bootstrap-icons":
                write_sprite(archive)
                written.append(VENDOR.parent / "icons.svg")
        for path in written:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            place = path.relative_to(VENDOR.parent.parent).as_posix()
            lines.append(f"| {place} | npm `{name}` {version} | {licence} | `{digest}` |")
    (VENDOR / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
