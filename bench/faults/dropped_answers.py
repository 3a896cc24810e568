"""A proxy that drops one answer in five: the browser asks again with the same key.

Every second answer dropped is cut in its midst, the others vanish whole; the server has committed.
"""

import random
import socket
import sys
import threading
from contextlib import suppress

from bench.faults.load import Load, count
from bench.faults.report import Figures, nothing_lost, script
from bench.stand import Stand


class DroppingProxy:
    """Passes each connection on to the site, and every so often keeps the answer to itself."""

    def __init__(self, port: int, share: float) -> None:
        self.target = port
        self.share = share
        self.passed = self.dropped = 0
        self.chance = random.Random(7)
        self.door = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self.door.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self.door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self.door.accept()
                threading.Thread(target=self._pass, args=(caller,), daemon=True).start()

    def _pass(self, caller: socket.socket) -> None:
        """Pass a request on; read the answer to its end, then send it, half of it or none."""
        with caller, suppress(OSError):
            with socket.create_connection(("127.0.0.1", self.target), timeout=60) as site:
                threading.Thread(target=pump, args=(caller, site), daemon=True).start()
                answer = b"".join(iter(lambda: site.recv(65536), b""))
            if self.chance.random() < self.share:
                self.dropped += 1
                if self.dropped % 2:
                    caller.sendall(answer[: len(answer) // 2])
                caller.shutdown(socket.SHUT_RDWR)  # the other thread still listens to it
                return
            self.passed += 1
            caller.sendall(answer)


def pump(source: socket.socket, target: socket.socket) -> None:
    """Copy bytes until one of the two is closed."""
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)


def hurt(site: Stand, *, lines: int, people: int, share: float) -> Figures:
    """Log so many lines through a proxy that drops this share of the answers."""
    proxy = DroppingProxy(site.port, share)
    with Load(site, lines, people, port=proxy.port) as load:
        pass
    proxy.close()
    counted = count(site.database_url, load.tally.acknowledged)
    return {
        "dropped": proxy.dropped,
        "passed": proxy.passed,
        **counted,
        **load.tally.figures(),
        "kept": nothing_lost(counted, lines, load.tally.given_up),
    }


if __name__ == "__main__":
    sys.exit(script("dropped_answers", hurt, stands={}, lines=2000, share=0.2))
