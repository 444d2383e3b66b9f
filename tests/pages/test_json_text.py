"""JSON in every wrapping that services put round it, and what is none."""

import json

import pytest

from crawler.pages.json_text import is_json, is_refusal, load, parsed
from crawler.pages.unreadable import Unreadable

REPLY = '{"a": [1, {"b": "}"}]}'
WRAPPINGS = (
    "{}",
    "\ufeff\n {} \n",
    "cb({})",
    "jQuery18_1({});",
    "/**/cb_1.x( {} );\n",
    "cb && cb({})",
    'typeof cb === "function" && cb({});',
    "var ajaxResult={};",
    "window.data = {}",
    ")]}',\n{}",
    "while(1);{}",
    "for(;;);{}",
    "try {cb({})} catch(e) {}",
    "{}<!-- cached -->",
)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_json_in_every_wrapping(wrapping: str) -> None:
    at = wrapping.index("{}")
    text = wrapping[:at] + REPLY + wrapping[at + 2 :]
    assert is_json(text)
    assert parsed(text) == load(text) == json.loads(REPLY)


def test_json_in_a_string_is_taken_out_once() -> None:
    assert parsed(json.dumps(REPLY)) == json.loads(REPLY)
    assert is_json(json.dumps(REPLY))
    assert parsed(json.dumps(json.dumps(REPLY))) == REPLY


def test_an_object_may_stand_in_a_list_alone_where_that_is_allowed() -> None:
    assert load("[{}]", alone=True) == {}
    for text, alone in (("[{}]", False), ("[{}, {}]", True), ("[]", True), ("[[{}]]", True)):
        with pytest.raises(Unreadable, match="JSON is no object but list"):
            load(text, alone=alone)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("<html>502</html>", "HTML instead of JSON"),
        ('{"a": 1', "not JSON"),
        ('{"a": 1} and more', "not JSON"),
        ("cb({}) || x", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("5", "no object but int"),
        ("null", "no object but NoneType"),
        ('{"code": 403}', "blocked: JSON says code 403"),
        ('{"code": "403"}', "blocked"),
    ],
)
def test_what_is_no_reply(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        load(text)


@pytest.mark.parametrize("text", ["<p>{", "题：{", "", "a b {", "x" * 600 + "{"])
def test_other_texts_do_not_begin_as_one(text: str) -> None:
    assert not is_json(text)


def test_a_refusal_is_said_at_the_beginning() -> None:
    for text in ('{"message":"访问过于频繁，请稍后再试"}', json.dumps({"message": "访问过于频繁"})):
        assert is_refusal(text)
    assert not is_refusal('{"text":"' + "正文" * 300 + '访问过于频繁"}')
