"""What all letters that say the same have in common, written once. A mark stands for what is personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from leads.followup.mime import LONGEST_LINE, as_bytes, is_plain

Values = Mapping[str, str]  # what stands in a letter where the frame has the mark of that name


def mark(name: str) -> str:
    """No template and nothing that we let a stranger put into a mail holds two braces."""
    return "https://{{" + name + "}}" if name.endswith("_url") else "{{" + name + "}}"


def filled(part: str, values: Values) -> str:
    for name, value in values.items():
        part = part.replace(mark(name), value)
    return part


@dataclass(frozen=True)
class Frame:
    headers: Mapping[str, str]  # those that are not the letter's own
    text: str
    html: str

    @cached_property
    def printed(self) -> str:
        """As it travels, marks and all; empty where an encoding would hide the marks."""
        marked = [value for value in self.headers.values() if "{{" in value]
        if not all(map(is_plain, (self.text, self.html, *marked))):
            return ""
        return as_bytes(self.headers, self.text, self.html).decode("ascii")

    @cached_property
    def room(self) -> int:
        """How many letters the personal parts of any line may have together."""
        return LONGEST_LINE - max(map(len, self.printed.split("\r\n")))
