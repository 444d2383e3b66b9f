"""Content-Encoding as servers misuse it: ``identity`` and names of charsets say nothing, and cause no warning."""

from scrapy import Request
from scrapy.http import Response

MEANINGLESS = frozenset({"", "identity", "none", "utf-8", "utf8", "gbk", "gb2312", "text", "binary", "8bit", "chunked"})


class ContentEncodings:
    """Takes out of the header what is no encoding, before Scrapy undoes those that are."""

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response; its header holds real encodings, or is gone."""
        told = response.headers.getlist("Content-Encoding")
        if told:
            names = [name.strip() for value in told for name in value.decode("latin-1").split(",")]
            real = [name for name in names if name.lower() not in MEANINGLESS]
            if real:
                response.headers["Content-Encoding"] = ", ".join(real)
            else:
                del response.headers["Content-Encoding"]
        return response
