"""The locks: what is installed by them runs on every Python that is promised, and several can be installed together."""

import re
import tomllib
from importlib.metadata import distribution

import pytest
from forked_scrapy import ROOT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name


def test_no_package_of_the_lock_wants_a_later_python() -> None:
    promised = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    lowest = f"{promised.removeprefix('>=')}.0"
    wanted = {name: distribution(name).metadata.get("Requires-Python") for name in _versions("requirements.lock")}
    assert len(wanted) > 20
    assert {name: told for name, told in wanted.items() if told and lowest not in SpecifierSet(told)} == {}


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_a_lock_names_versions_and_hashes_and_no_registry(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    pinned = [(line, after) for line, after in zip(lines, [*lines[1:], ""], strict=True) if line[:1].isalnum()]
    assert len(pinned) > 5
    assert [line for line, after in pinned if "==" not in line or not after.startswith("    --hash=sha256:")] == []
    assert [line for line in lines if line.startswith("-") or "://" in line] == []


@pytest.mark.parametrize("other", ["requirements-build.lock", "requirements-test.lock"])
def test_locks_agree_on_what_both_hold(other: str) -> None:
    """The image is built with two of them at once."""
    ours, theirs = _versions("requirements.lock"), _versions(other)
    shared = ours.keys() & theirs.keys()
    assert shared
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


EXTRAS = {
    "requirements.lock": ("demo",),
    "requirements-test.lock": ("dask", "demo", "mcp", "notify", "parquet", "postgres", "test"),
    "requirements-bench.lock": ("bench", "demo", "mcp", "parquet"),
}
"""What each lock holds beside what is always needed, as `make lock` makes it."""


@pytest.mark.parametrize("lock", EXTRAS)
def test_what_is_declared_is_locked_as_it_is_wanted(lock: str) -> None:
    """Where one is declared, or wanted in a later version, `make lock` is to follow."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert {name for names in EXTRAS.values() for name in names} == extras.keys()
    lines = [*project["dependencies"], *(line for name in EXTRAS[lock] for line in extras[name])]
    locked = {canonicalize_name(name): version for name, version in _versions(lock).items()}
    wanted = {canonicalize_name(one.name): one.specifier for one in map(Requirement, lines)}
    assert [name for name in wanted if name not in locked or locked[name] not in wanted[name]] == []


def _versions(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))
