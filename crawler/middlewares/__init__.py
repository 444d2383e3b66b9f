"""Request side: validators, backoff, blocks, politeness."""
