"""The time limits of pages, jobs, mail and database; docs/reliability.md says what each is for.

Nothing here imports Django. Second tries of a change are in people/retries.py, of mail in
people/actions/delivery.py, of a job in config/jobs.py. How long a sheet's reader may take stands
with it (escalations/reading/limited.py, packed.py), how long a browser waits in static/js/outbox.
"""

CONNECT = 3
"""Seconds to reach PostgreSQL before a page says that it cannot."""

STATEMENT_MS = 30_000
"""One statement of a page."""

WORKER_STATEMENT_MS = 600_000
"""One statement of a background job."""

LOCK_MS = 10_000
"""Waiting for somebody else's lock; a deadlock is found by PostgreSQL after one second."""

IDLE_IN_TRANSACTION_MS = 60_000
"""A transaction that does nothing: its holder is dead or hung, and it holds locks."""

CONNECTION_AGE = 600
"""Seconds that a web worker keeps its connection; it is looked at before each request."""

KEEPALIVE = {
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A database whose machine is gone says nothing: TCP asks after 30 s, and gives up 15 s later."""

WEB_SILENCE = 100
"""Seconds without a sign of life after which gunicorn replaces a web worker.

A page takes less (STATEMENT_MS), and so does an upload, which waits for its reader
(escalations/reading/packed.py); an export gives a sign with every piece it sends.
"""

GRACE = 10
"""Seconds that a page or a job at hand may take to finish when we are told to stop."""

RETRY_AFTER = 2
"""Seconds after which a browser may ask again when the database is away."""

MAIL = 10
"""One step of the talk with the mail server."""

MIGRATION_LOCK_MS = 300
"""How long a migration may queue for a table: everybody who comes later queues behind it."""

MIGRATION_PAUSE = 1.0
"""Seconds between two tries of a migration, in which the others get through."""

MIGRATION_PATIENCE = 600
"""Seconds of trying until a migration gives up, with nothing changed."""

MAIL_TALK = 60
"""One mail from the first word to the last, however slowly the server drips."""

MAIL_LEASE = 180
"""How long a mail belongs to the worker that took it; longer than the talk can last."""
