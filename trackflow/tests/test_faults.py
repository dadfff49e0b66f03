"""One fault of each quick kind under load; `make faults` has all kinds, 500 of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.faults.ground import Addresses
from bench.faults.kinds import KINDS
from bench.faults.mail_server import MailServer
from bench.faults.run import Run
from bench.faults.site import Site
from kit.urls import split_url
from trackflow.testing.databases import TestDatabases
from trackflow.testing.moved_clock import MovedClock


@pytest.fixture
def site(committed_db: str, test_databases: TestDatabases, tmp_path: Path) -> Iterator[Site]:
    runtime, owner = (
        split_url(url)._replace(path=f"/{committed_db}").geturl()
        for url in (test_databases.runtime, test_databases.owner)
    )
    mail = MailServer()
    yield Site(Addresses(runtime, owner), tmp_path, mail, MovedClock(tmp_path / "clock"))
    mail.close()


def test_faults_lose_and_double_nothing(site: Site) -> None:
    kinds = [kind for kind in KINDS if kind.in_smoke]
    run = Run(site, seed=19, lives=25)
    run.go(len(kinds), kinds)
    assert [each.sentence for each in run.wrong] == []
    assert {each.kind for each in run.happened} == set(kinds)
    assert sum(len(each.acknowledged) for each in run.happened) > len(kinds)
    assert run.events > len(kinds)
    assert run.notices


pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
