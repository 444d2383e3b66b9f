"""The saved door: files to pages to articles, merged and sent through the same stages as a crawl's."""

from crawler.reprocess.driver import Engine, carry_out, default_workers, most_workers, reprocess

__all__ = ["Engine", "carry_out", "default_workers", "most_workers", "reprocess"]
