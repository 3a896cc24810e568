"""One column more, one column less."""
