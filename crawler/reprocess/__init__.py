"""The saved door: files to pages to articles, merged and sent through the same stages as a crawl's."""

from crawler.reprocess.driver import Engine, default_workers, most_workers, reprocess

__all__ = ["Engine", "default_workers", "most_workers", "reprocess"]
