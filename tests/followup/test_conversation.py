"""Whatever a relay answers, however it is cut into pieces: no mail is called sent that was not taken."""

from hypothesis import given, settings
from hypothesis import strategies as st

from leads.followup.conversation import Reply, conversation, replies_in
from leads.followup.frame import Frame
from leads.followup.letter import Letter
from leads.followup.outcome import Outcome, Result

heard = st.binary(max_size=200) | st.text("0123456789 -\r\nab", max_size=200).map(str.encode)
words = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30).map(lambda text: text.strip().encode())
whole = st.tuples(st.integers(200, 599), st.lists(words.map(bytes.strip), min_size=1, max_size=4))
codes = st.sampled_from([220, 250, 251, 354, 421, 450, 451, 501, 550, 552, 554, -1, 0, 999]) | st.integers(-1, 999)
answers = st.lists(st.tuples(codes, words), min_size=12, max_size=12)
often = settings(deadline=None, max_examples=300)

LETTER = Letter(
    "hello@example.com",
    "vera@example.com",
    {"To": "vera@example.com", "Date": "Mon, 02 Mar 2026 15:00:00 +0000", "Message-ID": "<1@example.com>"},
    Frame({"Subject": "Thank you"}, ".\nThank you.", "<p>Thank you.</p>"),
)


def as_sent(code: int, texts: list[bytes]) -> bytes:
    *first, last = texts
    return b"".join(b"%d-%s\r\n" % (code, text) for text in first) + b"%d %s\r\n" % (code, last)


@often
@given(heard)
def test_any_bytes_are_replies_or_none_yet(data: bytes) -> None:
    for code, text in replies_in(data):
        assert -1 <= code <= 999
        assert isinstance(text, bytes)


@often
@given(heard, st.integers(0, 200))
def test_what_was_understood_stays_so_when_more_comes(data: bytes, cut: int) -> None:
    early = replies_in(data[:cut])
    assert replies_in(data)[: len(early)] == early


@often
@given(st.lists(whole, max_size=5))
def test_what_a_relay_says_is_understood(said: list[tuple[int, list[bytes]]]) -> None:
    assert replies_in(b"".join(as_sent(code, texts) for code, texts in said)) == [(code, b"\n".join(texts)) for code, texts in said]


def hold(relay: list[Reply], pipelining: bool) -> tuple[Outcome, list[tuple[bytes, list[Reply]]]]:
    """The outcome, and what was said and answered on the way there."""
    talk, heard = conversation(LETTER, pipelining=pipelining, utf8=False), iter(relay)
    course: list[tuple[bytes, list[Reply]]] = []
    said = next(talk)
    while True:
        replies = [next(heard) for _ in range(said.replies)]
        course.append((said.text, replies))
        try:
            said = talk.send(replies)
        except StopIteration as end:
            return end.value, course


@often
@given(answers, st.booleans())
def test_sent_means_taken_and_refused_means_that_nothing_was_taken(relay: list[Reply], pipelining: bool) -> None:
    outcome, course = hold(relay, pipelining)
    taken = [replies[0][0] for text, replies in course if LETTER.message_id.encode() in text]
    assert (outcome.result == Result.SENT) == (len(taken) == 1 and taken[0] // 100 == 2)
    assert (outcome.result == Result.DOUBT) == (len(taken) == 1 and taken[0] // 100 not in (2, 4, 5))


@often
@given(answers, st.booleans())
def test_the_message_is_told_only_to_a_relay_that_asked_for_it(relay: list[Reply], pipelining: bool) -> None:
    _, course = hold(relay, pipelining)
    for number, (text, _) in enumerate(course):
        if LETTER.message_id.encode() in text:
            assert course[number - 1][1][-1][0] // 100 == 3
