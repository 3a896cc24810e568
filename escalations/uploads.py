"""How much may be sent in: a cap on a file while it arrives, on how often, one large at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.cache import cache
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import connection
from django.db.utils import Error
from django.http import HttpRequest

from escalations.reading.table import MAX_BYTES
from people.refusals import TooOften

WINDOW = 600
"""Seconds in which uploads are counted."""

PER_PERSON, PER_ADDRESS = 30, 120

LARGE = 1_000_000
"""Bytes from which a sheet waits for its turn: a web worker waits while it is read."""

_LOCK = (0x7A1B, 2)
"""The advisory lock of whoever has a large sheet read; it ends with the connection."""


class CappedUpload(FileUploadHandler):
    """Lets go of a file as soon as it is larger than a sheet may be, and remembers that."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a chunk on to the next handler, or drop the file."""
        if start + len(raw_data) > MAX_BYTES and self.request is not None:
            self.request.META["tala.upload_too_big"] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
        return


def was_too_big(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped for its size."""
    return bool(request.META.get("tala.upload_too_big"))


def count_upload(request: HttpRequest) -> None:
    """Count one upload of this person and address; raises TooOften past the limit."""
    window = int(time.time()) // WINDOW
    address = request.META.get("REMOTE_ADDR", "")
    for who, limit in ((f"person-{request.user.pk}", PER_PERSON), (f"from-{address}", PER_ADDRESS)):
        key = f"upload-{who}-{window}"
        cache.add(key, 0, timeout=WINDOW)
        if cache.incr(key) > limit:
            raise TooOften("That was many sheets in a short time. Wait ten minutes, then go on.")


@contextmanager
def turn_of(size: int) -> Iterator[bool]:
    """Say whether a sheet of so many bytes may be read now: of large ones it is one at a time.

    So a web worker is left for everybody else's pages (escalations/exportslot.py does the same).
    """
    if size < LARGE:
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", _LOCK)
        is_ours = cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", _LOCK)
