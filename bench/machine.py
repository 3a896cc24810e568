"""What figures were measured on: they say little without."""

from __future__ import annotations

import os
import platform
import subprocess
from typing import Any

import psutil

from config.database import PROJECT


def machine() -> dict[str, Any]:
    """Cores, memory, Python, the commit, and how busy it was before."""
    git = ["git", "-C", str(PROJECT), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(git, capture_output=True, text=True, check=False)
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(),
        "commit": done.stdout.strip() or "unknown",
        "load": round(os.getloadavg()[0], 2),
    }
