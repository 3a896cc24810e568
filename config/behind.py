"""Background work that runs behind the pages: in this process, and in the PostgreSQL it asks."""

import os
import socket
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from django.db.backends.signals import connection_created

AUTOGROUP = Path("/proc/self/autogroup")


def step_behind(nice: int) -> None:
    """Let this process, and those of PostgreSQL that will work for it, run `nice` behind others."""
    os.nice(nice)
    if os.getsid(0) == os.getpid():
        # Linux may share the processors out by session first: a nice alone then says nothing.
        with suppress(OSError):
            AUTOGROUP.write_text(str(nice))

    def backend_too(connection: Any, **_: object) -> None:
        with suppress(OSError, psutil.Error):
            if pid := backend_here(connection.connection):
                os.setpriority(os.PRIO_PROCESS, pid, nice)

    connection_created.connect(backend_too, weak=False, dispatch_uid="step_behind")


def backend_here(link: Any) -> int | None:
    """The process that PostgreSQL keeps for a driver's connection, if it runs on this machine.

    It does when whoever listens at the Unix socket is its parent; elsewhere the same number may be
    anybody's. Raises OSError or psutil.Error where that cannot be told.
    """
    if not link.info.host.startswith("/"):
        return None
    with socket.socket(fileno=os.dup(link.fileno())) as wire:
        said = wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    listener = struct.unpack("3i", said)[0]
    pid = link.info.backend_pid
    return pid if listener and psutil.Process(pid).ppid() == listener else None
