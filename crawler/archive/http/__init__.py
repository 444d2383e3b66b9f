"""Recorded HTTP replies, and the files that hold them."""
