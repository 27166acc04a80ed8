"""Readers' personal data: told to them, erased for them, and dropped when its time is over."""
