"""Everything we write: atomic, idempotent, durable before it is called done."""
