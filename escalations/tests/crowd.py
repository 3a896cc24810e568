"""Many people doing something at the same moment: real threads, real transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def at_once(count: int, do: Callable[[int], Any]) -> list[Any]:
    """Call `do(0)` … `do(count - 1)` together; what each gave back, or the exception it raised."""
    ready = threading.Barrier(count, timeout=60)

    def one(which: int) -> Any:
        try:
            connection.ensure_connection()
            ready.wait()
            return do(which)
        except Exception as error:  # noqa: BLE001  the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=count) as people:
        return list(people.map(one, range(count)))
