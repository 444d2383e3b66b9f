"""Attributes are read as browsers read them."""

from crawler.body.policy import decode_attribute


def test_references_are_read_as_browsers_read_them_whatever_their_zeros() -> None:
    assert decode_attribute("a&#000011422_&#0000115;&#x00000041&#0;&#00") == "a\u2c9e_sA\ufffd\ufffd"
