"""What a domain's DNS says about who may send mail in its name (RFC 7208, 6376, 7489), and what it lacks."""

from collections.abc import Callable, Iterable

Lookup = Callable[[str], list[str]]  # the TXT records at a name; raises NoAnswer where nobody could be asked

MOST_LOOKUPS = 10  # RFC 7208, 4.6.4: beyond them SPF counts as broken


class NoAnswer(Exception):
    """No name server answered; that says nothing about the domain."""


def complaints(domain: str, lookup: Lookup, *, selectors: Iterable[str], include: str = "") -> list[str]:
    """One sentence each."""
    return [*_spf(domain, lookup, include), *_dkim(domain, lookup, list(selectors)), *_dmarc(domain, lookup)]


def _spf(domain: str, lookup: Lookup, include: str) -> list[str]:
    records = _records(lookup(domain), "v=spf1")
    if not records:
        wanted = f"include:{include}" if include else "include:… (your provider says what)"
        return [f'SPF: {domain} does not say who may send its mail. Add a TXT record "v=spf1 {wanted} ~all".']
    if len(records) > 1:
        return [f"SPF: {domain} has {len(records)} records, so none counts. Merge them into one."]
    terms = records[0].lower().split()[1:]
    found = []
    if include and f"include:{include.lower()}" not in [term.lstrip("+") for term in terms]:
        found.append(f"SPF: {domain} does not allow {include} to send its mail. Add include:{include} before the last word.")
    if "+all" in terms or "all" in terms:
        found.append(f"SPF: {domain} allows everybody to send its mail (+all). End it with ~all or -all.")
    elif not any(term.endswith("all") or term.startswith("redirect=") for term in terms):
        found.append(f"SPF: {domain} says nothing about all other senders. End it with ~all or -all.")
    if sum(_asks(term) for term in terms) > MOST_LOOKUPS:
        found.append(f"SPF: {domain} refers to more than {MOST_LOOKUPS} other names, and receivers stop reading there.")
    return found


def _asks(term: str) -> bool:
    name = term.lstrip("+-~?")
    return name.startswith(("include:", "exists:", "redirect=")) or name.partition(":")[0].partition("/")[0] in ("a", "mx", "ptr")


def _dkim(domain: str, lookup: Lookup, selectors: list[str]) -> list[str]:
    """Nobody can ask which selectors there are: whoever signs knows its own."""
    if not selectors:
        return ["DKIM: say under which selector your relay or provider signs, with --selector. It stands in its settings."]
    return [sentence for selector in selectors for sentence in _key(f"{selector}._domainkey.{domain}", lookup)]


def _key(name: str, lookup: Lookup) -> list[str]:
    keys = [tags for tags in map(_tags, lookup(name)) if "p" in tags]
    if not keys:
        return [f"DKIM: there is no key at {name}, so signatures can't be checked. Add the record that your provider shows."]
    if not keys[0]["p"]:
        return [f"DKIM: the key at {name} was withdrawn (p= is empty). Add the present one."]
    if "y" in keys[0].get("t", "").split(":"):
        return [f"DKIM: the key at {name} is marked as a test (t=y), and receivers may ignore it. Take the mark away."]
    return []


def _dmarc(domain: str, lookup: Lookup) -> list[str]:
    name = f"_dmarc.{domain}"
    records = _records(lookup(name), "v=dmarc1")
    if not records:
        return [f'DMARC: {domain} does not say what to do with forged mail. Add a TXT record at {name}: "v=DMARC1; p=quarantine".']
    if len(records) > 1:
        return [f"DMARC: {name} has {len(records)} records, so none counts. Leave one."]
    policy = _tags(records[0]).get("p", "").lower()
    if policy == "none":
        return [f"DMARC: {domain} only watches forged mail (p=none). Once its reports look right, make it p=quarantine or p=reject."]
    if policy not in ("quarantine", "reject"):
        return [f"DMARC: the record at {name} has no policy (p=). Make it p=quarantine."]
    return []


def _records(found: Iterable[str], version: str) -> list[str]:
    return [text for text in found if text.strip().lower().partition(";")[0].split()[:1] == [version]]


def _tags(text: str) -> dict[str, str]:
    """`v=DKIM1; p=…` as a mapping."""
    pairs = [part.partition("=") for part in text.split(";")]
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}
