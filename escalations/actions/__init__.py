"""What can change on the log sheet: one function per verb, the only place that writes lines."""

from escalations.actions.logging import NewLine, log, log_many
from escalations.actions.editing import EDITABLE, edit, undo, void

__all__ = ["EDITABLE", "NewLine", "edit", "log", "log_many", "undo", "void"]
