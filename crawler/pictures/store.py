"""Stored pictures: one file per security, drawing and day below ``assets/kline``, checked before they are written."""

from datetime import date
from pathlib import Path

from crawler.kline.paths import BadPath, PictureKey, picture_path
from crawler.pictures.formats import FORMATS, MAX_BYTES, Picture, check_chart
from crawler.pictures.raster import BadPicture
from crawler.store.atomic import write_atomic


class PictureStore:
    """The pictures below an output folder."""

    def __init__(self, output: Path) -> None:
        self._output = output

    def find(self, key: PictureKey, day: date) -> str | None:
        """Where the picture of this security and day is stored (below the output folder), if it is there and sound."""
        return next((path for kind in FORMATS if self.is_sound(path := picture_path(key, day, kind.ext))), None)

    def store(self, key: PictureKey, day: date, data: bytes) -> str:
        """Stores a picture unless its security and day have one; returns where it is, below the output folder.

        Raises BadPicture for what is no sound picture, BadPath for a key that cannot name a place in ``assets/kline``,
        OSError when the disk refuses.
        """
        path = self.find(key, day)
        if path is None:
            path = picture_path(key, day, check_chart(data).ext)
            write_atomic(self._place(path), data)
        return path

    def check(self, path: str) -> Picture:
        """The stored picture that a post points to; raises BadPicture when it is missing or damaged."""
        place = self._place(path)
        if not place.is_file():
            raise BadPicture("not stored")
        with place.open("rb") as file:
            return check_chart(file.read(MAX_BYTES + 1))

    def is_sound(self, path: str) -> bool:
        """Whether a picture that can be shown is stored there."""
        try:
            self.check(path)
        except BadPicture:
            return False
        return True

    def _place(self, path: str) -> Path:
        """The file of a path; a link that somebody laid inside the folder may not lead out of it."""
        place = self._output / path
        if not place.resolve().is_relative_to(self._output.resolve()):
            raise BadPath(f"{path[:80]!r} leads out of the output folder")
        return place
