"""Which IP addresses belong to the public internet.

Of IPv6 only the space that is handed out counts (2000::/3), less what is set aside in it; tunnels are
refused, since they end somewhere else. Of IPv4 all counts that IANA does not set aside. The lists are those
of the IANA registries of special-purpose addresses, written out because Python's own differ by version.
"""

import ipaddress

_HANDED_OUT = ipaddress.IPv6Network("2000::/3")
_SET_ASIDE_6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
_SET_ASIDE_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # shared between a carrier's customers
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # multicast tunnels
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved
        ),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; an address of IPv4 inside IPv6 is judged itself.

    Inside it stands as `::ffff:a.b.c.d`, which a socket of both kinds reports, and as `64:ff9b::a.b.c.d`,
    which a network without IPv4 asks its own translator for.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip.ipv4_mapped
        if inner is None:
            return ip in _HANDED_OUT and not any(ip in net for net in _SET_ASIDE_6)
        ip = inner
    return not any(ip in net for net in _SET_ASIDE_4)
