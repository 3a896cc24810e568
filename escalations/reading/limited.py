"""A reader run as a child process under limits on memory and time: bytes in, JSON out.

`run` is the parent's half, `answer_under_limits` the child's; it imports nothing of the project.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

CPU_SECONDS = 40


class Ended(Exception):
    """The child ended without an answer: it met a limit, or took too long."""


class TookTooLong(Ended):
    """The child was still at it when we stopped waiting."""


def run(script: Path, data: bytes | Iterable[bytes], *numbers: int, seconds: float) -> Any:
    """Give `script` the bytes and some numbers, and return its answer; raises Ended.

    The last number is the memory it may have, in bytes; `seconds` is how long we wait once it has
    all bytes.
    """
    with subprocess.Popen(  # noqa: S603 (our own file, no shell)
        [sys.executable, "-I", str(script), *map(str, numbers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    ) as child:
        try:
            with suppress(BrokenPipeError):  # it ended before it had read everything
                for piece in [data] if isinstance(data, bytes) else data:
                    child.stdin.write(piece)  # type: ignore[union-attr]
            said = child.communicate(timeout=seconds)[0]
            return json.loads(said)
        except subprocess.TimeoutExpired:
            raise TookTooLong from None
        except ValueError:  # no JSON: killed before it could answer
            raise Ended from None
        finally:
            child.kill()


def answer_under_limits(answer: Callable[..., Any]) -> None:  # pragma: no cover (in the child)
    """In the child: set the limits, give `answer` stdin and the numbers, write what it says."""
    gc.disable()  # rows hold no rings, and looking for some among them takes a fifth of the time
    *numbers, memory = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), *numbers)))  # dump is far slower
