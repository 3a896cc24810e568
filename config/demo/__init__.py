"""The demo floor: two programs, their people and ninety nights, all made up, loaded and removed."""
