"""Share hosts that the settings add are known to the reader of saved pages as the others are."""

import json
from pathlib import Path

import pytest
from archive.makers import make_warc
from run_scrapy import scrapy

HOST = "share.invented.xyz"
URL = f"http://{HOST}/NewsData/Other.do?id=NW202201142248170578"
ERROR = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def _saved(folder: Path, form: str) -> None:
    folder.mkdir()
    if form == "mirror":
        page = folder / URL.removeprefix("http://")
        page.parent.mkdir(parents=True)
        page.write_bytes(ERROR)
    else:
        data = make_warc([(URL, ERROR, [("Content-Type", "text/html")])], gzipped=False)
        data = data.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 502 No") if form == "refused" else data
        (folder / "x.warc").write_bytes(data)


@pytest.mark.parametrize("form", ["mirror", "recorded", "refused"])
@pytest.mark.parametrize(("hosts", "code"), [("", 0), (f"finews.zning.xyz,{HOST}", 5)])
def test_an_error_page_of_a_share_host_is_an_article_lost(form: str, hosts: str, code: int, tmp_path: Path) -> None:
    _saved(tmp_path / "in", form)
    settings = ("-s", f"FINEWS_SHARE_HOSTS={hosts}") if hosts else ()
    done = scrapy("reprocess", str(tmp_path / "in"), "--workers", "1", *settings, output=tmp_path / "out")
    # Of another site's recorded refusal no page is left at all: nothing could be read.
    assert done.code == (3 if not hosts and form == "refused" else code), done.out + done.err
    (path,) = (tmp_path / "out/reports").glob("*.json")
    report = json.loads(path.read_bytes())
    assert report["quarantined"] == (1 if hosts else 0)
