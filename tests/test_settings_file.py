"""`finews.toml`: what it may set, and what is wrong with one."""

from pathlib import Path

import pytest

from crawler import settings, settings_file


def test_which_values_are_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    for value, becomes in (
        ("sqlite:///~/l", "sqlite:////home/me/l"),
        ("sqlite:///l~", "sqlite:///l~"),
        ("postgresql+psycopg://~@h/~", "postgresql+psycopg://~@h/~"),
        ("", ""),
        (None, None),
    ):
        assert settings_file.at_home("FINEWS_LEDGER_URL", value) == becomes


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("FINEWS_CLEANNG = 'source'", "there is no setting FINEWS_CLEANNG: did you mean FINEWS_CLEANING?"),
        ("OUTPUT_DIR = 'x'", "there is no setting OUTPUT_DIR: did you mean FINEWS_OUTPUT_DIR?"),
        ("finews_cleaning = 'source'", "there is no setting finews_cleaning: did you mean FINEWS_CLEANING?"),
        ("[finews]\nFINEWS_CLEANING = 'source'", "[finews] is none of its tables: settings stand by their full names"),
        ("[FINEWS]\nCLEANING = 'source'", "[FINEWS] is none of its tables"),
        ("FINEWS_OUTPUT_DIR = 5", "FINEWS_OUTPUT_DIR is of the wrong kind: say text, in quotes"),
        ("FINEWS_ARCHIVE = 2022-01-01", "FINEWS_ARCHIVE is of the wrong kind: say true or false"),
        ("FINEWS_SHARE_HOSTS = [1]", "FINEWS_SHARE_HOSTS is of the wrong kind: say a list"),
        ("FINEWS_CLEANING", "finews.toml is no TOML"),
        ("FINEWS_CLEANING = '\udcff'", "finews.toml is no TOML"),
    ],
)
def test_a_file_that_cannot_be(file: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings_file.read(settings.defaults) == ({}, "")
    (tmp_path / "finews.toml").write_bytes(file.encode("utf-8", "surrogateescape"))
    held, wrong = settings_file.read(settings.defaults)
    assert held == {}
    assert message in wrong
