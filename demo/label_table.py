"""The demo's labels: four with taste and rules of their own, one not yet verified, one suspended."""

from demo.cast import Asked, House, Person, Taking
from labels.choices import AIPolicy, ExclusivityPolicy, QuestionKind, Role, Strictness

K = QuestionKind

STAFF = (
    Person("owner", "Katrin Vogel", "Europe/Berlin", 212),
    Person("manager", "Emre Aydın", "Europe/Berlin", 205),
    Person("reviewer", "Sofie Brandt", "Europe/Berlin", 203),
    Person("viewer", "Paul Ziegler", "Europe/Berlin", 98),
    Person("delroy", "Delroy Francis", "Europe/London", 188),
    Person("hannah", "Hannah Cole", "Europe/London", 186),
    Person("beatriz", "Beatriz Moniz", "Europe/Lisbon", 201),
    Person("tiago", "Tiago Leal", "Europe/Lisbon", 173),
    Person("nino", "Nino Beridze", "Asia/Tbilisi", 195),
    Person("giorgi", "Giorgi Kapanadze", "Asia/Tbilisi", 190),
    Person("salome", "Salome Japaridze", "Asia/Tbilisi", 121),
    Person("oona", "Oona Virtanen", "Europe/Helsinki", 97),
    Person("wouter", "Wouter de Haan", "Europe/Amsterdam", 131),
    Person("ruby", "Ruby Tran", "Australia/Melbourne", 6),
    Person("amal", "Amal Haddad", "Europe/Paris", 4),
)

