"""Tar archives, as a stream."""
