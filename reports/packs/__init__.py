"""Packs of reports that are printed or taken away as a workbook: week, month, for the client."""
