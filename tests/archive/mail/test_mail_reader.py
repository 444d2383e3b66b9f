"""MHTML gives its page."""

import base64
import email
import mailbox
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from archive.makers import MHTML, URL

from crawler.archive.mail.mail_reader import begin, messages


def test_mhtml(tmp_path: Path, opened, html: bytes) -> None:
    text = MHTML.format(url=URL, body=base64.encodebytes(html).decode())
    (tmp_path / "a.mhtml").write_bytes(text.encode())
    (tmp_path / "b.mht").write_bytes(text.replace("\n", "\r\n").encode())
    (tmp_path / "cut.mhtml").write_bytes(text[: text.index("iVBO")].encode())
    found = opened()
    assert [(p.url, p.body, p.encoding) for p in found.pages] == [(URL, html, "gb2312")] * 3
    assert found.pages[0].fetched == datetime(2022, 1, 14, 5, 2, 46, tzinfo=UTC)
    assert [u.reason for u in found.skipped] == ["asset: image/png"] * 2 + ["truncated: the message does not end"]


def mail(subject: str, *parts: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content("<p>联通", subtype="html")
    for part in parts:
        message.add_attachment(part)
    return message.as_bytes()


def subjects(data: bytes) -> list[str]:
    return [email.message_from_bytes(message)["Subject"] for message in messages(data)]


def test_one_message_is_all_of_the_data() -> None:
    for data in (mail("one"), mail("one", "a part"), b"Subject: no body"):
        assert [*messages(data)] == [data]


@pytest.mark.parametrize(
    "front", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"From saver@a.com Fri Jan 14 13:02:46 2022\n", b"HTTP/1.1 200 OK\r\n"]
)
def test_a_message_begins_behind_what_a_program_put_before_it(front: bytes) -> None:
    one = mail("one", "a part")
    assert begin(front + one) == len(front)
    assert [*messages(front + one)] == [one]


def test_mails_of_a_mailbox(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "x.mbox")
    for subject in ("one", "two", "three"):
        box.add(mail(subject, "From here on, a line of a part\n\nFrom me\n"))
    box.close()
    assert subjects((tmp_path / "x.mbox").read_bytes()) == ["one", "two", "three"]


def test_a_line_of_a_text_ends_no_mail_of_a_mailbox() -> None:
    data = b"From a@a.com x\n" + mail("one") + b"\nFrom here on there is no mail\n"
    assert subjects(data) == ["one"]


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\n\n", b"HTTP/1.1 200 OK\r\n"])
def test_messages_that_were_joined(between: bytes) -> None:
    data = between.join((mail("one", "x"), mail("two", "y"), mail("three")))
    assert subjects(data) == ["one", "two", "three"]


def test_a_message_in_another_is_a_part_of_that() -> None:
    outer = EmailMessage()
    outer["Subject"] = "outer"
    outer.set_content("see attached")
    outer.add_attachment(email.message_from_bytes(mail("inner", "x"), _class=EmailMessage))
    assert subjects(outer.as_bytes() + mail("behind")) == ["outer", "behind"]


@pytest.mark.parametrize("end", [b"--b\n", b"", b"--b--more\n"])
def test_one_whose_parts_do_not_end_goes_up_to_the_end(end: bytes) -> None:
    data = b"Subject: one\nContent-Type: multipart/related; boundary=b\n\n--b\n\nx\n" + end + mail("two")
    assert [*messages(data)] == [data]
