"""A likely slip in an email's domain, offered once: "gmial.com" for gmail.com."""

COMMON = (
    "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "live.com", "msn.com", "comcast.net", "verizon.net",
    "sbcglobal.net", "bellsouth.net", "protonmail.com", "hotmail.es", "yahoo.es", "yahoo.com.mx", "googlemail.com",
)  # fmt: skip
# Real ones that lie one letter from a common one.
GENUINE = frozenset(COMMON) | {"mail.com", "email.com", "ymail.com", "hotmail.se", "yahoo.se"}
SLIPPED_ENDINGS = frozenset({"con", "cmo", "ocm", "cim", "vom", "xom", "comm", "coom", "cpm", "cm", "om", "co"})


def likely_domain(email: str) -> str | None:
    """The common domain that was probably meant, or None."""
    domain = email.rpartition("@")[2].strip().lower()
    if domain in GENUINE or not domain or len(domain) > 20:
        return None
    name, _, ending = domain.rpartition(".")
    mended = f"{name}.com" if ending in SLIPPED_ENDINGS else domain
    near = (common for common in COMMON if abs(len(common) - len(mended)) <= 1)
    return next((common for common in near if is_one_slip_from(mended, common)), None)


def is_one_slip_from(typed: str, meant: str) -> bool:
    """Equal, or made equal by one letter too many, too few, wrong, or two swapped."""
    start = _common_length(typed, meant)
    a, b = typed[start:], meant[start:]
    swapped = len(a) > 1 and a[1] + a[0] + a[2:] == b
    return a == b or swapped or a[1:] == b or a == b[1:] or a[1:] == b[1:]


def _common_length(a: str, b: str) -> int:
    pairs = enumerate(zip(a, b, strict=False))
    return next((index for index, (x, y) in pairs if x != y), min(len(a), len(b)))