HOUSES = (
    House(
        name="Kiesweg",
        slug="kiesweg",
        prefix="KW",
        time_zone="Europe/Berlin",
        country="DE",
        founded=210,
        about=(
            "Tech house and minimal from a back yard in Neukölln, twelve vinyl records a year. We want "
            "drums that "
            "breathe, one idea taken seriously, and no drop that asks for hands in the air. We answer "
            "within a week."
        ),
        genres=("tech-house", "minimal-deep-tech", "house", "deep-house"),
        team=(
            ("owner", Role.OWNER),
            ("manager", Role.MANAGER),
            ("reviewer", Role.REVIEWER),
            ("lena", Role.REVIEWER),
            ("viewer", Role.VIEWER),
        ),
        shows_names=True,
        intakes=(
            Taking(
                "K",
                genres=(
                    "tech-house",
                    "minimal-deep-tech",
                    "house",
                    "deep-house",
                    "jackin-house",
                    "funky-house",
                    "afro-house",
                ),
                questions=(
                    Asked(
                        K.CHOICE,
                        "Where in a night would you play it?",
                        ("Warm-up", "Peak", "Peak", "Closing", "After hours"),
                        options=("Warm-up", "Peak", "Closing", "After hours"),
                        is_required=True,
                    ),
                    Asked(
                        K.SHORT,
                        "Which of our records is it closest to?",
                        (
                            "KW 031, the B side",
                            "Somewhere between KW 024 and KW 028",
                            "None, and that is the idea",
                            "The Hausverbot EP",
                            "KW 019, but with more swing",
                        ),
                        help_text="A catalogue number or a name. “None” is an answer too.",
                    ),
                    Asked(
                        K.YES_NO,
                        "Is everything below 120 Hz in mono?",
                        (True, True, True, False),
                        help_text="We cut to vinyl; the needle will ask you again.",
                    ),
                ),
                fields={
                    "message": "One track at a time, please. If we pass on one, the next is welcome.",
                    "genre_strictness": Strictness.BLOCK,
                    "tempo_from": "118",
                    "tempo_to": "132",
                    "tempo_strictness": Strictness.BLOCK,
                    "required_fields": ["tempo", "key", "duration", "pitch"],
                    "ai_policy": AIPolicy.SOME,
                    "exclusivity_policy": ExclusivityPolicy.NO_OFFERS,
                    "most_open": 6,
                    "most_weekly": 5,
                    "promise_days": 7,
                    "grace_days": 7,
                    "answer_days": 10,
                },
            ),
        ),
    ),
    House(
        name="Low Bridge Recordings",
        slug="low-bridge",
        prefix="LBR",
        time_zone="Europe/London",
        country="GB",
        founded=185,
        about=(
            "Drum & bass from Bristol since the days of white labels: deep, liquid, jungle. Exclusives "
            "only. If "
            "somebody else has it, or it was ever public, it is not for us. If it is ours, we will say so "
            "in two weeks."
        ),
        genres=("drum-bass", "140-deep-dubstep-grime"),
        team=(("delroy", Role.OWNER), ("hannah", Role.REVIEWER)),
        intakes=(
            Taking(
                "L",
                genres=("drum-bass", "140-deep-dubstep-grime"),
                questions=(
                    Asked(
                        K.YES_NO,
                        "Is there a dubplate of it out?",
                        (False, False, False, True),
                        is_required=True,
                    ),
                    Asked(
                        K.LONG,
                        "Who has heard it?",
                        (
                            "Nobody outside my flat.",
                            "My mastering engineer and my sister, who fell asleep.",
                            "I played it once at home in Totterdown, to about forty people. Nobody has the "
                            "file.",
                            "Two friends who write at the same studio. No DJs.",
                            "Only you.",
                        ),
                    ),
                    Asked(K.DATE, "When did you finish it?", (-12, -30, -47, -75)),
                ),
                fields={
                    "message": "Exclusives only. Put a backup link in: we lose too much music to dead links.",
                    "tempo_from": "138",
                    "tempo_to": "178",
                    "required_fields": ["tempo", "duration", "backup_url"],
                    "ai_policy": AIPolicy.NONE,
                    "exclusivity_policy": ExclusivityPolicy.EXCLUSIVE,
                    "unreleased_only": True,
                    "promise_days": 14,
                    "grace_days": 7,
                    "answer_days": 14,
                },
            ),
        ),
    ),
    House(
        name="Maré Baixa",
        slug="mare-baixa",
        prefix="MB",
        time_zone="Europe/Lisbon",
        country="PT",
        founded=198,
        about=(
            "Music for low tide: ambient, downtempo, whatever keeps still. We read everything you write and "
            "listen "
            "twice, on different days. That takes us a month."
        ),
        genres=("ambient-experimental", "downtempo", "electronica", "organic-house"),
        team=(("beatriz", Role.OWNER), ("tiago", Role.REVIEWER), ("manager", Role.REVIEWER)),
        shows_names=True,
        intakes=(
            Taking(
                "M",
                questions=(
                    Asked(
                        K.LONG,
                        "What should we listen for?",
                        (
                            "The room. There is a window open in the left channel all the way through.",
                            "How little happens between the second and the fourth minute, and why that is "
                            "enough.",
                            "The bass line was sung before it was played; you can still hear the breath in "
                            "it.",
                            "The last minute, when the beat goes and the thing it was covering up stays.",
                            "The tape was run backwards twice. It forgets what it wanted to say and says it "
                            "anyway.",
                            "The hiss. I kept it.",
                        ),
                        is_required=True,
                    ),
                    Asked(
                        K.CHOICES,
                        "On what would you like to see it?",
                        (["Vinyl"], ["Tape", "Digital"], ["Vinyl", "Digital"], ["Digital"], ["Tape"]),
                        options=("Vinyl", "Tape", "Digital"),
                    ),
                    Asked(
                        K.LINK,
                        "One thing on the web that shaped it",
                        (
                            "https://en.wikipedia.org/wiki/Tidal_bore",
                            "https://www.youtube.com/watch?v=ae0nwSv6cTU",
                            "https://en.wikipedia.org/wiki/Wabi-sabi",
                            "https://freesound.org/people/klankbeeld/",
                        ),
                        help_text="A picture, a film, a place, a recording. Not your own page.",
                    ),
                    Asked(K.NUMBER, "How many takes?", ("1", "2", "3", "7", "14")),
                ),
                fields={
                    "message": "No rules about genre. Tell us the story; we like reading.",
                    "required_fields": ["duration"],
                    "promise_days": 30,
                    "grace_days": 14,
                    "answer_days": 14,
                },
            ),
        ),
    ),
    House(
        name="Funicular",
        slug="funicular",
        prefix="FUN",
        time_zone="Asia/Tbilisi",
        country="GE",
        founded=194,
        about=(
            "Techno from Tbilisi with one foot in Detroit. Hardware, nerve, and a reason to exist. No "
            "generative AI, "
            "not even a little. We answer within three weeks; calls have their own deadline."
        ),
        genres=("techno-raw", "techno-peak-time", "electro"),
        team=(
            ("nino", Role.OWNER),
            ("giorgi", Role.MANAGER),
            ("salome", Role.REVIEWER),
        ),
        intakes=(
            Taking(
                "F",
                genres=("techno-raw", "techno-peak-time", "electro", "hard-techno"),
                questions=(
                    Asked(K.YES_NO, "Recorded in one take?", (True, False, False, True)),
                    Asked(
                        K.SHORT,
                        "Which machine did the most work?",
                        (
                            "A 909 with two dead buttons",
                            "The mixer",
                            "Juno-60",
                            "A borrowed Machinedrum",
                            "No machine, only Ableton",
                            "RE-201 Space Echo",
                        ),
                        is_required=True,
                    ),
                ),
                fields={
                    "tempo_from": "125",
                    "tempo_to": "150",
                    "required_fields": ["tempo"],
                    "ai_policy": AIPolicy.NONE,
                    "exclusivity_policy": ExclusivityPolicy.NO_OFFERS,
                    "promise_days": 21,
                    "grace_days": 14,
                    "answer_days": 14,
                },
            ),
            Taking(
                "N",
                genres=("techno-raw", "techno-peak-time"),
                questions=(
                    Asked(
                        K.NUMBER,
                        "How long is the longest version you have, in minutes?",
                        ("7.5", "11", "9", "14"),
                        is_required=True,
                    ),
                ),
                fields={
                    "call_name": "Night Shift, a compilation",
                    "message": (
                        "Eight tracks for the hours between four and eight. By invitation: you have the "
                        "code from "
                        "one of us."
                    ),
                    "access_code": "CABLECAR",
                    "tempo_from": "128",
                    "tempo_to": "142",
                    "ai_policy": AIPolicy.NONE,
                    "unreleased_only": True,
                    "promise_days": 30,
                    "grace_days": 7,
                    "answer_days": 7,
                },
                opens=-40,
                closes=12,
            ),
            Taking(
                "O",
                genres=("electro", "techno-raw"),
                questions=(
                    Asked(
                        K.CHOICE,
                        "Which side?",
                        ("A, loud", "B, strange"),
                        options=("A, loud", "B, strange"),
                        is_required=True,
                    ),
                ),
                fields={
                    "call_name": "Open 12-inch: electro and odd meters",
                    "message": "Four tracks, one record, cut in Detroit. Electro, or anything in five, "
                    "seven or nine.",
                    "ai_policy": AIPolicy.NONE,
                    "promise_days": 21,
                    "grace_days": 14,
                    "answer_days": 7,
                },
                opens=-16,
                closes=24,
            ),
        ),
    ),
    House(
        name="Talvi",
        slug="talvi",
        prefix="TLV",
        time_zone="Europe/Helsinki",
        country="FI",
        founded=96,
        about="Music for the dark half of the year, from a kitchen in Tampere. Three cassettes so far.",
        genres=("ambient-experimental", "downtempo"),
        team=(("oona", Role.OWNER),),
        intakes=(Taking("T", fields={"promise_days": 21, "grace_days": 14, "answer_days": 14}),),
    ),
    House(
        name="Havenblok",
        slug="havenblok",
        prefix="HVN",
        time_zone="Europe/Amsterdam",
        country="NL",
        founded=130,
        about="Hard techno from the docks of Rotterdam. Fast, loud, short.",
        genres=("hard-techno",),
        team=(("wouter", Role.OWNER),),
        intakes=(
            Taking(
                "H", genres=("hard-techno",), fields={"promise_days": 14, "grace_days": 14, "answer_days": 14}
            ),
        ),
        suspended=9,
    ),
    House(
        name="Second Sunday",
        slug="second-sunday",
        prefix="2ND",
        time_zone="Australia/Melbourne",
        country="AU",
        founded=5,
        about="House music for people who are home by eleven.",
        genres=("house", "deep-house", "nu-disco"),
        team=(("ruby", Role.OWNER),),
        intakes=(Taking("S"),),
        is_verified=False,
    ),
)
