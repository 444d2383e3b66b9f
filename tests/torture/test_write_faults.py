"""The disk refuses: exit 7 and a clear word, nothing damaged, and afterwards the same tree."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from forked_scrapy import Done, ScrapyForker
from full_or_small import FULL, size
from run_scrapy import scrapy
from store.samples import POST, made
from torture.output_checks import check_conservation, check_ledger, differences, leftovers, reports, tree
from world import Site, World, generated_site

from crawler.store.run import Run

ARTICLES, CATEGORIES = 6, 2
CALM = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
STRIDE = size(41, 1)
# A full disk stays full, a read-only one read-only; a bad block may be one only.
FAULTS = {"full": ("ENOSPC", 0), "read-only": ("EROFS", 0), "bad block": ("EIO", 1), "bad disk": ("EIO", 0)}
UNCAUGHT = re.compile(r"^Traceback.*?^(\S[^\n]*)", re.MULTILINE | re.DOTALL)
# All but the last exception of a chain.
CHAINED = re.compile(
    r"^Traceback(?:(?!^Traceback).)*?\n\n(?:The above exception was|During handling of)[^\n]*\n\n",
    re.MULTILINE | re.DOTALL,
)
pytestmark = pytest.mark.timeout(size(120, 7200))


@pytest.fixture(scope="module")
def site() -> Site:
    return generated_site(ARTICLES, CATEGORIES)


def operations(forker: ScrapyForker, world: World, folder: Path) -> list[str]:
    """What a crawl writes, in order."""
    log = folder / "operations"
    output = folder / "counted"
    failing = {"first": 0, "error": "EIO", "times": 0, "below": str(output), "log": str(log)}
    done = forker.crawl(*CALM, output=output, env=world.env(), failing=failing)
    assert done.code == 0, done.err
    return log.read_text().splitlines()


def check_refused(ended: Done, output: Path, *, may_pass: bool) -> list[str]:
    """What is wrong with how the run took the fault."""
    wrong = []
    if ended.code != 7 and not (may_pass and ended.code == 0):
        wrong.append(f"exit {ended.code}")
    if ended.code == 7 and not re.search(rf"cannot write below {re.escape(str(output))}\b.*: \w", ended.err):
        wrong.append(f"no message that names the path and the cause: {ended.err[-300:]}")
    if last := [line for line in UNCAUGHT.findall(CHAINED.sub("", ended.err)) if "RunError" not in line]:
        wrong.append(f"traceback of {last}")
    return wrong


def check_sound(output: Path, wanted: dict[str, bytes]) -> list[str]:
    """What is damaged: files that are not whole."""
    return [name for name, data in tree(output).items() if not name.endswith(".part") and data != wanted[name]]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_nth_operation_fails(fault: str, forker: ScrapyForker, site: Site, tmp_path: Path) -> None:
    error, times = FAULTS[fault]
    wrong: dict[str, list[str]] = {}
    with World(site) as world:
        listed = operations(forker, world, tmp_path)
        wanted = tree(tmp_path / "counted")
        offset = list(FAULTS).index(fault) * STRIDE // len(FAULTS)
        for first in range(1 + offset, len(listed) + 1, STRIDE):
            if found := _one(forker, world, tmp_path, first, error, times, wanted):
                wrong[listed[first - 1]] = found
    print(f"{fault}: {len(listed)} operations, every {STRIDE}. of them failed once, {len(wrong)} with faults")
    assert wrong == {}, "\n".join(f"{where}: {what}" for where, what in wrong.items())


def _one(
    forker: ScrapyForker, world: World, folder: Path, first: int, error: str, times: int, wanted: dict[str, bytes]
) -> list[str]:
    output = folder / str(first)
    log = folder / f"{first}.log"
    failing: dict[str, Any] = {"first": first, "error": error, "times": times, "below": str(output), "log": str(log)}
    struck = forker.crawl(*CALM, output=output, env=world.env(), failing=failing, timeout=60)
    if " FAILS" not in log.read_text():  # what comes together in one second is stored together: it had fewer
        return [] if struck.code == 0 else [f"exit {struck.code} without a fault: {struck.err[-300:]}"]
    found = check_refused(struck, output, may_pass="the report has no page" in struck.err)
    if output.is_dir():
        found += check_sound(output, wanted)
    done = forker.crawl(*CALM, output=output, env=world.env())
    if done.code != 0:
        found.append(f"the run after it: exit {done.code} {done.err[-300:]}")
    if differs := differences(tree(output), wanted):
        found.append(f"the run after it: {differs}")
    if left := leftovers(output):
        found.append(f"the run after it leaves {left}")
    if (output / "state/ledger.sqlite").exists():
        check_ledger(output)
    check_conservation(reports(output))
    return found


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system of its own at the folder; the test is skipped where that is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("kilobytes", range(8, 480, 8) if FULL else [40, 200, 300, 420])
def test_a_disk_that_fills_up(kilobytes: int, forker: ScrapyForker, tmp_path: Path) -> None:
    site = generated_site(30, 3)
    disk = tmp_path / "disk"
    with World(site) as world, mounted(disk, f"size={kilobytes}k"):
        forker.crawl(*CALM, output=tmp_path / "wanted", env=world.env())
        wanted = tree(tmp_path / "wanted")
        struck = forker.crawl(*CALM, output=disk / "out", env=world.env())
        assert check_refused(struck, disk / "out", may_pass=False) == [], struck.err[-1500:] + struck.out
        assert check_sound(disk / "out", wanted) == []
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        done = forker.crawl(*CALM, output=disk / "out", env=world.env())
        assert done.code == 0, done.err
        assert differences(tree(disk / "out"), wanted) == {}
        assert leftovers(disk / "out") == []
        check_ledger(disk / "out")


def test_a_read_only_disk(forker: ScrapyForker, site: Site, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with World(site) as world, mounted(disk, "size=20m"):
        done = forker.crawl(*CALM, output=disk / "out", env=world.env())
        assert done.code == 0
        wanted = tree(disk / "out")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for output in (disk / "out", disk / "new"):
            struck = forker.crawl(*CALM, output=output, env=world.env())
            assert check_refused(struck, output, may_pass=False) == [], struck.err[-1500:]
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        again = forker.crawl(*CALM, output=disk / "out", env=world.env())
        assert (again.code, tree(disk / "out")) == (0, wanted)


@pytest.mark.parametrize("left", [(), ("-wal", "-shm"), ("-wal",)], ids=["closed", "killed", "copied"])
def test_what_only_reads_works_on_a_read_only_disk(left: tuple[str, ...], tmp_path: Path) -> None:
    """Whatever the run before left of the ledger; and nothing is made there."""
    disk, output = tmp_path / "disk", tmp_path / "disk/out"
    with mounted(disk, "size=20m"):
        writer = os.fork()
        if not writer:
            run = Run(output).__enter__()
            run.store([made(POST)])
            run.quarantined("NW202201142248170579", "why")
            if not left:
                run.close()
            os._exit(0)
        os.waitpid(writer, 0)
        for suffix in {"-wal", "-shm"} - {*left}:
            (output / f"state/ledger.sqlite{suffix}").unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = sorted(disk.rglob("*"))
        listed, checked = scrapy("quarantine", "list", output=output), scrapy("verify", output=output)
        assert (listed.code, listed.out) == (0, "NW202201142248170579\twhy\tlive\n"), listed.err
        assert (checked.code, checked.out) == (0, "posts checked 1, with faults 0\n"), checked.err
        assert sorted(disk.rglob("*")) == before


PLACES = ["", "state", "_posts", "category", "reports", "quarantine", "state/ledger.sqlite", "state/lock"]


@pytest.mark.parametrize("place", PLACES)
def test_something_else_is_in_the_place(place: str, forker: ScrapyForker, site: Site, tmp_path: Path) -> None:
    """A file where a folder should be, a folder where a file should be, and an output folder on a device."""
    output = tmp_path / "output"
    wrong = output / place
    wrong.parent.mkdir(parents=True, exist_ok=True)
    if wrong.name in {"ledger.sqlite", "lock"}:
        wrong.mkdir()
    else:
        wrong.write_bytes(b"")
    with World(site) as world:
        struck = forker.crawl(*CALM, output=output, env=world.env())
        # Nothing has to go to quarantine in this crawl.
        assert check_refused(struck, output, may_pass=place == "quarantine") == [], struck.err[-1500:] + struck.out
        if wrong.is_dir():
            wrong.rmdir()
        else:
            wrong.unlink()
        done = forker.crawl(*CALM, output=output, env=world.env())
        assert done.code == 0, done.err
        check_ledger(output)


def test_a_device_in_place_of_the_folder(forker: ScrapyForker, site: Site) -> None:
    with World(site) as world:
        struck = forker.crawl(*CALM, output=Path("/dev/full"), env=world.env())
    assert check_refused(struck, Path("/dev/full"), may_pass=False) == []
