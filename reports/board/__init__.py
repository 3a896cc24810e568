"""The shift board: what the wall display of the current shift says, and how it is counted."""
