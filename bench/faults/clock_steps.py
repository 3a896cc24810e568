"""The server's clock jumps while people log: an hour ahead, an hour back, a day back, and right."""

import re
import sys
import tempfile
import time
from pathlib import Path

from bench.faults.load import SHEET, Load, connect, count
from bench.faults.report import Figures, nothing_lost, script
from bench.floor import username
from bench.stand import stand

STEPS = (3600.0, -3600.0, -86_400.0, 0.0)

PAGE_FULL = 60
"""Lines with which there is a second page."""

ODD = """
    SELECT count(*) FROM escalations_escalation
    WHERE typed_at > received_at OR typed_at < received_at - interval '73 hours'
    OR occurred_at > received_at
"""


def hurt(*, people: int, seconds: float) -> Figures:
    """Step the clock every so many seconds under load; read the sheet and an old page each time."""
    with tempfile.NamedTemporaryFile("w", suffix=".offset") as held:
        offset = Path(held.name)
        offset.write_text("0")
        offset.chmod(0o644)
        environ = {"CLOCK_OFFSET": str(offset)}
        door = "bench.faults.clock:application"
        with stand(smes=people, application=door, environ=environ) as site:
            reader = site.sign_in(username(1))
            pages = []
            with Load(site, PAGE_FULL, people):
                pass
            with Load(site, 10**6, people) as load:
                time.sleep(seconds)
                sheet = reader.get(SHEET).text
                older = re.search(r'href="([^"]*cursor=[^"]+)"', sheet)
                for step in STEPS:
                    offset.write_text(str(step))
                    time.sleep(seconds)
                    pages.append(reader.get(SHEET).status)
                    if older:
                        path = older[1].replace("&amp;", "&")
                        pages.append(reader.get(path if path[0] == "/" else SHEET + path).status)
                load.stopped.set()
            counted = count(site.database_url, load.tally.acknowledged)
            link = connect(site.database_url)
            with link.cursor() as cursor:
                cursor.execute(ODD)
                odd = cursor.fetchone()[0]
            link.close()
    whole = nothing_lost(counted, counted["acknowledged"], load.tally.given_up)
    told = set(load.tally.answers) == {"201"}
    return {
        "steps_s": STEPS,
        "pages": pages,
        "old_page_read": bool(older),
        "lines_with_times_out_of_order": odd,
        **counted,
        **load.tally.figures(),
        "kept": whole and told and odd == 0 and set(pages) == {200} and bool(older),
    }


if __name__ == "__main__":
    sys.exit(script("clock_steps", hurt, people=4, seconds=3.0))
