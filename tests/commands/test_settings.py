"""`finews settings`: name, value and source of each, by -s, environment, file and default, for every command alike."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from run_scrapy import finews, scrapy
from world import World, generated_site

from crawler import settings

SECRET = "postgresql+psycopg://db.example/finews?password=hush"


def told(folder: Path, *words: str, **env: str) -> dict[str, tuple[str, str]]:
    """Value and source by name."""
    done = finews("settings", *words, folder=folder, env=env)
    assert done.code == 0, done.err
    return {name: (value, source) for name, value, source in (line.split("  ", 2) for line in lines(done.out))}


def lines(text: str) -> list[str]:
    return ["  ".join(filter(None, (part.strip() for part in line.split("  ")))) for line in text.splitlines()]


def test_each_setting_is_told_once_with_its_source(tmp_path: Path) -> None:
    (tmp_path / "finews.toml").write_text(
        'FINEWS_OUTPUT_DIR = "of the file"\nFINEWS_CLEANING = "source"\nFINEWS_MOST_LISTS = 7\nFINEWS_EDITED = "keep"\n'
        'FINEWS_CLEANING_ADD = ["tracking", "slogans"]\nDOWNLOAD_DELAY = 2.5\n'
    )
    found = told(
        tmp_path,
        "-s",
        "FINEWS_EDITED=overwrite",
        "-s",
        "LOG_LEVEL=INFO",
        FINEWS_CLEANING="standard",
        FINEWS_ARCHIVE="1",
    )
    assert found.keys() == {*settings.defaults, "DOWNLOAD_DELAY", "LOG_LEVEL"}
    assert found["FINEWS_OUTPUT_DIR"] == ("of the file", "finews.toml")
    assert found["FINEWS_CLEANING"] == ("standard", "environment")
    assert found["FINEWS_ARCHIVE"] == ("1", "environment")
    assert found["FINEWS_EDITED"] == ("overwrite", "-s")
    assert found["FINEWS_MOST_LISTS"] == ("7", "finews.toml")
    assert found["FINEWS_CLEANING_ADD"] == ("tracking,slogans", "finews.toml")
    assert found["DOWNLOAD_DELAY"] == ("2.5", "finews.toml")
    assert found["LOG_LEVEL"] == ("INFO", "-s")
    assert found["FINEWS_KLINE_IMAGES"] == ("remote", "default")
    assert found["FINEWS_LEDGER_URL"] == ('""', "default")


@pytest.mark.parametrize("source", ["-s", "environment", "finews.toml"])
def test_a_path_may_begin_at_home(source: str, tmp_path: Path) -> None:
    given = {"FINEWS_OUTPUT_DIR": "~/x", "FINEWS_METRICS_FILE": "~/m", "FINEWS_CLEANING": "~/x"}
    lines = [f"{name}={value}" for name, value in given.items()]
    words = [word for line in lines for word in ("-s", line)] if source == "-s" else []
    if source == "finews.toml":
        (tmp_path / "finews.toml").write_text("\n".join(f"{name} = '{value}'" for name, value in given.items()))
    env = {"HOME": "/home/me", **(given if source == "environment" else {})}
    done = finews("settings", *words, folder=tmp_path, env=env)
    values = {name: (value, told) for name, value, told in (line.split(maxsplit=2) for line in done.out.splitlines())}
    assert values["FINEWS_OUTPUT_DIR"] == ("/home/me/x", source)
    assert values["FINEWS_METRICS_FILE"] == ("/home/me/m", source)
    assert values["FINEWS_CLEANING"] == ("~/x", source)  # no path


def test_scripts_get_such_a_path_from_the_project_s_settings(tmp_path: Path) -> None:
    script = "from crawler import settings; print(settings.FINEWS_OUTPUT_DIR)"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": "/home/me", "FINEWS_OUTPUT_DIR": "~/x"}
    assert subprocess.check_output([sys.executable, "-c", script], cwd=tmp_path, env=env, text=True) == "/home/me/x\n"


@pytest.mark.long
@pytest.mark.parametrize("source", ["-s", "environment", "finews.toml"])
def test_of_secrets_only_that_they_are_set(source: str, tmp_path: Path) -> None:
    if source == "finews.toml":
        (tmp_path / "finews.toml").write_text(f'FINEWS_LEDGER_URL = "{SECRET}"\n')
    words = (
        ["-s", f"FINEWS_LEDGER_URL={SECRET}", "-s", "FTP_PASSWORD=hush", "-s", "FEED_URI=ftp://me:hush@a.example/"]
        if source == "-s"
        else []
    )
    done = finews(
        "settings", *words, folder=tmp_path, env={"FINEWS_LEDGER_URL": SECRET} if source == "environment" else {}
    )
    assert "hush" not in done.out + done.err
    assert f"(set)  {source}" in done.out


@pytest.mark.long
@pytest.mark.parametrize(
    "command", [["crawl", "finews"], ["reprocess", "."], ["verify"], ["quarantine", "list"], ["list"]]
)
def test_every_command_refuses_it(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "finews.toml").write_text("FINEWS_CLEANNG = 'source'")
    done = finews(*command, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "did you mean FINEWS_CLEANING?" in done.err
    assert not (tmp_path / "output").exists()


@pytest.mark.long
def test_commands_heed_the_file_and_paths_are_meant_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "finews.toml").write_bytes(b"\xef\xbb\xbfFINEWS_OUTPUT_DIR = 'out'\r\nFINEWS_SHARE_HOST = 'a b'\r\n")
    assert "FINEWS_SHARE_HOST=a b" in finews("verify", folder=tmp_path).err
    (tmp_path / "finews.toml").write_text("FINEWS_OUTPUT_DIR = 'out'\n")
    with World(generated_site(2, 1)) as world:
        crawled = finews(
            "crawl", "finews", "-a", "start=http://finews.withounder.com/", folder=tmp_path, env=world.env()
        )
    assert crawled.code == 0, crawled.err
    assert "checked 2, with faults 0" in finews("verify", folder=tmp_path).out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["finews.toml", "out"]


def test_what_is_wrong_is_told_below_the_settings(tmp_path: Path) -> None:
    for words in (["-s", "FINEWS_MOST_LISTS=none"], ["-s", "FINEWS_CLEANNG=source"]):
        done = finews("settings", *words, folder=tmp_path)
        assert done.code == 2
        assert re.search(r"FINEWS_MOST_LISTS +none  -s\n|FINEWS_CLEANNG +source  -s\n", done.out)
        assert re.search("FINEWS_MOST_LISTS=none: say a number|did you mean FINEWS_CLEANING", done.err)


def test_scrapys_own_way_to_ask_for_one_stays(tmp_path: Path) -> None:
    assert scrapy("settings", "--get", "BOT_NAME", output=tmp_path).out == "finews-crawler\n"
    assert scrapy("settings", "--getint", "FINEWS_MOST_LISTS", output=tmp_path).out == "1000\n"
    assert scrapy("settings", "more", output=tmp_path).code == 2


@pytest.mark.long
def test_one_value_is_told_only_where_all_are_right(tmp_path: Path) -> None:
    def get(name: str, *words: str, **env: str) -> tuple[int, str]:
        done = finews("settings", "--get", name, *words, folder=tmp_path, env=env)
        return done.code, done.out + done.err.partition(": ")[2]

    assert get("FINEWS_LEDGER_URL", FINEWS_LEDGER_URL=SECRET) == (0, "(set)\n")
    assert get("FINEWS_LEDGER_URL") == (0, "\n")
    code, told = get("FINEWS_LEDGERURL")
    assert (code, told) == (2, "there is no setting FINEWS_LEDGERURL: did you mean FINEWS_LEDGER_URL?\n")
    (tmp_path / "finews.toml").write_text('FINEWS_OUTPUT_DIR = "mine"\nLOG_FORMAT = "json"\n')
    assert get("FINEWS_OUTPUT_DIR") == (0, "mine\n")
    assert get("LOG_FORMAT") == (0, "json\n")
    assert get("FINEWS_OUTPUT_DIR", FINEWS_EDITED="mine")[0] == 2
    (tmp_path / "finews.toml").write_text('FINEWS_OUTPUT_DIR = "mine"\nFINEWS_MOST_LISTS = 1.5\n')
    code, told = get("FINEWS_OUTPUT_DIR")
    assert (code, "FINEWS_MOST_LISTS is of the wrong kind" in told, "output" in told) == (2, True, False)


def test_an_address_under_a_name_that_is_none_is_not_shown(tmp_path: Path) -> None:
    words = ("FINEWS_NOTIFYY=tgram://12:hush/chat", "PING_URL=https://hc.example/hush", "my_passwd=hush")
    done = finews("settings", *(f"-s{word}" for word in words), folder=tmp_path)
    assert done.code == 2
    assert done.out.count("(set)  -s") == 3
    assert "hush" not in done.out + done.err


def test_the_form_of_the_log_is_told_as_it_was_given(tmp_path: Path) -> None:
    assert told(tmp_path, "-s", "LOG_FORMAT=json")["LOG_FORMAT"] == ("json", "-s")
    (tmp_path / "finews.toml").write_text('LOG_FORMAT = "json"\n')
    assert told(tmp_path)["LOG_FORMAT"] == ("json", "finews.toml")
