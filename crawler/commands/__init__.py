"""Commands of ours beside Scrapy's: crawl with honest exit codes, and those that need no engine.

Scrapy imports all of them at every start: what is heavy each imports when it is carried out.
"""
