"""The removal rules, a family of them a file; `crawler.body.register` says how one is added."""
