"""A stand-in for the outside world: what `make crawl` and the tests crawl, on loopback and without network."""

from crawler.demo.articles import DemoArticle, post_bytes
from crawler.demo.client import Client, Reply
from crawler.demo.fault_kinds import KINDS
from crawler.demo.fault_rule import Fault
from crawler.demo.from_posts import site_from_posts
from crawler.demo.generated import generated_site
from crawler.demo.request_log import Record
from crawler.demo.sample import sample_site
from crawler.demo.site import Site
from crawler.demo.world import World

__all__ = [
    "KINDS",
    "Client",
    "DemoArticle",
    "Fault",
    "Record",
    "Reply",
    "Site",
    "World",
    "generated_site",
    "post_bytes",
    "sample_site",
    "site_from_posts",
]
