"""The least that a Scrapy project needs to crawl the same site: what our crawl is held against."""
