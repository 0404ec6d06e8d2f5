"""Who is at the other end of a request."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The nearest address that is not a trusted proxy; what proxies say counts only when it came through TRUSTED_PROXIES."""
    nearest = _parsed(request.META.get("REMOTE_ADDR", "")) or ipaddress.ip_address("0.0.0.0")  # noqa: S104  # nosec B104: a stand-in for a socket
    hops = [_parsed(part.strip()) for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while hops and any(nearest in network for network in settings.TRUSTED_PROXIES):
        hop = hops.pop()
        if hop is None:
            break
        nearest = hop
    return str(nearest)


def address_block(address: str) -> str:
    """What limits count as one client: an IPv4 address, or the /64 of an IPv6 one, which is what one household gets."""
    ip = ipaddress.ip_address(address)
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False).network_address)


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An IPv4 address as such, also where a socket for both protocols wraps it."""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(ip, "ipv4_mapped", None) or ip
