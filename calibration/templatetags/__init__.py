"""Template tags of calibration."""
