"""Commands of ours beside Scrapy's: crawl with honest exit codes, and those that need no engine."""
