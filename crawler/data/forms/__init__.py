"""The forms in which the archive is exported: a table, and a module for each kind of file."""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, Final, NamedTuple, cast

from crawler.data.article import ArchivedArticle
from crawler.nearest import suggest


class Form(NamedTuple):
    """A form: its module, loaded when it is wanted, and whether that writes a folder."""

    module: str
    is_folder: bool = False


FORMS: Final = {
    "jsonl": Form("jsonl"),
    "csv": Form("table"),
    "parquet": Form("parquet"),
    "obsidian": Form("notes", is_folder=True),
    "hugo": Form("notes", is_folder=True),
}


def form_of(name: str | None, file: str) -> str:
    """The form of that name; of none, the one that the file's suffix tells, else JSON Lines. Raises ValueError."""
    if name is None:
        suffix = Path(file).suffix.lower().removeprefix(".")
        return suffix if suffix in FORMS else "jsonl"
    if name not in FORMS:
        raise ValueError(f"--as {name[:80]}: {suggest(name, FORMS)} ({', '.join(FORMS)})")
    if FORMS[name].is_folder and file == "-":
        raise ValueError(f"--as {name} makes a folder: name one")
    return name


def writer(form: str) -> Callable[[Iterable[ArchivedArticle], BinaryIO], None]:
    """What writes the form's file. Raises ValueError where a package is missing."""
    return cast("Callable[[Iterable[ArchivedArticle], BinaryIO], None]", _module(form).write)


def note_of(form: str) -> Callable[[ArchivedArticle], str]:
    """What makes an article's file in the form's folder."""
    return cast("Callable[[ArchivedArticle], str]", getattr(_module(form), form))


def _module(form: str) -> ModuleType:
    try:
        return import_module(f"crawler.data.forms.{FORMS[form].module}")
    except ModuleNotFoundError as error:
        if str(error.name).startswith("crawler"):
            raise
        raise ValueError(f"{form} needs the extra {form}: pip install 'finews-crawler[{form}]'") from None
