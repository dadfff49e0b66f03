"""The page that asks for the columns and the format of an export, and keeps the choice."""

import re
from typing import Any

from accounts.models import User
from desk.choices import ExportFormat
from desk.export.export_table import COLUMNS, GROUPS, USUAL
from desk.models import ExportChoice
from desk.tests.export.test_export import complete_demo, text_of
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of


def page_of(user: User, **query: str) -> Any:
    return client_of(user).get("/desk/harbour/export/", query)


def test_page_offers_every_column_and_format(cast: Cast) -> None:
    complete_demo(cast)
    answer = page_of(cast.viewer, q="night")
    page = answer.content.decode()
    assert "Export 1 submission" in page
    for group in GROUPS.values():
        for column in group:
            assert f'value="{column.name}"{" checked" if column.name in USUAL else ""}>' in page
    assert "European spreadsheet" in page
    everything = page_of(cast.viewer, q="night", preset="all").content.decode()
    assert len(re.findall('name="columns" value="[a-z_]+" checked>', everything)) == len(COLUMNS)
    assert page_of(cast.viewer, q="gerne:x").status_code == 422


def test_choice_leads_to_the_file_and_is_remembered(cast: Cast) -> None:
    complete_demo(cast)
    client = client_of(cast.viewer)
    chosen = {"columns": ["title", "bpm"], "format": ExportFormat.SEMICOLON}
    answer: Any = client.post("/desk/harbour/export/?q=night", chosen)
    assert answer.status_code == 303
    assert answer["Location"] == "/desk/harbour/export.csv?q=night&columns=title,bpm&separator=semicolon"
    assert text_of(client.get(answer["Location"])) == "\ufefftitle;bpm\r\nNight Drive;126,5\r\n"
    form = page_of(cast.viewer, q="").context["form"]
    assert (form["columns"].value(), form["format"].value()) == (["title", "bpm"], "semicolon")
    assert page_of(cast.manager, q="").context["form"]["columns"].value() == USUAL
    client.post("/desk/harbour/export/?q=", {"columns": ["title"], "format": ExportFormat.JSON})
    assert ExportChoice.objects.get().columns == ["title"]


def test_no_column_is_said_and_the_rest_is_kept(cast: Cast) -> None:
    answer = client_of(cast.viewer).post("/desk/harbour/export/?q=", {"format": "json"})
    assert answer.status_code == 422
    assert "Choose at least one column." in answer.content.decode()
    assert not ExportChoice.objects.exists()


def test_queue_offers_the_export_of_what_it_shows(cast: Cast) -> None:
    page = client_of(cast.viewer).get("/desk/harbour/", {"q": "bpm:122-128"}).content.decode()
    assert 'href="/desk/harbour/export/?q=bpm%3A122-128"' in page
