"""Requests and replies as handlers take and give them."""

import json

import pytest

from crawler.demo.messages import Request, Response, html_response, json_response, redirect, text_response


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/", "/", {}),
        ("/a%20b/%E8%81%94?x=1", "/a b/联", {"x": "1"}),
        ("/x?ID=7&Id=8&empty=&b=%26", "/x", {"id": "8", "empty": "", "b": "&"}),
        ("/a?b=c?d", "/a", {"b": "c?d"}),
    ],
)
def test_path_and_query_of_a_request(target: str, path: str, query: dict[str, str]) -> None:
    request = Request("GET", "https", "a.com", target)
    assert (request.path, request.query, request.url) == (path, query, f"https://a.com{target}")


def test_replies_say_what_they_are() -> None:
    assert html_response("联", 404) == Response(404, "联".encode(), "text/html; charset=utf-8")
    assert text_response("x").content_type.startswith("text/plain")
    reply = json_response({"联": [1, None]})
    assert (reply.body, json.loads(reply.body)) == ('{"联":[1,null]}'.encode(), {"联": [1, None]})


def test_more_headers_leave_the_first_ones() -> None:
    one = redirect('/a"b', 301)
    assert (one.status, one.headers) == (301, (("Location", '/a"b'),))
    assert b"&quot;" in one.body
    more = one.with_headers(("X", "1"), ("X", "2"))
    assert more.headers == (("Location", '/a"b'), ("X", "1"), ("X", "2"))
    assert one.headers == (("Location", '/a"b'),)
