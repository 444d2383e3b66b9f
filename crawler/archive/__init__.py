"""Saved pages in and out: folders, zip, tar, WARC, MHTML, HAR and more, read as a stream and never unpacked to disk."""

from crawler.archive.budget import Budget, Cost
from crawler.archive.model import Limits, ReadResult, Skipped
from crawler.archive.sections import NotByItself, Section, sections
from crawler.archive.walk import InputFile, input_files

__all__ = [
    "Budget",
    "Cost",
    "InputFile",
    "Limits",
    "NotByItself",
    "ReadResult",
    "Section",
    "Skipped",
    "input_files",
    "sections",
]
