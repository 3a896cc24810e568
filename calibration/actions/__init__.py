"""Every change of calibration."""
