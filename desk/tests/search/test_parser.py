"""The query language: parsing, canonical texts, and messages for invalid ones."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from catalog.music.query_values import NO_TEMPO, Tempo
from desk.search.parser import parse
from desk.search.query import Query
from desk.search.term_table import BY_NAME, TERMS
from kit.query.day_words import Days
from kit.query.text import QueryError
from submissions.query_words import TermName

pytestmark = pytest.mark.django_db

WEEK = Days(date(2026, 5, 4), date(2026, 5, 10))


@pytest.mark.parametrize(
    ("text", "query", "canonical"),
    [
        ("", Query(), ""),
        ("  \n ", Query(), ""),
        ("night drive", Query(words=("night", "drive")), "night drive"),
        ('"night drive"', Query(words=("night drive",)), '"night drive"'),
        ("“night   drive”", Query(words=("night drive",)), '"night drive"'),
        ('"never closed', Query(words=("never closed",)), '"never closed"'),
        ('"is:new"', Query(words=("is:new",)), '"is:new"'),
        ('"first" first', Query(words=("first",), is_first=True), '"first" first'),
        ("12:30 don't", Query(words=("12:30", "don't")), '"12:30" don\'t'),
        ("is:new", Query(states=("submitted",)), "is:new"),
        ("IS:New,in_review", Query(states=("in_review", "submitted")), "is:in-review,new"),
        ("is:new is: Offered", Query(states=("accepted", "submitted")), "is:accepted,new"),
        ('is:"changes requested"', Query(states=("changes_requested",)), "is:changes"),
        ("ball:us", Query(), ""),
        ("ball:releases", Query(ball="releases"), "ball:releases"),
        ("artist:Mara", Query(artists=("mara",)), "artist:mara"),
        (
            'artist:"Mara Lindqvist",Efua',
            Query(artists=("efua", "mara lindqvist")),
            'artist:efua,"mara lindqvist"',
        ),
        ("wav:Yes", Query(wav="yes"), "wav:yes"),
        ("exclusive:yes", Query(exclusivity=("exclusive_until",)), "exclusive:yes"),
        (
            "exclusive:offer,sent-elsewhere",
            Query(exclusivity=("offer_held", "sent_elsewhere")),
            "exclusive:no,offer",
        ),
        ("due:friday", Query(due=Days("friday", "friday")), "due:friday"),
        ("due:Fri", Query(due=Days("friday", "friday")), "due:friday"),
        ("due:..friday", Query(due=Days(None, "friday")), "due:..friday"),
        ('due:"this week"', Query(due=Days("this-week", "this-week")), "due:this-week"),
        ("due:today-friday", Query(due=Days("today", "friday")), "due:today..friday"),
        ("due:today–2026-05-10", Query(due=Days("today", WEEK.until)), "due:today..2026-05-10"),
        ("due:no", Query(due="no"), "due:no"),
        ("release:2026-05-04", Query(release=Days(WEEK.since, WEEK.since)), "release:2026-05-04"),
        ("release:next-month", Query(release=Days("next-month", "next-month")), "release:next-month"),
        ("cat:hrb-012", Query(catalogue=("HRB-012",)), "cat:HRB-012"),
        (
            "ref:tf4k7q9xmd,TF-0000-0000",
            Query(references=("TF-0000-0000", "TF-4K7Q-9XMD")),
            "ref:TF-0000-0000,TF-4K7Q-9XMD",
        ),
        ("cat:none", Query(catalogue=("none",)), "cat:none"),
        ('-tag:"peak time"', Query(excluded=(("tag", ("peak time",)),)), '-tag:"peak time"'),
        ("-tag:b -tag:a", Query(excluded=(("tag", ("a", "b")),)), "-tag:a,b"),
        ("–tag:vocal", Query(excluded=(("tag", ("vocal",)),)), "-tag:vocal"),
        ("-is: new", Query(excluded=(("is", ("submitted",)),)), "-is:new"),
        ("-ball:us ball:any", Query(ball="any", excluded=(("ball", "us"),)), "ball:any -ball:us"),
        ("-overdue -first", Query(excluded=(("overdue", True), ("first", True))), "-overdue -first"),
        (
            'genre:tech-house "house"',
            Query(words=("house",), genres=("tech-house",)),
            "house genre:tech-house",
        ),
        ("genre:house -tech", Query(genres=("house",), unwanted=("tech",)), "genre:house -tech"),
        ("night -drive", Query(words=("night",), unwanted=("drive",)), "night -drive"),
        ('-"night drive"', Query(unwanted=("night drive",)), '-"night drive"'),
        ('"-drive"', Query(words=("-drive",)), '"-drive"'),
        ("Mara – Night & Day", Query(words=("Mara", "Night", "Day")), "Mara Night Day"),
        ("ball:them", Query(ball="them"), "ball:them"),
        ("ball:any is:signed", Query(states=("signed",)), "is:signed"),
        ("ball:us is:signed", Query(ball="us", states=("signed",)), "is:signed ball:us"),
        ("intake:Demos", Query(intake="demos"), "intake:demos"),
        ("intake:cl-4k7q-9xmo", Query(intake="CL-4K7Q-9XM0"), "intake:CL-4K7Q-9XM0"),
        ("genre:house", Query(genres=("house",)), "genre:house"),
        ('genre:"Tech House",breaks', Query(genres=("breaks", "tech-house")), "genre:breaks,tech-house"),
        (
            "genre:techno",
            Query(genres=("techno-peak-time", "techno-raw")),
            "genre:techno-peak-time,techno-raw",
        ),
        ("bpm:122-128", Query(tempo=Tempo(Decimal(122), Decimal(128))), "bpm:122-128"),
        ("bpm:127,5", Query(tempo=Tempo(Decimal("127.5"), Decimal("127.5"))), "bpm:127.5"),
        ("bpm:120-", Query(tempo=Tempo(Decimal(120), None)), "bpm:120-"),
        ("bpm:..128", Query(tempo=Tempo(None, Decimal(128))), "bpm:-128"),
        ("bpm:122–128", Query(tempo=Tempo(Decimal(122), Decimal(128))), "bpm:122-128"),
        ("key:8a,F#m", Query(keys=("11A", "8A")), "key:11A,8A"),
        ('key:"G♭ major"', Query(keys=("2B",)), "key:2B"),
        ("key:unknown", Query(keys=("unknown",)), "key:unknown"),
        ("mixes:Am", Query(mixes=("8A",)), "mixes:8A"),
        ("ai:no,partly", Query(ai=("no", "partially")), "ai:no,partially"),
        ("country:de,Netherlands", Query(countries=("DE", "NL")), "country:DE,NL"),
        ("older:2w", Query(older=14), "older:14d"),
        ("newer:5", Query(newer=5), "newer:5d"),
        ("Overdue", Query(is_overdue=True), "overdue"),
        ("link:dead", Query(link="dead"), "link:dead"),
        ("first", Query(is_first=True), "first"),
        ("IS:held", Query(is_held=True), "held"),
        ("-is:held -is:new", Query(excluded=(("is", ("submitted",)), ("held", True))), "-is:new -held"),
        ("bpm:Unknown", Query(tempo=NO_TEMPO), "bpm:unknown"),
        ("genre:unknown,house", Query(genres=("house", "unknown")), "genre:house,unknown"),
        ("country:unknown,de", Query(countries=("DE", "unknown")), "country:DE,unknown"),
        ("received:2026-05-04..2026-05-10", Query(received=WEEK), "received:2026-05-04..2026-05-10"),
        ('received: "2026-5-4 – 2026-5-10"', Query(received=WEEK), "received:2026-05-04..2026-05-10"),
        ("received:2026-05-04…2026-05-10", Query(received=WEEK), "received:2026-05-04..2026-05-10"),
        ("received:2026-05-04", Query(received=Days(WEEK.since, WEEK.since)), "received:2026-05-04"),
        ("received:2026-05-04..", Query(received=Days(WEEK.since, None)), "received:2026-05-04.."),
        ("received:..2026-05-10", Query(received=Days(None, WEEK.until)), "received:..2026-05-10"),
        (
            "received:2024-02",
            Query(received=Days(date(2024, 2, 1), date(2024, 2, 29))),
            "received:2024-02-01..2024-02-29",
        ),
        (
            "opened:2025",
            Query(opened=Days(date(2025, 1, 1), date(2025, 12, 31))),
            "opened:2025-01-01..2025-12-31",
        ),
        (
            "opened:2025-11..2026-02",
            Query(opened=Days(date(2025, 11, 1), date(2026, 2, 28))),
            "opened:2025-11-01..2026-02-28",
        ),
        ("opened:NO answered:Yes", Query(opened="no", answered="yes"), "opened:no answered:yes"),
        ("silent:2026-05-04..2026-05-10", Query(silent=WEEK), "silent:2026-05-04..2026-05-10"),
        ("promise:Kept", Query(promise="kept"), "promise:kept"),
        (
            "reason:Too_Close,genre reason:rights",
            Query(reasons=("genre", "rights", "too_close")),
            "reason:genre,rights,too-close",
        ),
        ("opener:Nobody", Query(opener="none"), "opener:none"),
        ('opener:"Ada  Lovelace"', Query(opener="ada lovelace"), 'opener:"ada lovelace"'),
        ("sort:due", Query(), ""),
        ("sort:oldest", Query(sort="oldest"), "sort:oldest"),
        ("ball:any sort:oldest", Query(ball="any"), "ball:any"),
        ("is:passed sort:newest", Query(states=("rejected",)), "is:passed"),
        ("ball:releases sort:release", Query(ball="releases"), "ball:releases"),
        (
            'sort:fastest is:shortlisted genre:"tech house" bpm:122-128 overdue Tamé',
            Query(
                ("Tamé",),
                ("shortlisted",),
                genres=("tech-house",),
                tempo=Tempo(Decimal(122), Decimal(128)),
                is_overdue=True,
                sort="fastest",
            ),
            "Tamé is:shortlisted genre:tech-house bpm:122-128 overdue sort:fastest",
        ),
    ],
)
def test_text_says_a_query_and_is_written_again(text: str, query: Query, canonical: str) -> None:
    assert parse(text) == query
    assert query.text == canonical
    assert parse(canonical) == query


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("genr:house", ["There is no “genr:”. Did you mean genre:? Known: is, ball,"]),
        ("-genr:house", ["There is no “genr:”. Did you mean genre:?"]),
        ("-is:", ["“is:” wants something after it"]),
        ("-sort:due", ["An order cannot be left out."]),
        ("-received:2026-05 -received:2026-06", ["“-received:” is there twice."]),
        ("genre:'tech", ["genre: A quotation mark is missing around “'tech”."]),
        ("genre:tech house", ['Put a name of several words in quotes: genre:"tech house".']),
        (
            "due:fridya",
            [
                "“fridya” is not a span of days",
            ],
        ),
        ("wav:maybe", ["There is no answer about a WAV “maybe”."]),
        (
            "is:shortlist",
            ["is: There is no state “shortlist”. Did you mean shortlisted? Known: new, in-review,"],
        ),
        ("is:draft", ["is: There is no state “draft”."]),
        ("is:", ["“is:” wants something after it, such as is:new,shortlisted."]),
        ("is:, bpm:", ["“is:” wants", "“bpm:” wants"]),
        ("genre:tecno", ["genre: There is no genre “tecno”. Did you mean techno?"]),
        ("genre:deep", ["genre: Several genres are called “deep”: "]),
        ("bpm:fast", ["bpm: Give the tempo as a number"]),
        ("bpm:500", ["bpm: The tempo must lie between 40 and 300"]),
        ("bpm:128-122", ["bpm: “128-122” runs backwards"]),
        ("bpm:-", ["bpm: “-” is no range of tempos"]),
        ("bpm:1-2-3", ["bpm: “1-2-3” is no range of tempos"]),
        ("key:X", ["key: “X” is no key."]),
        ("mixes:unknown", ["mixes: Nothing is known to mix with an unknown key."]),
        ("country:germny", ["country: There is no country “germny”. Did you mean germany?"]),
        ("older:-3", ["older: “-3” is no age"]),
        ("older:99999", ["older: “99999” is no age"]),
        ("overdue:no", ["overdue: It stands alone"]),
        ("country:unknow", ["Did you mean unknown?"]),
        ("received:2026-02-30", ["received: There is no day “2026-02-30”: February 2026 has 28 days."]),
        ("received:2026-05-00", ["There is no day “2026-05-00”: May 2026 has 31 days."]),
        ("received:2026-13", ["There is no month 13 in “2026-13”"]),
        ("received:2026-05-10..2026-05-04", ["runs backwards: write the earlier day first"]),
        ("received:2026-06..2026-05", ["runs backwards"]),
        ("received:yes", ["“yes” is not a span of days: write 2026-05-04..2026-05-10, with"]),
        (
            "opened:soon",
            ["“soon” is not a span of days: write 2026-05-04..2026-05-10, with one end left out"],
        ),
        ("answered:maybe", ["or a word like today, friday or this-week, or yes or no."]),
        ("silent:..", ["“..” is not a span of days"]),
        ("received:2026-01..2026-02..2026-03", ["is not a span of days"]),
        ("received:0001-01-01", ["is not a span of days"]),
        ("received:9999-12-31", ["is not a span of days"]),
        ("received:٢٠٢٦-٠٥-٠٤", ["is not a span of days"]),
        ("received:2026-05 received:2026-06", ["“received:” is there twice."]),
        (
            "promise:kep",
            ["There is no outcome of a promise “kep”. Did you mean kept? Known: kept, broken, open."],
        ),
        ("reason:righs", ["There is no reason “righs”. Did you mean rights? Known: genre,"]),
        ("opener:", ["“opener:” wants something after it, such as opener:me."]),
        (
            "sort:loudest",
            ["sort: There is no order “loudest”. Did you mean oldest? Known: due, oldest, newest,"],
        ),
        ("sort:due sort:newest", ["“sort:” is there twice."]),
        ("intake:CL-1", ["intake: “CL-1” is no intake"]),
        ("!!!", ["“!!!” has no letter and no digit"]),
        ("nul \x00", ["This holds characters that are not text."]),
        ("x" * 151, ["is too long to look for"]),
        ("x " * 501, ["This is too long: 1000 characters at most."]),
        ("genr:x is:y", ["There is no “genr:”", "There is no state “y”"]),
    ],
)
def test_what_is_not_understood_is_said(text: str, parts: list[str]) -> None:
    with pytest.raises(QueryError) as refusal:
        parse(text)
    assert len(refusal.value.messages) == len(parts)
    for message, part in zip(refusal.value.messages, parts, strict=True):
        assert part in message


@pytest.mark.parametrize(
    ("typed", "reads_as"),
    [
        ("genre:“tech house” ball:any", 'genre:"tech house" ball:any'),
        ("bpm:122–128", "bpm:122-128"),
        ("bpm:122—128", "bpm:122-128"),
        ("bpm:122−128", "bpm:122-128"),
        ("score:3–4", "score:3-4"),
        ("received:2026-05-04…2026-05-10", "received:2026-05-04..2026-05-10"),
        ("received:2026-05-04–2026-05-10", "received:2026-05-04..2026-05-10"),
        ("received:2026‑05‑04", "received:2026-05-04"),
        ("Is:New", "is:new"),
        ("ｉｓ：ｎｅｗ", "is:new"),
        ("is:new，shortlisted", "is:new,shortlisted"),
        ("genre:'tech house'", 'genre:"tech house"'),
        ("genre:‘tech house’", 'genre:"tech house"'),
        ("genre:«tech house»", 'genre:"tech house"'),
        ("genre:„tech house“", 'genre:"tech house"'),
        ("genre:`tech house`", 'genre:"tech house"'),
        ("genre:house,'tech house'", 'genre:house,"tech house"'),
        ("-genre:'tech house'", '-genre:"tech house"'),
        ("genre:'drum & bass'", 'genre:"drum & bass"'),
        ("'night drive'", '"night drive"'),
        ("key:F♯m", "key:F#m"),
        ("bpm:１２２-１２８", "bpm:122-128"),
        ("tag:“DJ’s pick”", 'tag:"DJ\'s pick"'),
        ('country:"Cote d\'Ivoire"', "country:CI"),
    ],
)
def test_what_keyboards_vary_reads_the_same(typed: str, reads_as: str) -> None:
    assert parse(typed) == parse(reads_as)


@pytest.mark.parametrize("quotes", ["'{}'", "‘{}’", "‚{}‘", "‹{}›", "“{}”", "«{}»", "＂{}＂", "'{}", "{}'"])
def test_genre_in_any_quotes_is_that_genre_or_an_error(quotes: str) -> None:
    try:
        found = parse(f"genre:{quotes.format('tech house')}")
    except QueryError:
        return
    assert (found.genres, found.words) == (("tech-house",), ())


def test_every_documented_example_is_understood() -> None:
    page = (settings.BASE_DIR / "docs" / "queue.md").read_text()
    terms = re.findall(r"^\| (`.*?`) \|", page, re.MULTILINE)
    examples = [example for line in terms for example in re.findall("`(.+?)`", line)]
    assert {re.split(":", example)[0] for example in examples} == set(BY_NAME)
    for example in [*examples, *(term.example for term in TERMS), *re.findall("```\n(.+)\n```", page)]:
        assert parse(example) != Query() or example in ("ball:us", "sort:due"), example


def test_terms_are_those_that_have_a_name_in_the_order_in_which_they_are_written() -> None:
    assert [term.name for term in TERMS] == list(TermName)
