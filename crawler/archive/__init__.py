"""Saved pages in and out: folders, zip, tar, WARC, MHTML, HAR and more, read as a stream and never unpacked to disk."""

from crawler.archive.model import Limits, ReadResult, Skipped
from crawler.archive.walk import InputFile, input_files
from crawler.archive.warc.writer import WarcWriter

__all__ = ["InputFile", "Limits", "ReadResult", "Skipped", "WarcWriter", "input_files"]
