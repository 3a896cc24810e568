"""What can change on the log sheet: one function per verb, the only place that writes lines."""

from escalations.actions.editing import EDITABLE, edit, save_edit, undo, void
from escalations.actions.logging import NewLine, log
from escalations.actions.logging_many import log_many

__all__ = ["EDITABLE", "NewLine", "edit", "log", "log_many", "save_edit", "undo", "void"]
