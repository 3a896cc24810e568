"""The long ones: a whole program sent as a file, a hundred thousand rows brought in."""

from __future__ import annotations

import io
import os
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.cast import MANAGER
from bench.measure import summary
from bench.memory import watched
from bench.questions import LOG, OF_PROGRAM, SHOWN
from bench.site import Site
from bench.words import full_names

IMPORT = f"{LOG}import/"
BOUNDARY = "bench-of-tala"
PATIENCE = 900.0


def measure_exports(site: Site) -> dict[str, Any]:
    """Seconds, bytes, lines and memory of the whole program as CSV and as a workbook."""
    return {kind: _export(site, kind) for kind in ("csv", "xlsx")}


def _export(site: Site, kind: str) -> dict[str, Any]:
    with watched(site.stand.web_workers) as watch:
        began = time.perf_counter()
        first, whole = _download(site, f"{LOG}export.{kind}?shift=all")
        seconds = time.perf_counter() - began
    lines = _lines_of_csv(whole) if kind == "csv" else _lines_of_xlsx(whole)
    with site.link.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM escalations_escalation WHERE program_id = %s",
            [site.facts["program"]],
        )
        wanted = cursor.fetchone()[0]
    if lines != wanted:
        raise RuntimeError(f"The {kind} export has {lines} lines of {wanted}.")
    return {
        "seconds": round(seconds, 2),
        "raw_copy": round(_raw_copy(site), 2),
        "first_byte": round(first, 3),
        "lines": lines,
        "seconds_per_million": round(seconds * 1e6 / lines, 2),
        "bytes": len(whole),
        "memory": watch.said(),
    }


def _raw_copy(site: Site) -> float:
    """The seconds that PostgreSQL's own COPY takes to send the same lines as CSV."""
    began = time.perf_counter()
    with site.link.cursor() as cursor, Path(os.devnull).open("wb") as nowhere:
        asked = cursor.mogrify(f"{SHOWN} {OF_PROGRAM}", {"program": site.facts["program"]})
        cursor.copy_expert(f"COPY ({asked.decode()}) TO STDOUT (FORMAT csv)", nowhere)
    return time.perf_counter() - began


def _download(site: Site, path: str) -> tuple[float, bytes]:
    """The seconds to the first byte and the body, unchunked."""
    import http.client

    link = http.client.HTTPConnection("127.0.0.1", site.stand.port, timeout=PATIENCE)
    jar = "; ".join(f"{name}={value}" for name, value in site.cookies.items())
    began = time.perf_counter()
    link.request("GET", path, headers={"Cookie": jar})
    answer = link.getresponse()
    first = time.perf_counter() - began
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    pieces = []
    while piece := answer.read(1 << 20):
        pieces.append(piece)
    link.close()
    return first, b"".join(pieces)


def _lines_of_csv(whole: bytes) -> int:
    """Lines of a CSV whose cells hold no line ends, without the headings."""
    return whole.count(b"\r\n") - 1


def _lines_of_xlsx(whole: bytes) -> int:
    """Rows of all sheets of a workbook, without their headings."""
    rows = 0
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        for name in book.namelist():
            if re.match(r"xl/worksheets/sheet\d+\.xml$", name):
                with book.open(name) as sheet:
                    rows += _count(sheet, b"<row ")
                rows -= 1
    return rows


def _count(stream: Any, mark: bytes) -> int:
    found, tail = 0, b""
    while piece := stream.read(1 << 20):
        found += (tail + piece).count(mark)
        tail = piece[-len(mark) + 1 :]
    return found


def measure_imports(site: Site, rows: int, asks: int) -> dict[str, Any]:
    """A sheet of `rows` as CSV and as a workbook, with the log sheet asked for meanwhile."""
    quiet = _sheet_asked(site, asks)
    found: dict[str, Any] = {"sheet_before": summary(quiet)}
    for place, kind in enumerate(("csv", "xlsx")):
        found[kind] = _import(site, kind, rows, place)
    return found


def _sheet_asked(site: Site, count: int) -> list[float]:
    page = site.page(LOG)
    return [page() for _ in range(count)]


