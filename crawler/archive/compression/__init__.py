"""Compressed files: how each is decoded, and how what comes out is verified."""
