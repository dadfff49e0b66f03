"""The steps of a script that come after the yes: splits, and what the label asks for."""

from datetime import timedelta
from typing import Any

from demo.story import Story
from kit.clock import now
from labels.choices import Role
from labels.deliverable_templates import USUAL
from submissions.choices import DeliverableState, Transition
from submissions.models import Deliverable, Share
from submissions.permissions import Actor
from submissions.workflow import perform

T = Transition
OTHERS = (("Jo Vox", "vocalist"), ("Samir Keys", "writer"))
OBJECTION = "We said a third, since the chords are mine. Can we talk?"
AGAIN = "This one is 16 bit. The 24 bit file, please."
HANDED: dict[str, dict[str, str]] = {
    "link": {"url": "https://drive.google.com/file/d/1Trackflow-{number}{reference}/view"},
    "text": {"text": "Written and produced by {artist}. Mixed at home, mastered by a friend."},
    "personal": {
        "legal_name": "{artist} (legal name)",
        "address": "12 Example Street\n10115 Berlin\nGermany",
    },
}


def split(story: Story, argument: str) -> None:
    """Set the splits between the producer and two others."""
    shares = [
        {
            "name": story.producer.artist,
            "email": story.owner.email,
            "role": "primary",
            "percentage": "60.00",
        },
        *(
            {
                "name": name,
                "email": f"{name.split()[0].lower()}@example.com",
                "role": role,
                "percentage": "20.00",
            }
            for name, role in OTHERS
        ),
    ]
    story.act(T.SET_SPLITS, story.owner, shares=shares)


def agreed(story: Story, argument: str) -> None:
    _answer(story, T.CONFIRM_SPLIT)


def disputed(story: Story, argument: str) -> None:
    _answer(story, T.OBJECT_SPLIT, note=OBJECTION)


def settle(story: Story, argument: str) -> None:
    """Let the label's owner settle the splits."""
    owner = story.team.at_least(Role.OWNER, but=story.owner)[0]
    story.act(T.OVERRIDE_SPLITS, owner, "Both others told us on the phone that they agree.")


def asks(story: Story, argument: str) -> None:
    """Ask for what most labels need."""
    items = [
        {
            "name": name,
            "kind": kind.value,
            "instructions": instructions,
            "due": now() + timedelta(days=days),
        }
        for name, kind, instructions, days in USUAL
    ]
    story.act(T.ASK_FOR, story.decider, items=items)


def hands(story: Story, argument: str) -> None:
    """Hand in the first things that are asked for, as many as the argument says."""
    for item in _items(story, DeliverableState.ASKED)[: int(argument or 1)]:
        names = {"artist": story.producer.artist, "number": item.number, "reference": story.sent.reference}
        value = {name: text.format(**names) for name, text in HANDED[item.kind].items()}
        story.act(T.HAND_IN, story.owner, item=item.number, value=value)


def fine(story: Story, argument: str) -> None:
    """Approve the first things that were handed in."""
    for item in _items(story, DeliverableState.HANDED_IN)[: int(argument or 1)]:
        story.act(T.APPROVE, story.decider, item=item.number)


def redo(story: Story, argument: str) -> None:
    """Ask again for the first thing that was handed in."""
    item = _items(story, DeliverableState.HANDED_IN)[0]
    story.act(T.ASK_AGAIN, story.decider, AGAIN, item=item.number)


def spare(story: Story, argument: str) -> None:
    """Waive the last thing that is asked for."""
    item = _items(story, DeliverableState.ASKED)[-1]
    story.act(T.WAIVE, story.decider, item=item.number)


def _items(story: Story, state: DeliverableState) -> list[Deliverable]:
    return list(Deliverable.objects.of(story.sent).filter(state=state))


def _answer(story: Story, transition: str, **details: Any) -> None:
    """Answer for the first person who has not, by their link."""
    shares = Share.objects.current().filter(sheet__submission=story.sent, answer="")
    share = shares.select_related("sheet").order_by("position")[0]
    details |= {"nonce": share.nonce, "sheet_digest": share.sheet.digest_hex}
    event = perform(story.sent, transition, actor=Actor.collaborator(), turn=None, key=story.key(), **details)
    story.submission = event.submission
