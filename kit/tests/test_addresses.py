"""Which addresses we may connect to."""

import pytest

from kit.ip_addresses import is_public, read

PUBLIC = [
    "1.1.1.1", "8.8.8.8", "13.32.99.4", "100.63.255.255", "100.128.0.1", "128.0.0.1", "168.63.129.15",
    "172.15.255.255", "172.32.0.1", "192.0.1.1", "198.17.255.255", "198.20.0.1", "223.255.255.255",
    "2606:4700::1111", "2a00:1450:4001::200e", "2001:4860:4860::8888", "2620:fe::fe",
    "::ffff:8.8.8.8", "64:ff9b::808:808", "64:ff9b::8.8.8.8",
]  # fmt: skip

NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104  # an address to refuse, nothing is bound
    "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.1.2.3",
    "168.63.129.16", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::2", "100::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:a00:1::", "2002:808:808::1",
    "3fff::1", "4000::1", "5f00::1", "2a00:1450:4001::200e%eth0",
    "::127.0.0.1", "::8.8.8.8",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "::ffff:0:8.8.8.8",
    "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8", "64:ff9b:0:1::1",
]  # fmt: skip


@pytest.mark.parametrize("text", PUBLIC)
def test_public_address_may_be_asked(text: str) -> None:
    assert is_public(read(text))


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_private_address_and_its_disguises_may_not(text: str) -> None:
    assert not is_public(read(text))


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f.1", "2130706433", "010.0.0.1", "1.2.3.4/8"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not appear"):
        read(text)


def test_mapped_address_is_read_as_what_it_is() -> None:
    assert str(read("::ffff:8.8.8.8")) == "8.8.8.8"
