from studio.models.crew import CrewRequest, PackCrew, ProjectCrew
from studio.models.event import StudioEvent
from studio.models.pack import Entry, Pack
from studio.models.project import Project, ProjectLink
from studio.models.settings import StudioSettings
from studio.models.song import PublicSong, ReferenceList, ReferenceSong
from studio.models.step import ProjectStep, StepTemplate, TemplateStep

__all__ = [
    "CrewRequest",
    "Entry",
    "Pack",
    "PackCrew",
    "Project",
    "ProjectCrew",
    "ProjectLink",
    "ProjectStep",
    "PublicSong",
    "ReferenceList",
    "ReferenceSong",
    "StepTemplate",
    "StudioEvent",
    "StudioSettings",
    "TemplateStep",
]
