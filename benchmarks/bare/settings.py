"""Scrapy's defaults, and where the spiders are."""

SPIDER_MODULES = ["bare.spiders"]
LOG_LEVEL = "WARNING"
