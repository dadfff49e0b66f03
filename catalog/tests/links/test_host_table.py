"""The host table: what its rows promise to the code that reads them."""

import re
from collections import Counter
from itertools import chain

import pytest

from catalog.links.host_table import HOSTS
from catalog.links.shape import Host, Shape

SHAPES = [shape for host in HOSTS for shape in host.shapes]
LOCKERS = [host for host in HOSTS if host.kind == "locker"]


def ids_of(shape: Shape) -> set[str]:
    return set(shape.pattern.groupindex) | {param.to for param in shape.params}


def test_each_domain_has_one_row() -> None:
    domains = Counter(chain.from_iterable(host.domains for host in HOSTS))
    assert [domain for domain, times in domains.items() if times > 1] == []


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_domains_are_bare_and_lower_case(host: Host) -> None:
    assert all(re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in host.domains)


@pytest.mark.parametrize("host", LOCKERS, ids=lambda host: host.name)
def test_the_reason_against_a_locker_ends_a_sentence(host: Host) -> None:
    assert re.match(r"(expire|are|work) ", host.notes)
    assert not host.notes.endswith(".")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_templates_name_ids_that_the_shape_reads(shape: Shape) -> None:
    named = set(re.findall(r"\{(\w+)\}", shape.url + shape.identity))
    assert named <= ids_of(shape)
    assert {*shape.secrets, shape.missing[0]} - {""} <= ids_of(shape)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_secrets_stand_only_in_parts_that_can_be_dropped(shape: Shape) -> None:
    always = re.sub(r"\[[^\]]*\]", "", shape.url)
    assert not {f"{{{secret}}}" for secret in shape.secrets} & set(re.findall(r"\{\w+\}", always))
    assert not [secret for secret in shape.secrets if f"{{{secret}}}" in shape.identity]


def test_shapes_of_one_name_are_written_alike() -> None:
    written = {(shape.name, shape.url, shape.identity, shape.secrets) for shape in SHAPES}
    assert len(written) == len({shape.name for shape in SHAPES})
