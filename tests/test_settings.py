"""Settings: from -s, else the environment, else the project; every command refuses what cannot be."""

from pathlib import Path

import pytest
from run_scrapy import fresh_scrapy, scrapy

COMMANDS = (["crawl", "finews"], ["reprocess", "."], ["verify"], ["quarantine", "list"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_refuses(command: list[str], tmp_path: Path) -> None:
    done = fresh_scrapy(*command, output=tmp_path / "out", env={"FINEWS_CLEANNG": "source"})
    assert done.code == 2, done.err
    assert "did you mean FINEWS_CLEANING?" in done.err
    assert not done.output.exists()


def test_the_environment_is_read_below_what_the_command_says(tmp_path: Path) -> None:
    env = {"FINEWS_OUTPUT_DIR": str(tmp_path / "not this one"), "FINEWS_CLEANING": "nosuch"}
    (tmp_path / "a.html").write_text("<p>")
    done = scrapy("reprocess", str(tmp_path / "a.html"), output=tmp_path / "out", env=env)
    assert done.code == 2
    assert "nosuch" in done.err
    assert not (tmp_path / "not this one").exists()


def test_a_host_is_asked_less_than_twice_a_second(tmp_path: Path) -> None:
    def get(name: str, **env: str) -> float:
        return float(scrapy("settings", "--getfloat", name, output=tmp_path, env=env).out)

    assert get("DOWNLOAD_DELAY") > 0.5 < get("AUTOTHROTTLE_START_DELAY")
    assert get("RANDOMIZE_DOWNLOAD_DELAY") == get("AUTOTHROTTLE_ENABLED") == 1
    assert get("DOWNLOAD_DELAY", FINEWS_STAND_IN="1") == get("AUTOTHROTTLE_ENABLED", FINEWS_STAND_IN="1") == 0


@pytest.mark.parametrize(
    "wrong", ["LOG_LEVEL=LOUD", "LOG_LEVEL=20", "LOG_FORMAT=xml", "LOG_FORMAT=%(no)", "LOG_FILE=/nowhere/crawl.log"]
)
def test_settings_of_the_log_that_cannot_be(wrong: str, tmp_path: Path) -> None:
    done = scrapy("crawl", "finews", "-s", wrong, output=tmp_path / "output")
    assert (done.code, "Traceback" in done.err, wrong.partition("=")[0] in done.err) == (2, False, True), done.err
    assert not (tmp_path / "output").exists()
