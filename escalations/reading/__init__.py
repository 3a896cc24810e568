"""Reading a log sheet: bytes or pasted text in, readings and proposed repairs out; writes nothing."""

from escalations.reading.table import SheetRefused, Table, read_file, read_pasted

__all__ = ["SheetRefused", "Table", "read_file", "read_pasted"]
