"""The stand-in world as tests need it: with faults, a log of requests, robots texts, and sites that change or are big."""

from world.client import Client, Reply
from world.fault_kinds import KINDS
from world.fault_rule import Fault
from world.faulty_world import World
from world.generated import generated_site
from world.request_log import Record
from world.sites import LeavingSite, Site, sample_site, site_from_posts
from world.source_posts import post_bytes

from crawler.demo import DemoArticle

__all__ = [
    "KINDS",
    "Client",
    "DemoArticle",
    "Fault",
    "LeavingSite",
    "Record",
    "Reply",
    "Site",
    "World",
    "generated_site",
    "post_bytes",
    "sample_site",
    "site_from_posts",
]
