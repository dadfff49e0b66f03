from sources.models.answer import Answer
from sources.models.throttle import Throttle

__all__ = ["Answer", "Throttle"]
