"""Replies and records in files of JSON."""
