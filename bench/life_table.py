"""What happens to submissions: steps with their days after the step before, and how frequent each course is."""

from dataclasses import dataclass
from random import Random

from submissions.choices import Transition

T = Transition
Step = tuple[T, float, float]


@dataclass(frozen=True)
class Life:
    weight: float
    steps: tuple[Step, ...]


_OPEN: Step = (T.START_REVIEW, 1, 30)
_OFFER: tuple[Step, ...] = (_OPEN, (T.SHORTLIST, 0, 1), (T.ACCEPT, 1, 12))

AT_THE_BIG_LABEL = (
    Life(46, (_OPEN, (T.REJECT, 0, 28))),
    Life(23, ((T.REJECT, 1, 55),)),
    Life(5, (_OPEN, (T.LISTENED, 0, 0.1), (T.REJECT, 0, 10))),
    Life(5, (_OPEN, (T.SHORTLIST, 0, 3), (T.REJECT, 3, 25))),
    Life(
        1, (_OPEN, (T.REQUEST_CHANGES, 0, 4), (T.RESUBMIT, 1, 10), (T.START_REVIEW, 1, 10), (T.REJECT, 0, 3))
    ),
    Life(5, (*_OFFER, (T.SIGN, 1, 10), (T.OVERRIDE_SPLITS, 0, 2), (T.SCHEDULE, 2, 20), (T.RELEASE, 20, 60))),
    Life(2, (*_OFFER, (T.DECLINE, 1, 10))),
    Life(1, (*_OFFER, (T.EXPIRE, 0, 1))),
    Life(1, (_OPEN, (T.REQUEST_CHANGES, 0, 4), (T.EXPIRE, 0, 1))),
    Life(5, ((T.WITHDRAW, 3, 40),)),
    Life(5, ((T.EXPIRE, 0, 1),)),
    Life(0.4, (_OPEN, (T.LINK_FAILED, 1, 10), (T.REJECT, 100, 400))),
    Life(0.1, ((T.LINK_FAILED, 1, 10), (T.LINK_RECOVERED, 1, 5), (T.REJECT, 1, 10))),
)
ELSEWHERE = (
    Life(62, ((T.REJECT, 1, 55),)),
    Life(6, ((T.WITHDRAW, 3, 40),)),
    Life(4, (_OPEN,)),
    Life(28, ()),
)


class LifeSampler:
    """Draws lives at random by their weights."""

    def __init__(self, lives: tuple[Life, ...]) -> None:
        self.lives, self.weights = lives, []
        total = 0.0
        for life in lives:
            total += life.weight
            self.weights.append(total)

    def draw(self, rng: Random) -> tuple[Step, ...]:
        return rng.choices(self.lives, cum_weights=self.weights)[0].steps
