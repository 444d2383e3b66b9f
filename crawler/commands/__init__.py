"""Commands of the project: scrapy crawl with honest exit codes, reprocess, verify, quarantine."""
