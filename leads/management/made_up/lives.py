"""What became of made-up people: two years of ordinary ones, and a dozen of the last days who make a telling picture."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import accumulate

from leads.management.made_up.story import Story
from leads.management.made_up.words import NOTES, REASONS
from leads.models import Category, ReplyBy, Screening, Topic

Life = Callable[[Story, datetime], None]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def ordinary(story: Story, at: datetime) -> None:
    """Writes, is answered within some opening hours, and then one of the ways of LIVES."""
    story.writes(at)
    live = story.world.rng.choices(WAYS, cum_weights=WEIGHTS)[0]
    live(story, at)


def _later(story: Story, at: datetime, hours: float) -> datetime:
    """On average so many opening hours later."""
    return story.world.hours.add(at, 300 + story.world.rng.expovariate(1 / hours) * 3600)


def _answered(story: Story, at: datetime) -> datetime:
    at = _later(story, at, 2)
    if story.world.rng.random() < 0.5:
        story.is_assigned(at - 2 * MINUTE)
    story.is_contacted(at)
    if story.world.rng.random() < 0.25:
        story.gets_a_note(at + MINUTE, story.world.rng.choice(NOTES))
    return at


def _closed(story: Story, at: datetime) -> None:
    story.moves(Category.CLOSED, _later(story, _answered(story, at), 40), story.world.rng.choice(REASONS))


def _closed_unanswered(story: Story, at: datetime) -> None:
    """They never picked up, and three mails went out."""
    story.moves(Category.CLOSED, _later(story, at, 100), REASONS[3])


def _booked(story: Story, at: datetime) -> None:
    story.moves(Category.BOOKED, _later(story, _answered(story, at), 16))
    _looked_after(story)


def _treated(story: Story, at: datetime) -> None:
    booked = _later(story, _answered(story, at), 16)
    story.moves(Category.BOOKED, booked)
    story.moves(Category.WON, _later(story, booked, 60))
    _looked_after(story)


def _contacted(story: Story, at: datetime) -> None:
    _answered(story, at)
    _looked_after(story)


def _looked_after(story: Story) -> None:
    """Somebody checked back some time in the last two weeks; some are due again."""
    at = story.world.now - story.world.rng.random() * 16 * DAY
    due = story.lead["due_at"]
    if due and due < at:
        story.is_contacted(at)


def _snoozed(story: Story, at: datetime) -> None:
    at = _answered(story, at)
    until = story.world.hours.next_open(max(at, story.world.now) + story.world.rng.random() * 20 * DAY)
    story.is_snoozed(at + MINUTE, until)


def _opted_out(story: Story, at: datetime) -> None:
    story.opts_out(at + 30 * HOUR)
    story.moves(Category.CLOSED, at + 31 * HOUR, REASONS[4])


def _back_again(story: Story, at: datetime) -> None:
    _closed(story, at)
    story.writes(at + 60 * DAY)
    _booked(story, at + 60 * DAY)


def _waiting(story: Story, at: datetime) -> None:
    """Nobody has answered yet."""


LIVES: dict[Life, float] = {
    _closed: 34,
    _closed_unanswered: 18,
    _treated: 22,
    _booked: 8,
    _contacted: 10,
    _snoozed: 3,
    _opted_out: 2,
    _back_again: 2.7,
    _waiting: 0.3,
}


WAYS, WEIGHTS = list(LIVES), list(accumulate(LIVES.values()))


def is_junk_kept(story: Story, at: datetime) -> bool:
    """One in six; older junk has been deleted."""
    return story.world.now - at < 30 * DAY and story.world.rng.random() < 1 / 6


def junk(story: Story, at: datetime) -> None:
    story.writes(at, screening=story.world.rng.choice([Screening.CHECK, Screening.SPAM]))


def _front_contacted(story: Story, at: datetime) -> None:
    story.writes(at)
    story.is_assigned(at + 20 * MINUTE)
    story.is_contacted(at + 40 * MINUTE)


def _front_booked(story: Story, at: datetime) -> None:
    _front_contacted(story, at)
    story.gets_a_note(at + 45 * MINUTE, NOTES[1])
    story.moves(Category.BOOKED, at + 5 * HOUR)


def _front_treated(story: Story, at: datetime) -> None:
    _front_booked(story, at)
    story.moves(Category.WON, at + 50 * HOUR)


def _front_snoozed(story: Story, at: datetime) -> None:
    story.writes(at)
    story.is_snoozed(at + HOUR, story.world.hours.next_open(story.world.now + 2 * DAY))


def _front_closed(story: Story, at: datetime) -> None:
    _front_contacted(story, at)
    story.moves(Category.CLOSED, at + 20 * HOUR, REASONS[0])


# How long ago they wrote, what became of them, and what they asked about.
FRONT: list[tuple[timedelta, Life, str]] = [
    (4 * MINUTE, Story.writes, Topic.HOW),
    (18 * MINUTE, Story.writes, Topic.COST),
    (47 * MINUTE, Story.writes, Topic.SUITABILITY),
    (95 * MINUTE, Story.writes, Topic.REFERRAL),
    (3 * HOUR, _front_contacted, Topic.OTHER),
    (26 * HOUR, _front_contacted, Topic.HOW),
    (30 * HOUR, _front_booked, Topic.COST),
    (2 * DAY, _front_booked, Topic.SUITABILITY),
    (6 * DAY, Story.writes, Topic.COST),
    (3 * DAY, _front_treated, Topic.HOW),
    (4 * DAY, _front_snoozed, Topic.REFERRAL),
    (5 * DAY, _front_closed, Topic.OTHER),
]
FRONT_REPLIES = [ReplyBy.EMAIL, ReplyBy.CALL, ReplyBy.CALL]
