"""K-line pictures and charts: planned, fetched, checked, drawn and stored, by one stage for both doors."""

from crawler.pictures.stage import LocalPictures, local_pictures, picture_stage

__all__ = ["LocalPictures", "local_pictures", "picture_stage"]
