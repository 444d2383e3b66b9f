"""`finews`: Scrapy's command line with our settings, from any folder, also as it is installed."""

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest
from forked_scrapy import ROOT, START, Done
from run_scrapy import finews
from world import World, generated_site

import crawler
from crawler import exits


def test_the_version_is_that_of_the_project(tmp_path: Path) -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == crawler.__version__
    done = finews("--version", folder=tmp_path)
    assert (done.code, done.out.split()[:2]) == (0, ["finews-crawler", crawler.__version__])


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["crwal", "finews"], "there is no command crwal: did you mean crawl?"),
        (["--versoin"], "there is no option --versoin: did you mean --version?"),
        (["crawl", "finew"], "there is no spider finew: did you mean finews?"),
        (["crawl", "finews", "-a", "sicne=2022-01-01"], "unknown argument sicne: did you mean since?"),
        (["crawl", "share", "-a", "link=x"], "unknown argument link: did you mean links?"),
        (["crawl", "share", "-a", "self=x"], "unknown argument self"),
        (["crawl", "share", "-a", "crawler=x"], "unknown argument crawler"),
        (["crawl", "share", "-a", "crawler_or_spidercls=x"], "unknown argument crawler_or_spidercls"),
        (["crawl", "finews", "--quite"], "there is no option --quite: did you mean --quiet?"),
        (["quarantine", "lst"], "say list, retry or drop: did you mean list?"),
        (["Crawl", "finews"], "there is no command Crawl: did you mean crawl?"),
        (["xyzzy"], "there is no command xyzzy: none is like it."),
        (["verify", "--rebuld"], "there is no option --rebuld: did you mean --rebuild?"),
        (["list", "-s", "FINEWS_CLEANNG=source"], "there is no setting FINEWS_CLEANNG: did you mean FINEWS_CLEANING?"),
        (["verify", "-sFINEWS_CLEANNG=source"], "there is no setting FINEWS_CLEANNG: did you mean FINEWS_CLEANING?"),
        (["verify", "--set", "finews_cleaning=source"], "there is no setting finews_cleaning: did you mean"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_wrong_words(words: list[str], told: str, tmp_path: Path) -> None:
    done = finews(*words, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "output" / "_posts").exists()


def test_an_error_of_ours_is_no_wrong_usage_and_comes_with_its_trace(tmp_path: Path) -> None:
    broken = 'EXTENSIONS={"operator.itemgetter": 1}'  # it wants an argument
    done = finews("crawl", "share", "-a", "links=NW202201142248170578", "-s", broken, folder=tmp_path)
    assert (done.code, "Traceback" in done.err, "TypeError: itemgetter" in done.err) == (1, True, True), done.err


def test_every_line_of_wrong_usage_is_json_where_that_is_asked_for(tmp_path: Path) -> None:
    for words in (["crwal"], ["crawl", "finew"], ["crawl", "finews", "-s", "FINEWS_X=1"], ["fetch"]):
        done = finews(*words, "-s", "LOG_FORMAT=json", folder=tmp_path)
        assert done.code == 2
        assert all(json.loads(line)["message"] for line in done.err.splitlines())


def as_script(before: str, words: list[str], folder: Path) -> Done:
    """What `finews` does after something else, in a process of its own."""
    code = f"import os, signal, sys; sys.argv[1:] = {words}; import crawler.__main__ as script; {before}; script.main()"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr, folder)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [(["--version"], 0, "finews-crawler"), (["crawl", "finews"], 2, "run it in WSL 2"), ([], 2, "run it in WSL 2")],
)
def test_without_posix_it_says_so(words: list[str], code: int, told: str, tmp_path: Path) -> None:
    done = as_script("sys.modules['fcntl'] = None", words, tmp_path)
    assert (done.code, told in done.out + done.err, "Traceback" in done.err) == (code, True, False)


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_an_interrupt_before_the_command_has_begun(number: str, tmp_path: Path) -> None:
    before = f"import crawler.command_line as line; line.execute = lambda *_: os.kill(os.getpid(), signal.{number})"
    for words in (["verify"], ["crawl", "finews"]):
        done = as_script(before, words, tmp_path)
        assert (done.code, done.out, done.err) == (11, "", "finews: interrupted: run again to go on\n")


@pytest.mark.long
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    "module", ["scrapy.cmdline", "crawler.settings", "crawler.telling.teller", "crawler.store.run"]
)
def test_an_interrupt_while_a_command_is_imported(number: str, module: str, tmp_path: Path) -> None:
    """It comes when Python looks for that module, and is raised where nobody listens."""
    comes = f"lambda name, *_: os.kill(os.getpid(), signal.{number}) if name == {module!r} else None"
    before = f"sys.meta_path.insert(0, type('Comes', (), {{'find_spec': staticmethod({comes})}}))"
    for words in (["crawl", "finews", "-s", "LOG_FORMAT=json"], ["doctor"]):
        done = as_script(before, words, tmp_path)
        assert (done.code, done.out) == (11, "")
        (line,) = done.err.splitlines()
        told = json.loads(line)["message"] if "crawl" in words else line
        assert told.startswith("finews")
        assert told.endswith(": interrupted: run again to go on")
    assert not (tmp_path / "output").exists()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script of a fresh environment in which the wheel is installed; its dependencies are those of this one."""
    made = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q"]
    offline = ["--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *offline, "--no-build-isolation", "-w", str(made), str(ROOT)], check=True)
    venv.create(made / "venv", with_pip=False, symlinks=True)
    (wheel,) = made.glob("*.whl")
    python = str(made / "venv" / "bin" / "python")
    subprocess.run([*pip, "--python", python, "install", *offline, str(wheel)], check=True)
    (packages,) = (made / "venv").glob("lib/*/site-packages")
    (packages / "dependencies.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    return made / "venv" / "bin" / "finews"


def test_it_crawls_from_the_wheel_in_a_folder_of_another_project(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "crawler").mkdir()
    for name in ("__init__", "settings", "spiders"):
        (tmp_path / "crawler" / f"{name}.py").write_text("raise RuntimeError('of another project')\n")
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n")
    before = sorted(path.name for path in tmp_path.iterdir())
    with World(generated_site(3, 1)) as world:
        env = world.env() | {"PATH": "/usr/bin:/bin", "SCRAPY_SETTINGS_MODULE": "another.settings"}
        words = [str(installed), "crawl", "finews", *START]
        done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert len([*(tmp_path / "output" / "_posts").iterdir()]) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*before, "output"])


OURS = sorted(path.stem for path in (ROOT / "crawler" / "commands").glob("[!_]*.py"))


def test_the_overview_names_every_command_and_exit_code(tmp_path: Path) -> None:
    for words in ([], ["-h"], ["--help"]):
        out = finews(*words, folder=tmp_path).out
        assert [name for name in OURS if not re.search(rf"^finews {name}\b", out, re.MULTILINE)] == []
        assert [code for code in exits.WORDS if f"\n  {code:<3} " not in out] == []
