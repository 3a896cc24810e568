"""What a backup must hold, in numbers: rows and a checksum per table, migrations, versions.

The checksum of a table is the sum of its rows' digests: the order does not matter, and it comes
out alike on every machine and version of PostgreSQL.
"""

from datetime import UTC, datetime
from typing import Any

from config.database import PROJECT

FORMAT = 1

Manifest = dict[str, Any]

_PLAIN = (
    "SET LOCAL TimeZone TO 'UTC'",
    "SET LOCAL DateStyle TO 'ISO'",
    "SET LOCAL IntervalStyle TO 'postgres'",
    "SET LOCAL extra_float_digits TO 3",
    "SET LOCAL bytea_output TO 'hex'",
)

_TABLES = """
    SELECT quote_ident(nspname) || '.' || quote_ident(relname)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind = 'r' AND relpersistence = 'p'
    AND nspname NOT IN ('pg_catalog', 'information_schema')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
    ORDER BY 1
"""

_SUM = """
    SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text
    FROM ONLY {table} t
"""


def tables_of(cursor: Any) -> list[str]:
    """Return the names of the database's own tables, quoted, with their schema."""
    cursor.execute(_TABLES)
    return [row[0] for row in cursor.fetchall()]


def take(cursor: Any) -> Manifest:
    """Return the manifest of what the cursor's open transaction sees."""
    for setting in _PLAIN:
        cursor.execute(setting)
    tables = {}
    for table in tables_of(cursor):
        cursor.execute(_SUM.format(table=table))
        rows, digest = cursor.fetchone()
        tables[table] = {"rows": rows, "sum": digest}
    cursor.execute("SHOW server_version_num")
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "postgres": int(cursor.fetchone()[0]) // 10_000,
        "migrations": _applied(cursor, tables),
        "tables": tables,
    }


def _applied(cursor: Any, tables: dict[str, Any]) -> list[str]:
    if "public.django_migrations" not in tables:
        return []
    cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [row[0] for row in cursor.fetchall()]


def differences(wanted: Manifest, found: Manifest) -> list[str]:
    """Return in words each table that is not as the backup's manifest says."""
    words = []
    for table in sorted(wanted["tables"].keys() | found["tables"].keys()):
        there, here = wanted["tables"].get(table), found["tables"].get(table)
        if there is None or here is None:
            words.append(f"{table} is {'not in the backup' if there is None else 'missing'}")
        elif there["rows"] != here["rows"]:
            words.append(f"{table} has {here['rows']} rows in place of {there['rows']}")
        elif there["sum"] != here["sum"]:
            words.append(f"{table} has rows that differ")
    return words


def unknown_migrations(manifest: Manifest) -> list[str]:
    """Return those of our apps' migrations in the backup that this source does not have."""
    apps = {path.parent.parent.name for path in PROJECT.glob("*/migrations/__init__.py")}
    known = {f"{path.parent.parent.name}.{path.stem}" for path in PROJECT.glob("*/migrations/*.py")}
    return [
        name
        for name in manifest["migrations"]
        if name.partition(".")[0] in apps and name not in known
    ]
