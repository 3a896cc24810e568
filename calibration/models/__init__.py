"""What calibration stores."""
