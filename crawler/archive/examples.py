"""A small file of each format that is made of several parts, around a given page."""

import csv
import io
import json
import tarfile
import zipfile


def zip_file(page: bytes) -> bytes:
    """Make such a file that holds the page."""
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        archive.writestr("a.html", page)
    return file.getvalue()


def tar_file(page: bytes) -> bytes:
    """Make such a file that holds the page."""
    with tarfile.open(fileobj=(file := io.BytesIO()), mode="w") as archive:
        info = tarfile.TarInfo("a.html")
        info.size = len(page)
        archive.addfile(info, io.BytesIO(page))
    return file.getvalue()


def har_file(page: bytes) -> bytes:
    """Make such a file that holds the page."""
    reply = {"status": 200, "content": {"mimeType": "text/html", "text": page.decode()}}
    return json.dumps({"log": {"entries": [{"request": {"url": "https://a.com/"}, "response": reply}]}}).encode()


def csv_file(page: bytes) -> bytes:
    """Make such a file that holds the page."""
    rows = csv.writer(file := io.StringIO())
    rows.writerows((("url", "html"), ("http://finance.eastmoney.com/a/202201142248170578.html", page.decode())))
    return file.getvalue().encode()


REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
WARC = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.com/\r\nContent-Type: text/html\r\n"
MAIL = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n%b\n--b--\n"
