"""A browser that costs next to nothing: one socket per request, the answer read to its end."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass

PATIENCE = 120.0


@dataclass(frozen=True)
class Reply:
    """An answer, and the seconds from opening the connection to its last byte."""

    status: int
    seconds: float
    body: bytes


def request(
    port: int,
    path: str,
    cookies: Mapping[str, str],
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> bytes:
    """The bytes of a request: a GET, or a POST of `body`."""
    jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
    said = {"Host": f"127.0.0.1:{port}", "Cookie": jar, "Connection": "close", **(headers or {})}
    if body is not None:
        said["Content-Length"] = str(len(body))
        said.setdefault("Content-Type", "application/x-www-form-urlencoded")
        said.setdefault("X-CSRFToken", cookies.get("csrftoken", ""))
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    verb = "GET" if body is None else "POST"
    return f"{verb} {path} HTTP/1.1\r\n{head}\r\n".encode() + (body or b"")


def fetch(port: int, asked: bytes) -> Reply:
    """Send it and read the whole answer; OSError when none comes."""
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as link:
        link.sendall(asked)
        pieces = []
        while piece := link.recv(262_144):
            pieces.append(piece)
    seconds = time.perf_counter() - began
    whole = b"".join(pieces)
    head, _, body = whole.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1."):
        raise ConnectionError("The server closed the connection without an answer.")
    return Reply(int(head.split(b" ", 2)[1]), seconds, body)
