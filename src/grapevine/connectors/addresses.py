"""Which network addresses we connect to when a user has typed where to go.

Only globally routed unicast is taken. Everything inside (private, loopback, link-local, carrier NAT, cloud
metadata) and everything that can smuggle an inside address past a check (IPv4 in IPv6 in its many spellings)
is refused, unless an administrator has put it on the allow-list. Tables after the IANA special-purpose
address registries (RFC 6890 and its updates), written out because `ipaddress.is_global` differs between
Python versions and lets NAT64 through.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; 100.100.100.200 is a metadata service
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; 169.254.169.254 is the metadata service of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments; 192.0.0.192 is a metadata service
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved and broadcast
        "168.63.129.16/32",  # a cloud's wire server, in public space
    )
)
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")  # the only global unicast space there is; NAT64 lies outside
_CLOSED_V6 = tuple(
    ipaddress.IPv6Network(net)
    for net in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4, carries an IPv4 address
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)


def unwrapped(address: Address) -> Address:
    """The IPv4 address in an IPv4-mapped IPv6 address, else the address itself (without scope)."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address.scope_id is not None:
            return ipaddress.IPv6Address(int(address))
    return address


def is_public(address: Address) -> bool:
    """Whether the address is globally routed unicast, safe to fetch from on a stranger's word."""
    address = unwrapped(address)
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in net for net in _CLOSED_V4)
    return address in _OPEN_V6 and not any(address in net for net in _CLOSED_V6)


@dataclass(frozen=True)
class AllowList:
    """What an administrator lets through although it is not public: networks, and hosts by name.

    A host name may carry a port (`intranet:8080`); without one, all ports are meant.
    """

    networks: tuple[Network, ...] = ()
    hosts: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> AllowList:
        """Read entries such as `127.0.0.0/8`, `10.1.2.3`, `intranet.example`. Raises ValueError naming a
        wrong one."""
        networks: list[Network] = []
        hosts: set[str] = set()
        for entry in filter(None, (one.strip() for one in entries)):
            try:
                networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                name = entry.rpartition(":")[0] if entry.count(":") == 1 else entry
                if (
                    "/" in entry
                    or not name
                    or not name.replace("-", "").replace(".", "").replace("_", "").isalnum()
                ):
                    raise ValueError(f"“{entry}” is neither a network (10.0.0.0/8) nor a host name") from None
                hosts.add(entry.lower().rstrip("."))
        return cls(networks=tuple(networks), hosts=frozenset(hosts))

    def lets(self, address: Address, *, host: str, port: int) -> bool:
        """Whether a connection to `address`, reached by the name `host`, may be made."""
        if is_public(address):
            return True
        host = host.lower().rstrip(".")
        if host in self.hosts or f"{host}:{port}" in self.hosts:
            return True
        address = unwrapped(address)
        return any(address in net for net in self.networks if net.version == address.version)
