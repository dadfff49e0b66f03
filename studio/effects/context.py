"""What an effect works on."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from studio.choices import Level
from studio.models import Pack, Project


@dataclass(frozen=True)
class Context:
    """The locked rows, who acts with which level, and when; without a `user` the studio itself."""

    project_row: Project | None
    pack_row: Pack | None
    user: User | None
    level: Level
    now: datetime

    @property
    def project(self) -> Project:
        assert self.project_row
        return self.project_row

    @property
    def pack(self) -> Pack:
        assert self.pack_row
        return self.pack_row

    @property
    def it(self) -> Project | Pack:
        return self.project_row or self.pack
