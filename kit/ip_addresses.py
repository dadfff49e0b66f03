"""Which IP addresses belong to the public internet.

Source: IANA's registries of special-purpose addresses (IPv4 and IPv6, as of 2025). Written out rather than
left to `ipaddress.is_global`, whose answers differ between Python's releases.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

_NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",
            "100.64.0.0/10",  # behind a carrier's NAT; clouds keep metadata here too
            "127.0.0.0/8",
            "168.63.129.16/32",  # Azure's wire server: every virtual machine there reaches it
            "169.254.0.0/16",  # link-local: metadata of most clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
            "2001::/23",  # Teredo, benchmarks, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4 wraps any IPv4 address
            "2620:4f:8000::/48",
            "3fff::/20",  # documentation
        ),
    )
)
_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
"""RFC 6052: IPv4 addresses as seen from an IPv6-only network; the local prefix 64:ff9b:1::/48 is private."""


def read(text: str) -> Address:
    """Parse an IP address; an IPv4-mapped IPv6 address comes back as IPv4.

    Raises ValueError if it is not an IP address.
    """
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or address
    return address


def is_public(address: Address) -> bool:
    """Whether an address is public: not private, local, reserved or multicast, also when mapped or NAT64."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.scope_id or address not in _GLOBAL_UNICAST:
            return False
    return not any(address in network for network in _NOT_PUBLIC)
