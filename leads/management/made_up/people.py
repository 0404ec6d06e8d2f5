"""Made-up people by number: the same number is the same person, and no two share an address."""

from dataclasses import dataclass

from leads.management.made_up.words import FIRST_NAMES, SURNAME_ENDS, SURNAME_STARTS
from leads.policy.identity import first_word

NAMES = len(FIRST_NAMES) * len(SURNAME_STARTS) * len(SURNAME_ENDS)
STRIDE = 100_003  # A prime: neighbours' names differ in every part, and all names are used before one comes again.
PLAIN = [first_word(name) for name in FIRST_NAMES]
AREAS = range(201, 990)


@dataclass(frozen=True)
class Person:
    name: str
    email: str  # at the domains that are kept for examples
    phone: str  # E.164; 555-01xx is kept for fiction

    @property
    def phone_as_typed(self) -> str:
        return f"({self.phone[2:5]}) {self.phone[5:8]}-{self.phone[8:]}"


def person(number: int) -> Person:
    rest, first = divmod(number * STRIDE % NAMES, len(FIRST_NAMES))
    end, start = divmod(rest, len(SURNAME_STARTS))
    name, surname = FIRST_NAMES[first], SURNAME_STARTS[start] + SURNAME_ENDS[end]
    domain = ("com", "org", "net")[number % 3]
    again = number // NAMES or ""
    area, line = AREAS[number // 100 % len(AREAS)], number % 100
    return Person(f"{name} {surname}", f"{PLAIN[first]}.{surname.lower()}{again}@example.{domain}", f"+1{area}55501{line:02}")
