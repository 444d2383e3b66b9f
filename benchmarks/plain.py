"""Processes that do one thing plainly, for ours to be held against: `convert all|even|odd`, `write POSTS FOLDER`."""

import os
import sys
from pathlib import Path

PAGES = 3000


def convert(share: str) -> None:
    """Convert pages in memory: all of them, or one half."""
    sys.path[:0] = [str(Path(__file__).parents[1])]
    from conversion import convert
    from corpus import page

    pages = [page(seed) for seed in range(40)] * (PAGES // 40)
    for one in pages[{"all": slice(None), "even": slice(0, None, 2), "odd": slice(1, None, 2)}[share]]:
        convert(one)


def write(posts: str, folder: str) -> None:
    """Write files as durably as can be, one by one: beside the name, waited for, renamed, the folder waited for."""
    Path(folder).mkdir()
    for path in Path(posts).iterdir():
        temp = Path(folder, f"{path.name}.part")
        with temp.open("wb") as file:
            file.write(path.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        temp.rename(temp.with_suffix(""))
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


if __name__ == "__main__":
    {"convert": convert, "write": write}[sys.argv[1]](*sys.argv[2:])
