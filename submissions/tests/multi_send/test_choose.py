"""Selecting labels: what is found, what stops a label before it can be ticked, and label lists."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from labels.models import Intake, Label
from labels.tests.builders import make_intake, make_label
from submissions.models import LabelList
from submissions.multi_send.choose import ROWS
from submissions.multi_send.forms import MOST
from submissions.tests.builders import make_submission
from trackflow.testing.clients import client_of

SEND, LISTS = reverse("submissions:send"), reverse("submissions:label-lists")
CREATE = reverse("submissions:label-list-create")


@pytest.fixture
def track(db: None) -> Track:
    return make_track(make_producer())


def intake_of(name: str, **rules: Any) -> Intake:
    label = make_label(name)
    label.intakes.all().delete()
    return make_intake(label, **rules)


def shown(track: Track, **query: Any) -> Any:
    return client_of(track.owner).get(SEND, {"track": track.code, **query})


def found(track: Track, **query: Any) -> list[str]:
    return [row.intake.label.name for row in shown(track, **query).context["rows"]]


def selected(track: Track, **query: Any) -> list[str]:
    return [fit.intake.label.name for fit in shown(track, **query).context["selected"]]


def a_list(track: Track, name: str, *labels: Label) -> LabelList:
    made = LabelList.objects.create(producer=track.owner, name=name)
    made.labels.set(labels)
    return made


def test_what_stops_a_label_is_said_and_it_cannot_be_ticked(track: Track) -> None:
    closed = intake_of("Techno only", genres=["techno-raw-deep-hypnotic"], genre_strictness="block")
    there = intake_of("Has it")
    make_submission("in_review", track=track, label=there.label)
    free = intake_of("Free")
    page = shown(track).content.decode()
    assert "Techno only is not looking for this genre." in page
    assert "Already there: “Being reviewed”" in page
    for intake, is_off in ((closed, True), (there, True), (free, False)):
        box = page.split(f'id="to-{intake.code}"')[1].split(">")[0]
        assert ("disabled" in box) is is_off


def test_best_fit_comes_first(track: Track) -> None:
    intake_of("Any")
    intake_of("Deep", genres=["deep-house"])
    intake_of("Other", genres=["amapiano"])
    assert found(track) == ["Deep", "Any", "Other"]


def test_search_by_name_genre_list_and_what_can_get_it(track: Track) -> None:
    deep, afro = intake_of("Deep Tide", genres=["deep-house"]), intake_of("Low Tide", genres=["afro-house"])
    intake_of("Blocked", genres=["amapiano"], genre_strictness="block")
    friends = a_list(track, "Friends", afro.label)
    assert found(track, name="tide", find="on") == ["Deep Tide", "Low Tide"]
    assert found(track, genre="afro-house", find="on") == ["Low Tide"]
    assert found(track, list=friends.code, find="on") == ["Low Tide"]
    assert found(track, can="on", find="on") == ["Deep Tide", "Low Tide"]
    assert found(track, name="tide", to=deep.code, find="on") == ["Low Tide"]


def test_selection_stays_while_one_looks_on(track: Track) -> None:
    harbour, quay = intake_of("Harbour"), intake_of("Quay")
    assert selected(track, name="nobody", to=[harbour.code, quay.code], find="on") == ["Harbour", "Quay"]
    page = shown(track, name="nobody", to=[harbour.code], find="on").content.decode()
    assert f'value="{harbour.code}" id="to-{harbour.code}" checked' in page
    assert "No label like this is open" in page


def test_whole_list_is_selected_but_for_what_cannot_get_it(track: Track) -> None:
    names = ["Harbour", "Quay"]
    intakes = [intake_of(name) for name in names]
    stopped = intake_of("Stopped", ai_policy="none")
    Track.objects.filter(pk=track.pk).update(ai="yes")
    asleep = intake_of("Asleep", is_paused=True)
    own = a_list(track, "Friends", *(each.label for each in (*intakes, stopped, asleep)))
    answer = shown(track, add=own.code)
    assert [fit.intake.label.name for fit in answer.context["selected"]] == names
    assert "1 label cannot get it: see why below. 1 label of these is closed now." in answer.content.decode()
    theirs = a_list(make_track(make_producer()), "Theirs", *(each.label for each in intakes))
    assert selected(track, add=theirs.code) == []
    assert selected(track, add=" ".join(each.code for each in intakes)) == names


def test_no_more_than_fit_are_selected(track: Track) -> None:
    labels = [make_label(f"Label {number:02}") for number in range(MOST + 2)]
    own = a_list(track, "Many", *labels)
    answer = shown(track, add=own.code)
    assert len(answer.context["selected"]) == MOST
    assert f"2 labels more would be over {MOST}" in answer.content.decode()
    codes = list(Intake.objects.values_list("code", flat=True))
    refused = client_of(track.owner).get(SEND, {"track": track.code, "to": codes, "go": "on"})
    assert refused.status_code == 422
    assert f"Select at most {MOST} labels at a time" in refused.content.decode()


def test_pages_cover_every_label_once(track: Track) -> None:
    for number in range(ROWS + 3):
        make_label(f"Label {number:02}")
    first = shown(track)
    second = shown(track, after=first.context["next"])
    names = [row.intake.label.name for page in (first, second) for row in page.context["rows"]]
    assert len(names) == len(set(names)) == ROWS + 3
    assert second.context["previous"]


def test_selecting_costs_the_same_for_one_label_and_for_five(track: Track) -> None:
    client, counts, codes = client_of(track.owner), [], []
    for number in range(10):
        codes.append(intake_of(f"Label {number}", genres=["deep-house"]).code)
        with CaptureQueriesContext(connection) as seen:
            client.get(SEND, {"track": track.code, "to": codes[: number // 2 + 1], "find": "on"})
        counts.append(len(seen))
    assert counts[1] == counts[-1]


def test_forms_cost_the_same_for_one_label_and_for_five(track: Track) -> None:
    client, counts, codes = client_of(track.owner), [], []
    for number in range(5):
        codes.append(intake_of(f"Label {number}").code)
        with CaptureQueriesContext(connection) as seen:
            client.get(SEND, {"track": track.code, "to": codes, "go": "on"})
        counts.append(len(seen))
    assert counts[0] == counts[-1]


def test_selection_is_saved_as_a_list_and_leads_back(track: Track) -> None:
    harbour, quay = intake_of("Harbour"), intake_of("Quay")
    client = client_of(track.owner)
    address = f"{CREATE}?track={track.code}&to={harbour.code}&to={quay.code}"
    assert "Harbour" in client.get(address).content.decode()
    said = {"name": "Friends", "labels": [harbour.label.pk, quay.label.pk]}
    answer = client.post(address, said)
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{SEND}?track={track.code}&to={harbour.code}&to={quay.code}")
    assert set(LabelList.objects.get().labels.all()) == {harbour.label, quay.label}
    again = client.post(address, said)
    assert again.status_code == 422
    assert "You have a list of this name already" in again.content.decode()


def test_list_is_renamed_filled_and_deleted(track: Track) -> None:
    harbour, quay = make_label("Harbour"), make_label("Quay")
    own = a_list(track, "Friends", harbour)
    client, page = client_of(track.owner), reverse("submissions:label-list", args=[own.code])
    looked = client.post(page, {"name": "Family", "labels": [harbour.pk], "find": "qua", "do": "find"})
    assert "Quay" in looked.content.decode()
    assert 'value="Family"' in looked.content.decode()
    assert LabelList.objects.get().name == "Friends"
    assert client.post(page, {"name": "Family", "labels": [quay.pk], "do": "save"}).status_code == 303
    own.refresh_from_db()
    assert (own.name, list(own.labels.all())) == ("Family", [quay])
    assert "Family" in client.get(LISTS).content.decode()
    empty = client.post(page, {"name": "Family"})
    assert empty.status_code == 422
    assert "Select at least one label." in empty.content.decode()
    assert client.post(reverse("submissions:label-list-delete", args=[own.code])).status_code == 303
    assert not LabelList.objects.exists()


def test_lists_of_others_are_not_there(track: Track) -> None:
    own = a_list(track, "Friends", make_label())
    stranger = client_of(make_producer())
    assert stranger.get(reverse("submissions:label-list", args=[own.code])).status_code == 404
    assert stranger.post(reverse("submissions:label-list-delete", args=[own.code])).status_code == 404
    assert "Friends" not in stranger.get(LISTS).content.decode()


@pytest.mark.parametrize(
    "query", ["to=%00", "add=%00", "add=LL-0000-0000", "list=x", "name=%00", "labels=9999"]
)
def test_nonsense_is_no_server_error(track: Track, query: str) -> None:
    make_label()
    client = client_of(track.owner)
    assert client.get(f"{SEND}?track={track.code}&find=on&{query}").status_code in (200, 422)
    assert client.get(f"{CREATE}?{query}").status_code == 200
    assert client.post(CREATE, {"name": "x", "labels": ["9" * 40, "x", "\x00"]}).status_code == 422


def test_list_saved_twice_at_once_is_said_at_its_name(committed_db: str) -> None:
    own = make_track(make_producer())
    first, second = (make_label(name).intakes.get() for name in ("Harbour", "Quay"))
    clients, answers = [client_of(own.owner) for _ in range(2)], list[int]()
    barrier = threading.Barrier(2)

    def save(client: Any, intake: Intake) -> None:
        barrier.wait()
        said = {"name": "Friends", "labels": [intake.label.pk]}
        answers.append(client.post(f"{CREATE}?to={intake.code}", said).status_code)
        connection.close()

    threads = [
        threading.Thread(target=save, args=pair) for pair in zip(clients, (first, second), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert LabelList.objects.count() == 1
