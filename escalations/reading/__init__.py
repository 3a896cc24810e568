"""Reading a log sheet: bytes or pasted text in, readings and proposals out; nothing written."""

from escalations.reading.table import SheetRefused, Table, read_file, read_pasted

__all__ = ["SheetRefused", "Table", "read_file", "read_pasted"]
