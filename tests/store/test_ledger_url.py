"""At which addresses a ledger can be: one that would forget all with each run is none."""

import os
from pathlib import Path

import pytest

from crawler.store.ledger_url import engine_at, hidden, sqlite_file

IN_MEMORY = ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"]
"""The second is what a script gives whose variable is not set."""


@pytest.mark.parametrize("url", [*IN_MEMORY, "perhaps", " ", "mysql://h/x"])
@pytest.mark.parametrize("read_only", [False, True])
def test_where_no_ledger_can_be_one_is_refused_in_a_sentence(url: str, read_only: bool) -> None:
    with pytest.raises(ValueError, match=r"^FINEWS_LEDGER_URL=.*: a ledger is kept in sqlite:///FILE or") as told:
        engine_at(url, read_only=read_only)
    assert "\n" not in str(told.value)


def test_a_file_is_one_and_a_server_has_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    engine = engine_at(url)
    assert sqlite_file(url) == tmp_path / "ledger.sqlite"
    assert (sqlite_file("postgresql://h/x"), engine.url.database) == (None, str(tmp_path / "ledger.sqlite"))
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(("umask", "mode"), [(0o002, 0o664), (0o022, 0o644), (0o077, 0o600)])
def test_a_ledger_is_a_groups_where_the_umask_says_so(umask: int, mode: int, tmp_path: Path) -> None:
    """One of them who could not write to it would leave files beside it that keep out all others."""
    file, before = tmp_path / "ledger.sqlite", os.umask(umask)
    try:
        with (engine := engine_at(f"sqlite:///{file}")).connect() as ledger:
            ledger.exec_driver_sql("CREATE TABLE t (a)")
            assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
                f"ledger.sqlite{end}": mode for end in ("", "-shm", "-wal")
            }
        engine.dispose()
    finally:
        os.umask(before)


def test_passwords_are_shown_nowhere() -> None:
    assert hidden("postgresql://me:secret@h/x?sslpassword=more&a=b") == "postgresql://***@h/x?sslpassword=***&a=b"


def test_a_file_is_read_whatever_bytes_the_names_of_its_folders_are(tmp_path: Path) -> None:
    """A folder of an old archive may be named in GBK."""
    folder = tmp_path / os.fsdecode("财经".encode("gbk"))
    folder.mkdir()
    url = f"sqlite:///{folder / 'ledger.sqlite'}"
    for read_only in (False, True):
        with (engine := engine_at(url, read_only=read_only)).connect() as ledger:
            assert ledger.exec_driver_sql("PRAGMA user_version").scalar() == 0
        engine.dispose()
