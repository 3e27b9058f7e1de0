"""Which addresses are inside, which outside, and what an administrator may let through."""

import ipaddress

import pytest

from grapevine.connectors import addresses

INSIDE = """
0.0.0.0 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.192 192.168.1.1 192.88.99.1 198.18.0.1 203.0.113.7 224.0.0.1 239.255.255.255
240.0.0.1 255.255.255.255
168.63.129.16 :: ::1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:10.0.0.1 ::127.0.0.1 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1
fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 5f00::1 3fff::1 4000::1
"""
OUTSIDE = (
    "1.1.1.1 8.8.8.8 172.15.0.1 172.32.0.1 100.63.0.1 100.128.0.1 2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8"
)


@pytest.mark.parametrize("address", INSIDE.split())
def test_addresses_inside_are_refused(address: str) -> None:
    assert not addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE.split())
def test_addresses_outside_are_taken(address: str) -> None:
    assert addresses.is_public(ipaddress.ip_address(address))


def test_all_that_python_calls_private_is_refused() -> None:
    for net in [*addresses._CLOSED_V4, *addresses._CLOSED_V6]:
        assert not addresses.is_public(net[0])
        assert not addresses.is_public(net[-1])
    for n in range(0, 2**32, 65_537 * 7):
        address = ipaddress.IPv4Address(n)
        if not address.is_global:
            assert not addresses.is_public(address), address


def test_the_allow_list_lets_networks_hosts_and_ports_through() -> None:
    allow = addresses.AllowList.parse(["10.1.0.0/16", "intranet.example", "wiki:8080", "fd00::/8", ""])
    inside = ipaddress.ip_address("10.1.2.3")
    other = ipaddress.ip_address("192.168.0.1")
    assert allow.lets(inside, host="any", port=80)
    assert allow.lets(ipaddress.ip_address("::ffff:10.1.2.3"), host="any", port=80)
    assert allow.lets(ipaddress.ip_address("fd00::1"), host="any", port=80)
    assert allow.lets(other, host="Intranet.Example.", port=443)
    assert allow.lets(other, host="wiki", port=8080)
    assert not allow.lets(other, host="wiki", port=22)
    assert not allow.lets(other, host="elsewhere", port=80)


@pytest.mark.parametrize("entry", ["10.0.0.0/99", "http://intranet", "a b", "*", ":80"])
def test_a_wrong_allow_list_entry_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match="neither a network"):
        addresses.AllowList.parse([entry])
