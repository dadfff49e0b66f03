"""The conversation on a submission's page at the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desk.context import DeskContext
from labels.choices import ReplyPurpose
from labels.models import ReplyTemplate
from submissions.choices import MessageSide
from submissions.conversation.forms import KeyForm, MessageForm
from submissions.conversation.page import TalkUrls, conversation_of
from submissions.conversation.rows import Talk
from submissions.copy_view import CopyView
from submissions.models import Revision
from submissions.reply_templates import join_note, reply_of

KEY, SETTLE_KEY = "m", "e"
READER = "the producer"
ADDRESSES = ("messages", "messages-read", "messages-mute", "messages-settle")


@dataclass(frozen=True)
class TypedMessage:
    """A message as it was typed, and why it was not sent."""

    form: MessageForm
    sentence: str = ""


@dataclass(frozen=True)
class TemplateChoice:
    """A reply template as a button of the form."""

    template: ReplyTemplate
    url: str


def talk_page_of(
    context: DeskContext,
    talk: Talk,
    revision: Revision | None,
    demo: CopyView | None,
    templates: Iterable[ReplyTemplate] = (),
    typed: TypedMessage | None = None,
) -> dict[str, Any]:
    """Return the conversation with its form and addresses; viewers only read."""
    submission = context.submission
    submission.label = context.desk.label
    urls = TalkUrls(*(context.url_of(name) for name in ADDRESSES))
    may_write = context.is_reviewer
    conversation = conversation_of(submission, talk, MessageSide.LABEL, revision=revision, demo=demo)
    fresh = MessageForm(to=READER, keys=KEY) if may_write else None
    return {
        "conversation": conversation,
        "talk_urls": urls,
        "message_form": typed.form if typed else fresh,
        "talk_sentence": typed.sentence if typed else "",
        "message_templates": choices_of(context, templates),
        "settle_form": KeyForm()
        if may_write and conversation.is_asked and not conversation.refusal
        else None,
        "write_key": KEY,
        "settle_key": SETTLE_KEY,
    }


def templates_of(context: DeskContext) -> list[ReplyTemplate]:
    """Return the label's reply templates for messages. One query."""
    return list(ReplyTemplate.objects.of(context.desk.label, ReplyPurpose.MESSAGE))


def choices_of(context: DeskContext, templates: Iterable[ReplyTemplate]) -> list[TemplateChoice]:
    """Return templates as buttons, which send the form and get it back filled."""
    url = context.url_of("messages")
    mark = "&" if "?" in url else "?"
    return [TemplateChoice(each, f"{url}{mark}template={each.pk}") for each in templates]


def filled(
    context: DeskContext, template: ReplyTemplate, typed: str, templates: Sequence[ReplyTemplate]
) -> str:
    """Return a template's text for this demo below what was typed, in place of another template's."""
    texts = [reply_of(each, context.submission, user=context.user)["note"] for each in templates]
    return join_note(typed, reply_of(template, context.submission, user=context.user)["note"], texts)
