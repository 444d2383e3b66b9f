"""WARC files, in and out."""
