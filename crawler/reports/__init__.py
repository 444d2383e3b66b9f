"""The page of a run for people: one file of HTML that runs nothing and asks for nothing."""

from crawler.reports.page import page

__all__ = ["page"]
