"""Background work stands back for the pages, in its own process and in PostgreSQL's."""

import os
import subprocess
import sys

import psutil
import pytest
from django.db import connection

from config.behind import backend_here

SCRIPT = """
import os, django
django.setup()
from config.behind import step_behind, backend_here
step_behind(7)
from django.db import connection
connection.ensure_connection()
print(os.getpriority(os.PRIO_PROCESS, 0), backend_here(connection.connection), flush=True)
input()
"""


@pytest.fixture
def link(db):
    connection.ensure_connection()
    return connection.connection


def test_the_worker_s_postgresql_runs_behind_the_pages_too(link):
    if backend_here(link) is None:
        pytest.skip("PostgreSQL is not on this machine")
    usual = psutil.Process(backend_here(link)).nice()
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DATABASE_URL": os.environ["TEST_DATABASE_URL"]},
        start_new_session=True,
    )
    with child:
        nice, backend = map(int, child.stdout.readline().split())
        assert psutil.Process(backend).nice() == usual + 7
        assert nice == os.getpriority(os.PRIO_PROCESS, 0) + 7
        child.communicate("\n")
    assert psutil.Process(backend_here(link)).nice() == usual


def test_a_postgresql_of_another_machine_is_let_alone(link):
    class Far:
        class info:  # noqa: N801
            host = "db.example.com"
            backend_pid = os.getpid()

    assert backend_here(Far) is None
