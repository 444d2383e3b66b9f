"""Telling someone how a run went: a dead man's switch, whoever is to be notified, a file for Prometheus."""
