"""On a real cluster of Dask: the same bytes as one process, though a worker is killed. More of it: tests/torture/test_dask.py."""

import sys
from pathlib import Path

import pytest
from commands.command import OPTIONS, command
from forked_scrapy import Running
from reprocess import test_order
from reprocess.clusters import cluster, kill_a_worker, local, nobody_is_left, nothing_is_done_again, save
from reprocess.running import report, reprocess
from run_scrapy import forker
from torture.output_checks import Tree, check_ledger, differences, leftovers, tree

from crawler.commands import reprocess as reprocess_command

ARTICLES = 200
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


def test_a_local_cluster_whose_worker_is_killed(tmp_path: Path) -> None:
    """And a rerun does nothing again."""
    saved, output = save(tmp_path / "saved", ARTICLES), tmp_path / "out"
    assert reprocess(tmp_path / "one", saved, "--workers", 1).code == 0
    running: Running = local(output, saved)
    kill_a_worker(running, output)
    ended = running.wait(500)
    assert (ended.code, ended.err) == (0, "")
    assert differences(tree(output), tree(tmp_path / "one")) == {}
    nobody_is_left(running)
    check_ledger(output)
    assert leftovers(output) == []
    nothing_is_done_again(output, saved)


def test_pages_that_disagree_on_the_workers_of_a_scheduler(tmp_path: Path) -> None:
    """They are of another folder, and paths are as the command has them."""
    files = [*test_order._save(tmp_path / "saved", 1), "-s", "FINEWS_POST_FOLDERS=month"]
    assert reprocess(tmp_path / "one", *files, "--workers", 1).code == 0
    assert len(_posts(tmp_path / "one")) == test_order.ARTICLES
    with cluster(tmp_path / "cluster", 2) as made:
        for large in (None, 0):
            output = tmp_path / f"two-{large}"
            ended = reprocess(output, *files, "-q", "--dask", made.address, large=large, timeout=500)
            assert (ended.code, ended.err) == (0, "")
            assert differences(_posts(output), _posts(tmp_path / "one")) == {}
            one, two = report(tmp_path / "one"), report(output)
            for name in ("found", "counts", "inputs"):
                assert one[name] == two[name]


def _posts(output: Path) -> Tree:
    """Those in the folders of months."""
    return {path.name: path.read_bytes() for path in (output / "_posts").glob("2*/*/*.md")}


def test_nobody_at_the_address(tmp_path: Path) -> None:
    output = tmp_path / "out"
    words = ("reprocess", str(save(tmp_path / "saved", 1)), "-q", "--dask", "tcp://127.0.0.1:9")
    soon = {"crawler.reprocess.cluster.PATIENCE": 2}  # else a whole minute's half
    ended = forker().start(*words, output=output, constants=soon).wait(500)
    assert (ended.code, tree(output)) == (3, {})
    assert ended.err == "scrapy reprocess: no Dask scheduler is at tcp://127.0.0.1:9: does it run there?\n"


def test_wrong_usage(tmp_path: Path) -> None:
    saved = save(tmp_path / "saved", 1)
    for options, told in (
        (["--dask", ""], "--dask is empty"),
        (["--dask", "local", "--online"], "not with --dask"),
        (["--dask", "tcp://127.0.0.1:9", "--workers", 2], "a cluster has its own"),
        (["--dask", "nonsense://"], "--dask nonsense://: "),
        (["--dask", "tcp://127.0.0.1"], "--dask tcp://127.0.0.1: "),
    ):
        ended = reprocess(tmp_path / "out", saved, *options)
        assert (ended.code, told in ended.err) == (2, True), (options, ended.code, ended.err)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setattr(OPTIONS, "dask", "local")
    with pytest.raises(ValueError, match=r"pip install 'finews-crawler\[dask\]'"):
        command(reprocess_command, tmp_path / "out").execute([str(tmp_path)], OPTIONS)
