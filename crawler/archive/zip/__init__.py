"""Zip archives and WACZ."""
