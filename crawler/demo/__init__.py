"""A stand-in for the outside world: what `make crawl` crawls, on loopback and without network."""

from crawler.demo.articles import DemoArticle
from crawler.demo.sample import sample_site
from crawler.demo.site import Site
from crawler.demo.world import World

__all__ = ["DemoArticle", "Site", "World", "sample_site"]
