"""docs/pages.md: every page in four pictures. Who changes a page sees there what became of it."""

from tests.pictures.pages import PUBLIC, SETTINGS, STATES, WORK

GROUPS = {"The desk": WORK, "Settings": SETTINGS, "What a page can come to": STATES, "What visitors see, and who signs in": PUBLIC}
HEAD = """# Every page

As `make pictures` finds them, in light and dark, on a desktop and on a phone; each begins at its top. What they are for is in the
[guide](guide.md).
"""


def text() -> str:
    return "\n".join([HEAD, *(line for title, pages in GROUPS.items() for line in _group(title, list(pages)))])


def _group(title: str, names: list[str]) -> list[str]:
    return [f"## {title}", "", *(line for name in names for line in _page(name))]


def _page(name: str) -> list[str]:
    words = name.replace("-", " ").capitalize()
    return [f"### {words}", "", *(_picture(name, words, theme, size) for size in ("desktop", "phone") for theme in ("light", "dark")), ""]


def _picture(name: str, words: str, theme: str, size: str) -> str:
    width = {"desktop": "38%", "phone": "11%"}[size]
    return f'<img src="pictures/pages/{name}-{theme}-{size}.png" width="{width}" alt="{words}, {theme}, on a {size}">'
