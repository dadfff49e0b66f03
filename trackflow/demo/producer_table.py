"""The demo's producers. Their names, addresses and codes are made up."""

from trackflow.demo.cast import Producer

ALL = ("soundcloud", "instagram", "ra")

PRODUCERS = (
    Producer(
        "maya", "Maya Okafor", "Europe/London", 176, "Maya Okafor", "GB", "London", "mayaokaforldn", "GBX7M", "PRS",
        "South London by way of Lagos. Ten years behind the counter of a record shop, three in front of a laptop.",
        ALL,
    ),
    Producer(
        "jonas", "Jonas Lindqvist", "Europe/Stockholm", 168, "Jonas Lind", "SE", "Gothenburg", "jonaslindgbg", "SEQ4J",
        "STIM",
        "Dub chords, tape echo and long winters. Plays a four-hour set once a month in a boat shed.",
        ALL,
    ),
    Producer(
        "lena", "Lena Hartwig", "Europe/Berlin", 190, "Lena Hart", "DE", "Berlin", "lenahartmusik", "DEL5H", "GEMA",
        "Minimal for small rooms. Listens to demos by day, makes her own by night.",
        ("soundcloud", "ra"),
    ),
    Producer(
        "camila", "Camila Rojas", "America/Bogota", 150, "Cami Rojas", "CO", "Medellín", "camirojas-med", "COC2R",
        "SAYCO",
        "Percussion first. Grew up with her uncle’s salsa band and a cracked copy of a sequencer.",
        ALL,
    ),
    Producer(
        "kojo", "Kojo Mensah", "Africa/Accra", 141, "Kojo M.", "GH", "Accra", "kojomaccra", "GHK0M", "GHAMRO",
        "Afro house from Osu. Runs a Sunday radio hour that never ends on time.",
    ),
    Producer(
        "priya", "Priya Nair", "Asia/Kolkata", 133, "Prya", "IN", "Bengaluru", "prya-sounds", "INP8Y", "IPRS",
        "Trained on the violin, converted by a drum machine. Writes between two jobs.",
        ("soundcloud", "instagram", "spotify"),
    ),
    Producer(
        "dato", "Davit Lomidze", "Asia/Tbilisi", 160, "Dato L", "GE", "Kutaisi", "dato-l", "GED1L", "GCA",
        "Raw machines, one take, no plug-ins after midnight.",
    ),
    Producer(
        "rae", "Raelynn Ortiz", "America/Detroit", 158, "Rae Ortiz", "US", "Detroit", "raeortizdet", "QMR7O", "ASCAP",
        "Third-generation Detroit. Electro for roller rinks and empty freeways.",
        ALL,
    ),
    Producer(
        "tom", "Tom Pritchard", "Europe/London", 155, "Sable Unit", "GB", "Bristol", "sableunit", "GBS4U", "PRS",
        "Half of a sound system that lives in a van in Totterdown. 170 and slower than you think.",
        ("soundcloud", "instagram"),
    ),
    Producer(
        "nadia", "Nadia Benali", "Europe/Paris", 149, "Nadia Benali", "FR", "Marseille", "nadiabenali13", "FRN3B",
        "SACEM",
        "Liquid drum & bass with a window open to the port.",
        ALL,
    ),
    Producer(
        "marek", "Marek Dvořák", "Europe/Prague", 127, "Dvorak Sound", "CZ", "Brno", "dvoraksound", "CZM6D", "OSA",
        "Chops breaks by hand since 1998 and sees no reason to stop.",
    ),
    Producer(
        "haruki", "Haruki Sato", "Asia/Tokyo", 144, "Hakoniwa", "JP", "Osaka", "hakoniwa-tapes", "JPH2K", "JASRAC",
        "Field recordings, a small harmonium and a lot of patience.",
        ("soundcloud", "spotify"),
    ),
    Producer(
        "ines", "Inês Carvalho", "Europe/Lisbon", 139, "Inês C.", "PT", "Porto", "ines-c-porto", "PTI9C", "SPA",
        "Piano, river noise and broken cassette decks.",
        ("soundcloud", "instagram"),
    ),
)
