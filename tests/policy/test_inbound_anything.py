"""Any bytes have an answer, in time proportional to their number."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.policy.inbound import InboundMail, read_mail

SIZE = 300_000
SECONDS = 8  # a tenth of it on a quiet machine; what takes the square of its size takes minutes

words = st.sampled_from(
    [
        *(
            b"Content-Type: ",
            b"multipart/mixed; boundary=b",
            b"multipart/report; boundary=b",
            b"message/rfc822",
            b"message/delivery-status",
        ),
        *(b"text/html", b"text/plain; charset=", b"utf-7", b"utf-16", b"idna", b"hex", b"\n--b\n", b"\n--b--\n", b"\n\n", b"\r\n", b"\n "),
        *(
            b"Content-Transfer-Encoding: base64\n",
            b"Content-Transfer-Encoding: quoted-printable\n",
            b"Content-Transfer-Encoding: uuencode\n",
        ),
        *(
            b"begin 644 x\n",
            b"From: ",
            b"To: ",
            b"Subject: ",
            b"References: ",
            b"Message-ID: ",
            b"Content-Disposition: attachment; filename*=x''",
        ),
        *(b"=?utf-8?q?", b"=?utf-8?b?YQ=?=", b"?=", b"<a@b>", b'"', b"(", b"@", b";", b"charset*0*=", b"charset*=utf-8'en'%ff"),
        *(
            b"Status: 5.1.1\n",
            b"Action: failed\n",
            b"On 2026 a wrote:\n",
            b"> ",
            b"<div class=gmail_quote>",
            b"<!--",
            b"</div>",
            b"&#99999999999;",
        ),
        *(b"\x00", b"\xff\xfe", b"\xe2\x80", b"\xed\xa0\x80"),
    ]
)
nearly_mails = st.lists(words | st.binary(max_size=8), max_size=40).map(b"".join)
many = settings(deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow])


@many
@given(st.binary(max_size=500) | nearly_mails)
def test_any_bytes_have_an_answer_that_can_be_kept(raw: bytes) -> None:
    mail = read_mail(raw)
    assert isinstance(mail, InboundMail)
    for text in (mail.text, mail.quoted, mail.subject, mail.from_name, mail.from_address, mail.message_id, *mail.answers, *mail.tokens):
        text.encode()
        assert "\x00" not in text
    assert len(mail.message_id) <= 255
    assert len(mail.from_address) <= 254


@pytest.mark.parametrize("head", [b"", b"Subject: ", b"Content-Type: text/html\n\n", b"Content-Type: text/plain\n\n"])
@pytest.mark.parametrize(
    "again",
    [
        *(b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", b"Content-Type: message/rfc822\n\n", b"X: y\n", b"<a@b>", b";a=b", b"\r"),
        *(b"=?utf-8?q?", b"<!--", b"<a ", b"<a b='", b"</a", b"<a", b"<!", b"<div class=", b"&#", b"On 2026 a\n", b">\n", b"\x00"),
        b"From: x\nTo: \n",
    ],
)
def test_nothing_keeps_it_busy(head: bytes, again: bytes) -> None:
    raw = head + again * (SIZE // len(again))
    before = time.process_time()
    read_mail(raw)
    assert time.process_time() - before < SECONDS


def test_a_report_of_empty_lines_is_read_in_part() -> None:
    raw = b"Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: message/delivery-status\n\n" + b"\n" * 5_000_000
    before = time.process_time()
    read_mail(raw)
    assert time.process_time() - before < SECONDS


def test_parts_within_parts_end_somewhere() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(2000))
    assert read_mail(b"Subject: deep\n" + deep).subject == "deep"
