"""The pages and JSON APIs of East Money: one module per kind, pure readers."""
