"""A throw-away certificate authority for the world's hosts."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from pathlib import Path

import trustme


def server_context(hosts: Iterable[str], ca_file: Path) -> ssl.SSLContext:
    """Make a TLS context with a certificate for all the hosts; the authority's PEM goes to `ca_file`."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*hosts).configure_cert(context)
    context.set_alpn_protocols(["http/1.1"])
    return context
