"""Lists of songs that are done: read from a file row by row, entered by an admin, in seconds."""

from io import BytesIO
from time import perf_counter

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from labels.tests.builders import make_user
from studio.models import ReferenceList, ReferenceSong
from studio.reference_lists.reader import ENDLESS, NO_HEADING, Song, read_songs
from studio.reference_lists.service import replace_songs
from studio.tests.builders import a_reference_list

ADD = "/admin/studio/referencelist/add/"
TWO = [Song("Nova", "Tides"), Song("Maya", "Ebb")]
FILES = {
    "commas": "Artist,Title\nNova,Tides\nMaya,Ebb\n",
    "semicolons": "artist;title\r\nNova;Tides\r\nMaya;Ebb",
    "returns": "Artist,Title\rNova,Tides\r\rMaya,Ebb\r",
    "tabs": "Title\tArtist\nTides\tNova\nEbb\tMaya\n",
    "other columns": "Year,Song,Band\n1999,Tides,Nova\n\n2001,Ebb,Maya\n,,\n",
    "byte order mark": "\ufeffArtist,Title\nNova,Tides\nMaya,Ebb\n",
    "quotes": 'Artist,Title\n"Nova","Tides"\n"Maya", Ebb \n',
}
STRAY = 'Artist,Title\nNova,Tides\n"Maya,Ebb\n' + "Nova,Night\n" * 20_000
WRONG = {
    "no heading": ("Nova,Tides\n", [NO_HEADING]),
    "empty": ("", [NO_HEADING]),
    "half a heading": ("Artist,Year\nNova,1999\n", [NO_HEADING]),
    "missing": (
        "Artist,Title\nNova,\n,Ebb\nMaya\n",
        [f"Row {row}: the {name} is missing." for row, name in ((2, "title"), (3, "artist"), (4, "title"))],
    ),
    "too long": (f"Artist,Title\nNova,{'x' * 151}\n", ["Row 2: the title has more than 150 characters."]),
    "stray quote": (STRAY, [f"Row 3: {ENDLESS}"]),
    "endless heading": ("Artist,Title" + "x" * 200_000, [NO_HEADING]),
    "control": ("Artist,Title\nNova,Ti\x01des\n", ["Row 2: the title has characters that cannot be stored."]),
}


@pytest.mark.parametrize("name", FILES)
def test_file_is_read(name: str) -> None:
    reading = read_songs(FILES[name])
    assert (reading.songs, reading.faults) == (TWO, [])


@pytest.mark.parametrize("name", WRONG)
def test_wrong_row_is_named(name: str) -> None:
    text, faults = WRONG[name]
    assert read_songs(text).faults == faults


def test_many_wrong_rows_are_counted() -> None:
    faults = read_songs("Artist,Title\n" + "Nova,\n" * 30).faults
    assert (len(faults), faults[-1]) == (21, "10 more rows are wrong.")


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_user("admin@example.com", is_staff=True, is_superuser=True))
    return client


def a_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("songs.csv", text.encode(), "text/csv")


@pytest.mark.django_db
def test_admin_enters_a_list_and_replaces_its_songs(office: Client) -> None:
    response = office.post(ADD, {"name": "Official", "note": "", "file": a_file(FILES["commas"])})
    assert response.status_code == 302
    listed = ReferenceList.objects.get()
    assert listed.song_count == listed.songs.count() == 2
    assert listed.changed_by
    change = reverse("admin:studio_referencelist_change", args=[listed.pk])
    office.post(
        change, {"name": "Official", "note": "2026", "file": a_file("Artist,Title\nNova,Night\nNova,NIGHT\n")}
    )
    assert list(ReferenceSong.objects.values_list("title", flat=True)) == ["Night"]
    office.post(change, {"name": "Official songs", "note": ""})
    listed = ReferenceList.objects.get()
    assert (listed.name, listed.song_count) == ("Official songs", 1)


@pytest.mark.django_db
def test_admin_reads_who_changed_a_list_once_it_is_there(office: Client) -> None:
    assert "Changed by" not in office.get(ADD).content.decode()
    made = a_reference_list(("Nova", "Tides"))
    page = office.get(f"/admin/studio/referencelist/{made.pk}/change/").content.decode()
    assert "Changed by" in page
    assert "File with the songs" in page


@pytest.mark.django_db
def test_list_with_a_wrong_row_is_not_saved(office: Client) -> None:
    response = office.post(ADD, {"name": "Official", "file": a_file("Artist,Title\nNova,Tides\nNova,\n")})
    assert response.status_code == 200
    assert "Row 3: the title is missing." in response.content.decode()
    assert not ReferenceList.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("Artist,Title\nN\xf3va,Tides".encode("latin-1"), "UTF-8"),
        (b"Artist,Title\n", "no songs"),
        (STRAY.encode(), "Row 3: a text in quotation marks has no end."),
        (None, "Choose the file"),
    ],
    ids=["empty", "latin", "heading alone", "stray quote", "none"],
)
def test_file_that_is_no_list_is_refused(office: Client, content: bytes | None, said: str) -> None:
    given = {} if content is None else {"file": SimpleUploadedFile("songs.csv", content)}
    assert said in office.post(ADD, {"name": "Official", **given}).content.decode()
    assert not ReferenceList.objects.exists()


@pytest.mark.django_db
def test_songs_are_only_looked_up_in_the_office(office: Client) -> None:
    song = a_reference_list(("Nova", "Tides")).songs.get()
    page = office.get(reverse("admin:studio_referencesong_changelist"), {"q": "tid"}).content.decode()
    assert "Tides" in page
    assert office.get(reverse("admin:studio_referencesong_add")).status_code == 403
    assert office.post(reverse("admin:studio_referencesong_delete", args=[song.pk])).status_code == 403


@pytest.mark.django_db
def test_staff_without_the_permission_enters_no_list(client: Client) -> None:
    staff = make_user("clerk@example.com", is_staff=True)
    client.force_login(staff)
    assert client.get(ADD).status_code in (302, 403)
    staff.user_permissions.add(Permission.objects.get(codename="view_referencelist"))
    assert client.post(ADD, {"name": "Official", "file": a_file(FILES["commas"])}).status_code in (302, 403)
    assert not ReferenceList.objects.exists()


@pytest.mark.django_db
def test_office_has_no_lists_while_the_studio_is_closed(office: Client, settings: Settings) -> None:
    assert "referencelist" in office.get("/admin/").content.decode()
    settings.STUDIO = False
    assert "referencelist" not in office.get("/admin/").content.decode()


@pytest.mark.django_db
def test_fifty_thousand_songs_are_entered_in_seconds() -> None:
    listed = ReferenceList.objects.create(name="Official")
    text = BytesIO()
    text.write(b"Artist,Title\n")
    text.writelines(f"Artist {each % 900} & Friends,Song number {each}\n".encode() for each in range(50_000))
    began = perf_counter()
    reading = read_songs(text.getvalue().decode())
    assert replace_songs(listed, reading.songs, by=None) == 50_000
    assert perf_counter() - began < 40  # 5 seconds and more on a busy machine
