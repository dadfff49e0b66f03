"""Words for made-up titles, artists and places; our own."""


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "Night Day Glass Paper Copper Velvet Amber Silver Hollow Distant Broken Second Last Slow Quiet Red Blue "
    "Warm Cold Empty Early Late Northern Southern Harbour Signal Static Concrete Neon Solar Lunar Tidal "
    "Electric Magnetic Wooden Iron Salt Sugar Smoke Ember Frost Thunder River Desert Garden Mirror Shadow "
    "Ghost Tiger Falcon Wolf Cobra Orchid Juniper Cedar Jasmine Saffron Cobalt Crimson Indigo Ivory Onyx "
    "Parallel Inner Outer Upper Lower Hidden Secret Sacred Infinite Liquid Modular Analogue Binary Random"
)
SECOND = _words(
    "Drive Train Ladder Window Room Corridor Rooftop Basement Warehouse Station Platform Bridge Tunnel Island "
    "Coast Shore Tide Wave Current Engine Machine Motor Circuit Voltage Pulse Rhythm Drum Bassline Chord Echo "
    "Delay Feedback Resonance Pressure Gravity Orbit Satellite Planet Horizon Sunrise Sunset Midnight Morning "
    "Summer Winter Season Weather Storm Rain Cloud Sky Fire Water Earth Stone Dust Ritual Ceremony Procession "
    "Dance Motion Movement Language Letter Message Memory Dream Fever Garden Theory Method System Protocol "
    "Function Sequence Pattern Spiral Mirage Temple Cathedral Market Boulevard Avenue Junction Paradise"
)
RARE = _words(
    "Zephyr Quixotic Obsidian Palimpsest Kaleidoscope Syzygy Petrichor Limerence Sonder Vellichor Halcyon "
    "Mellifluous Ephemera Labyrinthine Penumbra Aurora Chiaroscuro Incandescent Lagniappe Susurrus Umbra"
)
GIVEN = _words(
    "Mara Jonas Aïcha Tomás Léa Björk Nils Freya Omar Yuki Kenji Priya Arjun Zanele Thabo Kwame Ama Lucía Mateo "
    "Ines Rafael Chloé Hugo Elif Deniz Katya Sergei Ola Piotr Zuzana Milan Ivana Goran Nina Luca Giulia Marco "
    "Sofia Anders Signe Mikkel Aino Eero Saoirse Callum Rhys Imani Malik Tariq Leila Noor Hana Minho Jisoo Wei"
)
FAMILY = _words(
    "Lindqvist Okafor Moreau Tanaka Novák Kowalski Petrov Silva Santos García Fernández Rossi Bianchi Müller "
    "Schäfer Jansen Visser Nielsen Hansen Virtanen Korhonen Murphy Campbell Hughes Mensah Dlamini Nkosi Haddad "
    "Rahman Kaya Demir Popescu Horvat Kovač Szabó Papadakis Kim Park Chen Wong Nguyen Patel Singh Sharma Cohen"
)
MONIKERS = _words(
    "Collective Sound System Unit Project Trax Soundsystem Audio Works Division Orchestra Theory"
)
CITIES = _words(
    "SE:Malmö DE:Berlin DE:Hamburg GB:London GB:Leeds GB:Bristol FR:Paris FR:Lyon NL:Amsterdam NL:Rotterdam "
    "BE:Ghent ES:Barcelona ES:Valencia IT:Milan IT:Naples PT:Lisbon PL:Warsaw CZ:Prague HU:Budapest RO:Bucharest "
    "GR:Athens TR:Istanbul DK:Copenhagen NO:Oslo FI:Helsinki IE:Dublin US:Chicago US:Detroit US:Brooklyn CA:Montréal "
    "MX:Guadalajara BR:Recife AR:Córdoba CO:Medellín ZA:Durban NG:Lagos KE:Nairobi JP:Osaka KR:Seoul AU:Melbourne"
)
HOUSES = _words(
    "Harbour Kettle Foghorn Tramline Lantern Granite Meridian Saltmarsh Overpass Quarry Beacon Tundra"
)
PLACES = _words("Records Recordings Music Audio Trax Label Works Editions Sounds Wax Discs Tapes")
PITCHES = (
    "Made for the late hours; the break at 3:10 is the point of it.",
    "Two chords and a fridge hum. Made for the last hour before the lights.",
    "Recorded in one take on borrowed machines; the hiss is meant.",
    "A field recording from the night bus holds the rhythm together.",
    "Played it out six times now; the second drop never fails.",
)
FANS = (
    "Larry Heard, Move D",
    "Basic Channel",
    "Octave One, Robert Hood",
    "Peverelist, Batu",
    "Moodymann, Theo Parrish",
)
NOTES = (
    "Thank you for this. It is well made, and it is not where we are going this year.",
    "The drums are great. We would love to hear the next one.",
    "Too close to something we release in spring.",
    "",
    "",
    "",
)
