"""What ``finews sources`` does: each column, list and origin is asked once, and told to be live, dead or blocked."""