def _import(site: Site, kind: str, rows: int, place: int) -> dict[str, Any]:
    """Send, wait, confirm, wait: as the manager does; the SME's sheet is read all the while."""
    data = honest_sheet(kind, rows, place)
    over, taken = threading.Event(), list[float]()

    def sme() -> None:
        page = site.page(LOG)
        while not over.is_set():
            taken.append(page())
            time.sleep(0.05)

    reader = threading.Thread(target=sme, daemon=True)
    with watched(site.stand.web_workers, 1.0) as watch:
        reader.start()
        try:
            steps = _steps(site, f"bench.{kind}", data)
        finally:
            over.set()
            reader.join()
    return {
        "rows": rows,
        "bytes": len(data),
        **{name: round(seconds, 2) for name, seconds in steps.items()},
        "seconds": round(sum(steps.values()), 2),
        "sheet_meanwhile": summary(taken),
        "memory": watch.said(),
    }


def _steps(site: Site, name: str, data: bytes) -> dict[str, float]:
    manager, steps = site.people[MANAGER], {}
    began = time.perf_counter()
    manager.get(IMPORT)
    part = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    body = f"--{BOUNDARY}\r\n{part}\r\n\r\n".encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    manager.timeout = PATIENCE
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "X-CSRFToken": manager.cookies["csrftoken"],
    }
    sent = manager.ask("POST", IMPORT, body, headers)
    if sent.status != 302:
        raise RuntimeError(f"The import answered {sent.status}: {_said(sent.text)}")
    page = sent.headers["location"]
    steps["upload"] = time.perf_counter() - began
    began = time.perf_counter()
    _await(site, page)
    steps["read"] = time.perf_counter() - began
    staged = manager.get(page).text
    version = re.search(r'name="version" value="(\d+)"', staged)
    if version is None or "confirm/" not in staged:
        raise RuntimeError(f"Nothing to confirm: {_said(staged)}")
    began = time.perf_counter()
    confirmed = manager.post(f"{page}confirm/", {"version": version[1]})
    if confirmed.status != 302:
        raise RuntimeError(f"Confirming answered {confirmed.status}: {_said(confirmed.text)}")
    _await(site, page)
    steps["write"] = time.perf_counter() - began
    return steps


def _await(site: Site, page: str) -> None:
    """Ask for the progress as the page does until there is none left."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = site.people[MANAGER].get(f"{page}?progress=1", {"HX-Request": "true"})
        if "hx-redirect" in answer.headers:
            return
        time.sleep(0.2)
    raise TimeoutError("The import did not come to its end.")


def honest_sheet(kind: str, rows: int, place: int = 0) -> bytes:
    """A sheet of so many rows as `csv` or `xlsx`; another `place`, other nights."""
    table = [*_rows(rows, place)]
    return _csv(table) if kind == "csv" else _xlsx(table)


def _rows(count: int, place: int) -> Iterator[tuple[str, ...]]:
    """Headings and rows of another floor's past, before the log begins."""
    yield (
        "Occurred at (UTC)",
        "Agent name",
        "Agent ID",
        "Concern",
        "Resolution",
        "Status",
        "Feedback",
    )
    names = full_names(200)
    began = datetime(2020 + place, 1, 1, 11, tzinfo=UTC)
    for number in range(count):
        at = began + timedelta(days=number // 300, minutes=2 * (number % 300))
        who = number % 200
        yield (
            f"{at:%Y-%m-%dT%H:%MZ}",
            names[who],
            str(300_000 + who),
            f"bill is ${number % 180} higher than last month, case {number}",
            "explained promo end date",
            "Resolved" if number % 11 else "Unresolved",
            "Y" if number % 7 == 0 else "N",
        )


def _csv(table: list[tuple[str, ...]]) -> bytes:
    import csv

    file = io.StringIO()
    csv.writer(file).writerows(table)
    return file.getvalue().encode()


def _xlsx(table: list[tuple[str, ...]]) -> bytes:
    from escalations.workbook import workbook

    widths = [20] * len(table[0])
    return b"".join(workbook(table[0], widths, iter(table[1:]), name="Log"))


def _said(html: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", html)[:400]
