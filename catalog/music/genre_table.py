"""Genres and subgenres of tracks, with our own stable slugs.

Source: the parent genres and subgenres of the Beatport dictionary of 2025-05, read from a third-party
copy in a public delivery tool and noted in ``music-data.md``. Not checked against the store itself: check
before claiming parity. Beatport renames genres often, so rows store our slug, and a store's names are
mapped from slug and ``VERSION``. A slug is never reused for another sound.

"Bass / Club" is editorial only at the store: nobody delivers to it, but a producer may still say it.
The open-format genres have no subgenres here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

VERSION = "2025-05"


@dataclass(frozen=True, slots=True)
class Genre:
    """One parent genre. ``subgenres`` are (slug, name) pairs, each slug prefixed by the parent's."""

    slug: str
    name: str
    subgenres: tuple[tuple[str, str], ...] = ()
    is_open_format: bool = False


def _genre(slug: str, name: str, **subgenres: str) -> Genre:
    pairs = tuple((f"{slug}-{part.replace('_', '-')}", title) for part, title in subgenres.items())
    return Genre(slug, name, pairs)


def _open_format(slug: str, name: str) -> Genre:
    return Genre(slug, name, is_open_format=True)


GENRES: tuple[Genre, ...] = (
    _genre("140-deep-dubstep-grime", "140 / Deep Dubstep / Grime", grime="Grime"),
    _genre(
        "afro-house", "Afro House", afro_latin="Afro / Latin", afro_melodic="Afro Melodic", three_step="3Step"
    ),
    _genre("amapiano", "Amapiano", gqom="Gqom"),
    _genre("ambient-experimental", "Ambient / Experimental"),
    _genre(
        "bass-club",
        "Bass / Club",
        uk_funky="UK Funky",
        global_club="Global Club",
        jersey_club="Jersey Club",
        juke_footwork="Juke / Footwork",
        reggae_dancehall="Reggae / Dancehall",
    ),
    _genre("bass-house", "Bass House"),
    _genre("breaks", "Breaks / Breakbeat / UK Bass", glitch_hop="Glitch Hop"),
    _genre(
        "brazilian-funk",
        "Brazilian Funk",
        carioca="Carioca",
        mandelao="Mandelao",
        bh="BH",
        melodic="Melodic",
    ),
    _genre("dance-pop", "Dance / Pop", afro_pop="Afro Pop", pop="Pop", tropical_house="Tropical House"),
    _genre("deep-house", "Deep House"),
    _genre("dj-tools", "DJ Tools", loops="Loops", acapellas="Acapellas", battle_tools="Battle Tools"),
    _genre("downtempo", "Downtempo"),
    _genre(
        "drum-bass",
        "Drum & Bass",
        liquid="Liquid",
        jump_up="Jump Up",
        jungle="Jungle",
        deep="Deep",
        halftime="Halftime",
    ),
    _genre("dubstep", "Dubstep", melodic="Melodic Dubstep", midtempo="Midtempo"),
    _genre("electro", "Electro (Classic / Detroit / Modern)"),
    _genre("electronica", "Electronica"),
    _genre("funky-house", "Funky House"),
    _genre(
        "hard-dance",
        "Hard Dance / Hardcore / Neo Rave",
        hardstyle="Hardstyle",
        hard_house="Hard House",
        uptempo="Uptempo",
        terror="Terror",
        uk_happy_hardcore="UK / Happy Hardcore",
        frenchcore="Frenchcore",
        neo_rave="Neo Rave",
    ),
    _genre("hard-techno", "Hard Techno"),
    _genre("house", "House", acid="Acid", soulful="Soulful"),
    _genre("indie-dance", "Indie Dance", dark_disco="Dark Disco"),
    _genre("jackin-house", "Jackin House"),
    _genre(
        "mainstage",
        "Mainstage",
        big_room="Big Room",
        electro_house="Electro House",
        future_house="Future House",
        speed_house="Speed House",
        future_rave="Future Rave",
    ),
    _genre("melodic-house-techno", "Melodic House & Techno", house="Melodic House", techno="Melodic Techno"),
    _genre("minimal-deep-tech", "Minimal / Deep Tech", bounce="Bounce", deep_tech="Deep Tech"),
    _genre("nu-disco", "Nu Disco / Disco", funk_soul="Funk / Soul", italo="Italo"),
    _genre("organic-house", "Organic House"),
    _genre("progressive-house", "Progressive House"),
    _genre(
        "psy-trance",
        "Psy-Trance",
        full_on="Full-On",
        progressive="Progressive Psy",
        psychedelic="Psychedelic",
        dark_forest="Dark & Forest",
        goa="Goa Trance",
        psycore_hi_tech="Psycore & Hi-Tech",
    ),
    _genre("tech-house", "Tech House", latin="Latin Tech"),
    _genre("techno-peak-time", "Techno (Peak Time / Driving)", driving="Driving", peak_time="Peak Time"),
    _genre(
        "techno-raw",
        "Techno (Raw / Deep / Hypnotic)",
        broken="Broken",
        deep_hypnotic="Deep / Hypnotic",
        dub="Dub",
        ebm="EBM",
        raw="Raw",
    ),
    _genre(
        "trance-main-floor",
        "Trance (Main Floor)",
        progressive="Progressive",
        tech="Tech",
        uplifting="Uplifting",
        vocal="Vocal",
        hard="Hard",
    ),
    _genre("trance-raw", "Trance (Raw / Deep / Hypnotic)", raw="Raw", deep="Deep", hypnotic="Hypnotic"),
    _genre("trap-future-bass", "Trap / Future Bass", trap="Trap", baile_funk="Baile Funk"),
    _genre("uk-garage-bassline", "UK Garage / Bassline", uk_garage="UK Garage", bassline="Bassline"),
    _open_format("african", "African"),
    _open_format("caribbean", "Caribbean"),
    _open_format("country", "Country"),
    _open_format("dance-electro-pop", "Dance / Electro-Pop"),
    _open_format("hip-hop", "Hip-Hop"),
    _open_format("latin", "Latin"),
    _open_format("pop", "Pop"),
    _open_format("r-and-b", "R&B"),
    _open_format("rock", "Rock"),
)

GENRE_CHOICES: tuple[tuple[str, str], ...] = tuple((genre.slug, genre.name) for genre in GENRES)
"""The parents as form and model choices."""

SUBGENRE_CHOICES: tuple[tuple[str, str], ...] = tuple(pair for genre in GENRES for pair in genre.subgenres)
"""Every subgenre of every parent as choices."""

PARENTS: Mapping[str, str] = MappingProxyType(
    {slug: genre.slug for genre in GENRES for slug, _ in genre.subgenres}
)
"""Subgenre slug to its parent's slug."""
