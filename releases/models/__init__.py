from releases.models.codes import Barcode, IssuedISRC, ReleaseSettings
from releases.models.event import ReleaseEvent
from releases.models.feed import CalendarFeed
from releases.models.release import Release
from releases.models.series import Series
from releases.models.step import ReleaseStep, StepTemplate, TemplateStep
from releases.models.track import ReleaseTrack

__all__ = [
    "Barcode",
    "CalendarFeed",
    "IssuedISRC",
    "Release",
    "ReleaseEvent",
    "ReleaseSettings",
    "ReleaseStep",
    "ReleaseTrack",
    "Series",
    "StepTemplate",
    "TemplateStep",
]
