"""`kill -9` of a web worker, again and again, while lines are being logged."""

import random
import sys
import time
from contextlib import suppress

import psutil

from bench.faults.load import Load, count
from bench.faults.report import Figures, nothing_lost, script
from bench.stand import Stand


def hurt(site: Stand, *, lines: int, people: int, kills: int) -> Figures:
    """Kill a web worker so many times during so many lines."""
    chance = random.Random(11)
    killed = []

    def kill(_: int) -> None:
        for _ in range(200):
            if workers := site.web_workers():
                victim = chance.choice(workers)
                with suppress(psutil.Error):
                    victim.kill()
                    killed.append(victim.pid)
                    return
            time.sleep(0.01)

    with Load(site, lines, people) as load:
        load.at_each(kills, kill)
    counted = count(site.database_url, load.tally.acknowledged)
    return {
        "killed": len(killed),
        **counted,
        **load.tally.figures(),
        "kept": nothing_lost(counted, lines, load.tally.given_up) and len(killed) == kills,
    }


if __name__ == "__main__":
    sys.exit(script("killed_workers", hurt, stands={}, lines=10_000, kills=50))
