"""Cleaning article HTML: what is not the article goes, what is dangerous goes, every other byte stays as it was."""

from crawler.body.cleaning import Cleaned, clean, is_safe
from crawler.body.digests import clean_digest
from crawler.body.placeholders import fill
from crawler.body.profile import Profile, profile
from crawler.body.shows import shows
from crawler.body.titles import safe_name, safe_title

__all__ = [
    "Cleaned",
    "Profile",
    "clean",
    "clean_digest",
    "fill",
    "is_safe",
    "profile",
    "safe_name",
    "safe_title",
    "shows",
]
