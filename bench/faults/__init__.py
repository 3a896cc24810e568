"""One bounded script per fault: what is hurt, what was acknowledged, what is there."""
