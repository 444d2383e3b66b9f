"""Spiders: following links, nothing else."""
