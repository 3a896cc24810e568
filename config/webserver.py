"""How gunicorn serves the site, wherever it is started: `gunicorn -c python:config.webserver`.

The lower-case names are gunicorn's settings; its command line may still say otherwise.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from config.timeouts import GRACE, WEB_SILENCE

wsgi_app = "config.wsgi"
workers = int(os.environ.get("WORKERS") or min(max(os.cpu_count() or 1, 2), 3))
preload_app = True
"""One copy of the code in memory, and a worker that was killed is replaced in milliseconds."""

timeout = WEB_SILENCE
graceful_timeout = GRACE
max_requests = 20_000
"""A worker is replaced between two requests before a leak could matter."""

max_requests_jitter = 4_000
control_socket_disable = True
loglevel = "warning"
if os.access("/dev/shm", os.W_OK):  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108

_signs: list[Callable[[], None]] = []


def post_worker_init(worker: Any) -> None:
    """Remember how this worker tells gunicorn that it lives; gunicorn calls this."""
    _signs[:] = [worker.notify]


def command(bind: str) -> list[str]:
    """Return the command that serves the site at `bind`, to be run in the project's folder."""
    settings = ["-c", "python:config.webserver", "--chdir", str(Path(__file__).parent.parent)]
    # Its script, not `-m gunicorn`: when a new server takes over (USR2) that is run again by its
    # path, whose folder comes first among the modules, and gunicorn has one named http.
    script = str(Path(sys.executable).with_name("gunicorn"))
    return [sys.executable, script, *settings, "--bind", bind]


class Lively:
    """A streamed answer that gives a sign of life with each piece, and is closed like any other."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            for sign in _signs:
                sign()
            yield piece

    def close(self) -> None:
        """End the request."""
        if close := getattr(self.pieces, "close", None):
            close()


def lively(application: Callable[..., Any]) -> Callable[..., Any]:
    """Let long streamed answers live as long as they move; all others are left as they are."""

    def answering(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        answer = application(environ, start_response)
        return Lively(answer) if getattr(answer, "streaming", False) else answer

    return answering
