"""The site with a clock that can be set wrong: a file says by how many seconds."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from config.wsgi import application as site

OFFSET = Path(os.environ["CLOCK_OFFSET"])
TRUE = time.time


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """Answer one request as if it came so many seconds earlier or later."""
    wrong = timedelta(seconds=float(OFFSET.read_text() or "0"))
    with time_machine.travel(datetime.fromtimestamp(TRUE(), UTC) + wrong, tick=True):
        return site(environ, start_response)
