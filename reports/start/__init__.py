"""First pages: what waits for a member, what changed since their last shift, how the shift goes."""
