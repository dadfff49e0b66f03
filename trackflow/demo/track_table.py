"""The demo's tracks, and what became of each.

A script is the letter of an intake (label_table.py) with the days since the track was sent there, then the steps:
`open hear short ask resend offer sign decline plan out pass reopen rescind back lapse dead alive relink more
propose release again`, or `draft` alone. `+3` is three days after the step before, nothing is minutes after it;
`=word` is a step's argument (a reason, a change of change_table.py, days). A step that would lie in the future
is left out, so the last ones may be written for good measure.
"""

from typing import Any

from trackflow.demo.cast import Cut


def _cut(
    login: str, title: str, genre: str, tempo: str, key: str, length: str, host: str, pitch: str, fans: str,
    *scripts: str, **fields: Any,
) -> Cut:  # fmt: skip
    parent, _, part = genre.partition("/")
    subgenre = f"{parent}-{part}" if part else ""
    return Cut(login, title, parent, subgenre, tempo, key, length, host, pitch, fans, scripts, fields)


CUTS = (
    # Maya Okafor, London
    _cut(
        "maya", "Ladbroke Late Bus", "tech-house", "127", "6A", "6:12", "soundcloud",
        "Built around the stop bell of the N28. The bell is the only melody there is.", "Herbert, Mr. G, early Perlon",
        "K86 open+1 hear short+2 hear offer+2 sign+3 plan=38+2 out",
    ),
    _cut(
        "maya", "Corner Shop Saints", "tech-house", "126", "4A", "5:48", "soundcloud",
        "Two chords and a fridge hum in F minor. Made for the last hour before the lights.", "Mr. G, Baby Ford",
        "K61 open+3 hear pass=too_close+2", "F55 open+6 hear pass=genre+8",
    ),
    _cut(
        "maya", "Second Wind", "tech-house", "128", "9A", "6:31", "soundcloud",
        "The bass line breathes in for eight bars before it says anything.", "Radioactive Man, Maurice Fulton",
        "K6 open+1 hear short+1 propose=accept+2", "M13 open+8 hear pass=genre,another+3",
    ),
    _cut(
        "maya", "Turnstile", "minimal-deep-tech/bounce", "127", "8A", "7:02", "dropbox",
        "A turnstile at Elephant & Castle, sampled with a phone, tuned to A.", "Ricardo Villalobos, Margaret Dygas",
        "K4 open+2 hear",
    ),
    _cut(
        "maya", "Paraffin", "deep-house", "122", "5A", "6:40", "soundcloud",
        "Rhodes through a broken amp. It crackles on its own account.", "Larry Heard, Moodymann",
        "K44 open+2 hear ask=intro+3 resend+4 open+1 hear offer+2 sign+1 plan=51+3",
        isrc=14, has_stems=True,
    ),
    _cut(
        "maya", "Peckham Rye Radio", "house/soulful", "124", "7B", "6:05", "drive",
        "A pirate station drifts in and out. Cleared with the man who ran it.", "Kerri Chandler, Theo Parrish",
        "K2", "M30 open+12 hear pass=too_close,another+11", sample_use="cleared",
    ),
    _cut(
        "maya", "Glass Ceiling Fan", "tech-house", "129", "11A", "6:24", "soundcloud",
        "Percussion only, until it is not.", "Johannes Heil, Robert Hood",
        "K72 open+4 hear pass=production,this_again+2 again+24 open+2 hear short+2 offer+3 decline+5",
    ),
    _cut(
        "maya", "Nine Elms", "deep-house", "121", "3A", "7:15", "dropbox",
        "For the drive home over the river.", "Moomin, Fred P",
        "K80 lapse", "M47 open+9 hear pass=calendar,another+14",
    ),
    _cut(
        "maya", "Slow Lift", "downtempo", "98", "2A", "4:52", "soundcloud",
        "What was left when I muted the drums of another track.", "Nightmares on Wax, Nujabes",
        "M5", has_wav=True,
    ),
    _cut(
        "maya", "Cold Start", "tech-house", "128", "10A", "6:18", "soundcloud",
        "Choke out, engine on.", "DJ Deep, Anne Savage", "K3 draft",
    ),
    # Lena Hart, Berlin: a reviewer at Kiesweg who sends there too
    _cut(
        "lena", "Stellwerk", "minimal-deep-tech/deep-tech", "126", "1A", "7:20", "soundcloud",
        "Relays of a signal box, recorded on its last working day.", "Zip, Sammy Dee",
        "K66 open+2 hear short+3 offer+4 sign+2 plan=40+5 out", isrc=3,
    ),
    _cut(
        "lena", "Kellerfenster", "minimal-deep-tech", "125", "12A", "6:58", "soundcloud",
        "Street heard from below: steps, a bicycle, no voices.", "Thomas Melchior, Baby Ford",
        "K5 open+2",
    ),
    _cut(
        "lena", "Drei Stationen", "minimal-deep-tech", "127", "4A", "8:11", "drive",
        "Three parts, one key change, no break.", "STL, Efdemin",
        "F30 open+7 hear pass=genre+4", "K49 open+4 hear pass=calendar,another+3",
    ),
    _cut(
        "lena", "Mehringdamm, 4 a.m.", "deep-house", "121", "9A", "6:33", "soundcloud",
        "The kebab shop’s neon is in B minor, it turns out.", "Lawrence, Smallpeople",
        "M12 open+5 hear",
    ),
    _cut(
        "lena", "Rohbau", "techno-raw/dub", "128", "6A", "7:44", "dropbox",
        "Concrete dust and one chord.", "Basic Channel, Rrose", "F18 open+4 hear short+5",
    ),
    _cut(
        "lena", "Ladestraße", "minimal-deep-tech", "124", "2A", "6:49", "soundcloud",
        "A forklift in reverse gives the tempo.", "Ricardo Villalobos, Dandy Jack",
        "K84 open+3 hear pass=arrangement,another+4", "M73 open+16 hear pass=genre,nothing+7",
    ),
    # Cami Rojas, Medellín
    _cut(
        "camila", "Cuadra Nueve", "tech-house/latin", "128", "8A", "5:56", "soundcloud",
        "My uncle on timbales, one take, no click.", "Pépé Bradock, Guti",
        "K57 open+3 hear pass=arrangement,this_again+4 again+21 open+2 pass=arrangement,another+3",
        people=(("Hernán Rojas", "featured", "30"), ("Camila Rojas", "primary", "70")),
    ),
    _cut(
        "camila", "Tinto a las Seis", "tech-house/latin", "127", "7A", "6:02", "soundcloud",
        "Coffee cups, a radio, the first bus down the hill.", "Luciano, Guti",
        "K10 open+3 hear propose=reject+2",
    ),
    _cut(
        "camila", "La Terminal del Norte", "tech-house", "129", "5A", "6:21", "youtube",
        "Loudspeaker announcements cut into a vocal. Nobody can tell where the bus is going.", "Matias Aguayo",
        "K1",
    ),
    _cut(
        "camila", "Guayacán", "afro-house/afro-latin", "122", "3B", "6:44", "soundcloud",
        "Marimba de chonta against a four-on-the-floor that keeps its distance.", "Nicola Cruz, Quantic",
        "K40 open+2 hear offer+3 lapse", people=(("Marta Quiñones", "featured", "25"), ("Camila Rojas", "primary", "75")),
    ),
    _cut(
        "camila", "Metrocable", "tech-house", "130", "10A", "5:39", "soundcloud",
        "The cabin swings, so does the hi-hat.", "DJ Koze, Villalobos",
        "K29 open+2 hear pass=too_close,another+3", "F22 open+8 back=rework+6",
    ),
    _cut(
        "camila", "Aguardiente Disco", "jackin-house", "126", "9B", "5:31", "dropbox",
        "A wedding band, sliced. They know and they want ten copies.", "Sneak, Derrick Carter",
        "K7 dead=gone+2", sample_use="cleared",
    ),
    _cut(
        "camila", "Sábado Largo", "house", "125", "6B", "6:27", "soundcloud",
        "Saturday never ends if you do not look at the phone.", "Kenny Dope, Louie Vega",
        "K51 open+4 back=elsewhere+3",
    ),
    _cut(
        "camila", "Villa del Socorro", "tech-house/latin", "127", "11A", "6:09", "vimeo",
        "The video is how it was made: five people, one street.", "Guti, Argenis Brito",
        "K8 open+2 hear offer+2", "F67 open+9 hear pass=genre,another+6",
    ),
    # Kojo M., Accra
    _cut(
        "kojo", "Oxford Street, Osu", "afro-house", "121", "8A", "6:50", "soundcloud",
        "Highlife guitar by a man who refuses to be named on anything.", "Osunlade, Culoe de Song",
        "K47 open+2 hear short+3 hear pass=calendar,another+4",
    ),
    _cut(
        "kojo", "Trotro", "afro-house/three-step", "120", "4A", "5:58", "drive",
        "The mate calls the stops, and that is the vocal.", "Thakzin, Black Coffee",
        "K4", "M56 open+13 hear pass=arrangement,another+9", vocal_use="session",
    ),
    _cut(
        "kojo", "Harmattan", "organic-house", "118", "1A", "7:30", "soundcloud",
        "Dust in the air, dust on the tape.", "Nu, Acid Pauli",
        "M70 open+10 hear short+8 offer+6 sign+4 plan=30+3 out", has_stems=True,
    ),
    _cut(
        "kojo", "Makola", "afro-house", "123", "5A", "6:16", "soundcloud",
        "Market women’s handclaps, looped with their leave.", "Enoo Napa, Caiiro",
        "K76 pass=production,another+5", "M41 open+12 hear pass=genre+9",
    ),
    _cut(
        "kojo", "Second Rains", "deep-house", "120", "7A", "6:38", "soundcloud",
        "Rain on zinc, a Juno, a decision not to add drums until 2:10.", "Fred P, Jus-Ed", "M3",
    ),
    _cut(
        "kojo", "Labadi at Dusk", "deep-house", "122", "2B", "6:11", "soundcloud",
        "A friend sang one line over the phone. I kept the phone.", "Atjazz, Charles Webster",
        "K12 open+2 hear ask=vocals+3", vocal_use="own",
    ),
    _cut(
        "kojo", "Chorkor Smoke", "downtempo", "94", "9A", "4:40", "soundcloud",
        "Smoked fish and a broken piano.", "Ebo Taylor, Blundetto", "M5 draft",
    ),
    _cut(
        "kojo", "Kotoka Arrivals", "afro-house", "122", "6A", "6:29", "bandcamp",
        "Four reunions at an airport, recorded with everyone’s permission.", "Henrik Schwarz, Trinidadian Deep",
        "K63 lapse again+9 open+3 hear pass=too_close,another+4",
    ),
    # Prya, Bengaluru
    _cut(
        "priya", "Monsoon Ledger", "melodic-house-techno", "123", "11A", "7:05", "soundcloud",
        "Violin through eleven pedals. The twelfth was the weather.", "Rival Consoles, Recondite",
        "F64 open+9 hear pass=genre,another+5",
        "M58 open+14 hear ask=title+5 resend+6 open+4 hear offer+8 sign+3 plan=60+4",
    ),
    _cut(
        "priya", "Jasmine Static", "organic-house", "117", "10B", "6:47", "soundcloud",
        "My grandmother’s radio between two stations.", "Kalabrese, Nicola Cruz", "M17 open+7 hear short+3 offer+4",
    ),
    _cut(
        "priya", "Night Ferry to Elephanta", "organic-house", "116", "8B", "7:52", "vimeo",
        "Engine, water, a boy counting coins.", "Four Tet, Floating Points", "M80 lapse",
    ),
    _cut(
        "priya", "Cantonment", "house", "124", "3A", "6:00", "drive",
        "Straight, for once.", "Kink, Kerri Chandler",
        "K34 open+3 hear pass=information,this_again+2 again+19 open+4 hear",
    ),
    _cut(
        "priya", "Peenya Shift", "tech-house", "126", "12A", "6:14", "soundcloud",
        "Sewing machines at the end of a shift, in time by accident.", "Matthew Herbert, Mathew Jonson",
        "K24 open+2 hear short+2 offer+3 sign+2", "F24 open+5 back=elsewhere+6",
    ),
    _cut(
        "priya", "Second Monsoon", "downtempo", "98", "5B", "5:20", "soundcloud",
        "The sequel nobody asked for, which I like better.", "Bonobo, Tycho", "M20 back=rework+6",
    ),
    _cut(
        "priya", "Lalbagh, 5:40", "downtempo", "88", "1B", "4:33", "soundcloud",
        "Joggers and parakeets.", "Helios, Nils Frahm", "M2 draft",
    ),
    _cut(
        "priya", "Majestic", "tech-house", "127", "7A", "5:57", "disco",
        "Bus horns, sorted by pitch.", "Audion, Isolée", "K19 open+3 hear pass=information,another+3", ai="partially",
    ),
    # Jonas Lind, Gothenburg
    _cut(
        "jonas", "Hisingen", "techno-raw/dub", "130", "4A", "8:02", "soundcloud",
        "The ferry’s engine room, then an echo of the ferry’s engine room.", "Vladislav Delay, Deadbeat",
        "F77 open+5 hear short+6 hear offer+6 sign+2 plan=35+5 out", isrc=7, has_wav=True,
    ),
    _cut(
        "jonas", "Saltholmen", "techno-raw/deep-hypnotic", "132", "6A", "7:37", "soundcloud",
        "Twelve bars that fold into eleven. You will count wrong.", "Donato Dozzy, Peter Van Hoesen",
        "F13 open+6 hear ask=ending+3",
    ),
    _cut(
        "jonas", "Varvet", "techno-peak-time/driving", "136", "9A", "6:55", "dropbox",
        "A shipyard at full employment.", "Skudge, Peter Benisch", "N9",
    ),
    _cut(
        "jonas", "Ljusskygg", "deep-house", "120", "2A", "7:10", "soundcloud",
        "It means shy of light.", "Soul Capsule, Move D", "M23 open+8 hear short+6",
        "K54 open+5 hear pass=too_close,another+2",
    ),
    _cut(
        "jonas", "Spårvagn 5", "minimal-deep-tech", "126", "10A", "6:42", "soundcloud",
        "Tram line five, end to end, in six minutes.", "Baby Ford, Akufen", "K6 open+1 hear propose=request_changes+2",
    ),
    _cut(
        "jonas", "Kallbad", "ambient-experimental", "90", "unknown", "9:14", "soundcloud",
        "Held breath, then not.", "GAS, Loscil", "M45 open+15 hear pass=too_close,another+6",
    ),
    _cut(
        "jonas", "Älvsborg", "techno-raw/dub", "129", "1A", "7:58", "soundcloud",
        "The bridge hums at 58 Hz when the wind is right.", "Echospace, Fluxion",
        "F40 open+10 hear ask=samples+3 resend+6 open+3 hear offer+8", sample_use="uncleared",
    ),
    _cut(
        "jonas", "Nattåg", "techno-peak-time", "134", "8A", "7:25", "drive",
        "Night train north. The rails do the hats.", "Luke Slater, Adam Beyer (the old ones)",
        "F83 open+9 hear pass=calendar,another+10", "M28 open+11 hear",
    ),
    _cut(
        "jonas", "Masthugget", "techno-raw", "133", "3A", "7:00", "soundcloud", "Stairs, all of them.",
        "Aril Brikha", "F6 draft",
    ),
    _cut(
        "jonas", "Vinga", "techno-raw/deep-hypnotic", "131", "7A", "8:20", "dropbox",
        "Lighthouse: one flash every thirty seconds, and a lot of dark.", "Voices from the Lake",
        "F35 open+7 hear more=12+9 short+3",
    ),
    # Dato L, Kutaisi
    _cut(
        "dato", "Rioni", "techno-raw/raw", "138", "5A", "6:48", "soundcloud",
        "River in flood. I stood too close.", "Surgeon, Regis", "F85 open+4 hear short+4 offer+3 sign+2 plan=45+4 out",
    ),
    _cut(
        "dato", "White Bridge", "techno-peak-time/peak-time", "140", "8A", "6:36", "soundcloud",
        "Recorded live, with the mistake at 4:12 left in.", "Oscar Mulero, Slam", "N21 open+6 hear short+7",
    ),
    _cut(
        "dato", "Sulphur Baths", "techno-raw/ebm", "128", "11A", "5:44", "dropbox",
        "Steam, tiles, an old man singing two rooms away.", "Nitzer Ebb, Phase Fatale",
        "F60 open+8 hear pass=production,this_again+9 again+19 open+6 hear",
    ),
    _cut(
        "dato", "Marshrutka", "hard-techno", "150", "4A", "5:20", "soundcloud",
        "No seat belts.", "999999999, Dax J",
        "H31 open+4 hear pass=too_close,another+3", "F49 lapse",
    ),
    _cut(
        "dato", "Dry Bridge Market", "techno-raw", "135", "10A", "6:15", "drive",
        "Everything in it was bought there: a toy siren, a Soviet metronome, a doorbell.", "Rrose, Bruta Non Calculant",
        "F5",
    ),
    _cut(
        "dato", "Gldani Nights", "hard-techno", "148", "6A", "5:33", "soundcloud",
        "Tower blocks at 148.", "I Hate Models, Perc", "H16 open+3 hear", "F27 open+9 hear pass=production,another+4",
    ),
    _cut(
        "dato", "Wine Cellar Acid", "electro", "130", "7A", "6:26", "soundcloud",
        "A 303 in a clay jar. Literally.", "DMX Krew, Legowelt",
        "F67 open+10 back=silence+15", "M38 open+10 hear pass=genre,nothing+12", "O8",
    ),
    _cut(
        "dato", "Turnike", "hard-techno", "152", "3A", "5:05", "soundcloud",
        "One bar, four minutes, no apology.", "Somewhen, SHDW", "H13", "F75 lapse",
    ),
    # Rae Ortiz, Detroit
    _cut(
        "rae", "Conant Street", "electro", "132", "1A", "6:03", "soundcloud",
        "Roller-rink electro. Test it on wheels.", "Drexciya, DJ Stingray",
        "F11 open+5 hear propose=accept+3",
    ),
    _cut(
        "rae", "Belle Isle Bridge", "techno-raw/deep-hypnotic", "133", "9A", "7:18", "soundcloud",
        "Fog, joints in the road, a radio I never found.", "Robert Hood, Terrence Dixon",
        "F71 open+7 hear offer+9 decline+6",
    ),
    _cut(
        "rae", "Third Shift", "techno-peak-time", "137", "12A", "6:41", "dropbox",
        "For the press shop. They asked for it faster.", "Jeff Mills, DJ Bone", "N16",
    ),
    _cut(
        "rae", "Hamtramck Haze", "house/acid", "125", "5A", "6:09", "soundcloud",
        "Acid without the smile.", "Omar-S, Legowelt", "K41 open+3 hear pass=production,another+3",
        "O12 open+5 hear",
    ),
    _cut(
        "rae", "Eastern Market, 6 a.m.", "deep-house", "121", "4B", "7:07", "soundcloud",
        "Flower trucks and one very tired vibraphone.", "Moodymann, Andrés", "M50 lapse",
        "K33 open+2 hear pass=too_close,another+3",
    ),
    _cut(
        "rae", "Michigan Left", "electro", "135", "8A", "5:52", "soundcloud",
        "You pass the corner, turn back, and only then go left.", "Aux 88, Dopplereffekt",
        "F46 open+6 hear offer+9 sign+4 rescind=calendar+8",
    ),
    _cut(
        "rae", "Lodge Freeway", "tech-house", "128", "11A", "6:35", "drive",
        "Northbound, all lights green.", "Kenny Larkin, Delano Smith", "K8 open+2 hear short+3",
    ),
    _cut(
        "rae", "Woodward", "techno-raw", "131", "10A", "6:57", "soundcloud",
        "Eight Mile to the river, no stops.", "Terrence Dixon, Claude Young", "F3",
    ),
    _cut(
        "rae", "Poletown", "electro", "129", "2A", "6:20", "soundcloud",
        "They tore it down. I kept the organ.", "Drexciya, Convextion",
        "F81 open+8 hear short+6 pass=calendar,another+8", "M44 lapse", vocal_use="own",
    ),
    # Sable Unit, Bristol
    _cut(
        "tom", "Avon Gorge", "drum-bass/deep", "172", "6A", "5:48", "soundcloud",
        "Sub you can lean on.", "Calibre, dBridge", "L82 open+6 hear short+5 hear offer+4 sign+3 plan=42+4 out",
        isrc=2,
    ),
    _cut(
        "tom", "Spike Island", "drum-bass/jungle", "168", "8A", "5:21", "dropbox",
        "One break, cut forty ways.", "Source Direct, Tim Reaper", "L4",
    ),
    _cut(
        "tom", "Tobacco Factory", "drum-bass/halftime", "170", "3A", "4:58", "soundcloud",
        "Half speed until it cannot stand it any more.", "Ivy Lab, Alix Perez", "L12 open+5 hear",
    ),
    _cut(
        "tom", "Feeder Road", "drum-bass/jump-up", "174", "9A", "4:40", "soundcloud",
        "Silly on purpose.", "Hedex, Turno", "L53 open+4 hear pass=too_close,another+5",
    ),
    _cut(
        "tom", "Cumberland Basin", "drum-bass/liquid", "174", "1B", "5:30", "soundcloud",
        "Strings by a neighbour who plays in the town hall.", "Lenzman, Calibre",
        "L35 open+5 hear ask=mix+4 resend+7 open+3 hear short+2 offer+4",
        people=(("Alice Marlowe", "featured", "20"), ("Tom Pritchard", "primary", "80")),
    ),
    _cut(
        "tom", "Harbourside", "drum-bass/liquid", "174", "4A", "5:12", "soundcloud",
        "Gulls in the break. They asked to be.", "High Contrast, LSB",
        "L63 open+5 hear pass=production,this_again+6 again+26 open+6 hear pass=calendar,another+5",
    ),
    _cut(
        "tom", "Redcliffe Caves", "140-deep-dubstep-grime", "140", "2A", "4:51", "dropbox",
        "Recorded where it is named after. Bring a torch.", "Mala, Kahn & Neek", "L27 lapse",
    ),
    _cut(
        "tom", "Purdown", "drum-bass/deep", "171", "7A", "5:05", "soundcloud", "Guns and horses.", "Sam Binga",
        "L1 draft",
    ),
    _cut(
        "tom", "Totterdown Hill", "drum-bass/deep", "172", "12A", "5:37", "drive",
        "The van in second gear.", "Breakage, Commix", "L22 back=mind+4", "M18 open+10",
    ),
    # Nadia Benali, Marseille
    _cut(
        "nadia", "Vallon des Auffes", "drum-bass/liquid", "174", "5B", "5:44", "soundcloud",
        "Nets, masts, one trumpet on the far side of the water.", "Calibre, Marcus Intalex",
        "L48 open+5 hear short+4 hear offer+6 sign+2 plan=49+5", isrc=9, has_stems=True,
    ),
    _cut(
        "nadia", "Mistral", "drum-bass/liquid", "173", "10A", "5:26", "soundcloud",
        "Three days of wind, one afternoon of calm.", "Lenzman, Satl", "L8 open+3 hear short+2",
    ),
    _cut(
        "nadia", "Ligne 2", "drum-bass/deep", "172", "11A", "5:02", "drive",
        "Métro, last one.", "dBridge, Skeptical", "L58 open+7 hear pass=too_close,another+4",
    ),
    _cut(
        "nadia", "Cours Julien", "downtempo", "86", "6B", "4:48", "soundcloud",
        "Half the tempo, twice the coffee.", "Onra, Guts", "M27 open+9 hear short+7 offer+4",
    ),
    _cut(
        "nadia", "La Plaine", "breaks", "139", "8B", "5:15", "soundcloud",
        "They cut down the trees. This is for the trees.", "Burial, Overmono",
        "L58 open+6 hear pass=genre,another+3", "M31 open+13 hear",
    ),
    _cut(
        "nadia", "Endoume", "drum-bass/liquid", "174", "3B", "5:33", "dropbox",
        "For my mother’s balcony.", "Hybrid Minds, Etherwood", "L21 open+4 hear ask=ending+5",
    ),
    _cut(
        "nadia", "Frioul", "drum-bass/liquid", "174", "9B", "5:19", "soundcloud",
        "The ferry was late, so I recorded the rope.", "LSB, DRS",
        "L71 open+6 hear pass=arrangement,this_again+5 again+30 open+5 hear pass=calendar,another+4",
        "M16 open+8 hear pass=genre,another+4",
    ),
    # Dvorak Sound, Brno
    _cut(
        "marek", "Zelný trh", "drum-bass/jungle", "166", "7A", "5:58", "soundcloud",
        "Cabbage market at dawn, crates on cobbles.", "Paradox, Nucleus", "L10 open+4 hear propose=reject+2",
    ),
    _cut(
        "marek", "Tram 13", "breaks", "139", "5A", "5:41", "dropbox",
        "A break that limps exactly as the tram does.", "Luke Vibert, Plaid",
        "L30 open+6 hear pass=genre,another+4", "M15",
    ),
    _cut(
        "marek", "Cejl", "drum-bass/jungle", "165", "4A", "6:06", "soundcloud",
        "Amen, but polite.", "Equinox, Sully", "L78 open+6 hear pass=rights,this_again+4 again+18 open+4 hear offer+7 sign+4",
    ),
    _cut(
        "marek", "Špilberk", "drum-bass", "174", "2A", "5:24", "soundcloud",
        "A castle, a prison, a park. In that order.", "Photek, Digital",
        "L68 lapse reopen+5 hear pass=calendar,another+4",
    ),
    _cut(
        "marek", "Svitava", "drum-bass/halftime", "170", "12B", "5:09", "drive",
        "Flows uphill in the second half.", "Fracture, Om Unit", "L2",
    ),
    _cut(
        "marek", "Lužánky", "drum-bass/jungle", "167", "6A", "5:50", "soundcloud",
        "Children’s swings, oiled since.", "Tim Reaper, Dwarde", "L44 lapse", "M15",
    ),
    # Hakoniwa, Osaka
    _cut(
        "haruki", "Box Garden", "ambient-experimental", "78", "1B", "8:48", "soundcloud",
        "A garden small enough to hold. Harmonium and rain gauge.", "Hiroshi Yoshimura, Laraaji",
        "M88 open+8 hear short+10 offer+5 sign+6 plan=30+4 out", isrc=1,
    ),
    _cut(
        "haruki", "Vending Machine, Rain", "downtempo", "92", "8B", "5:16", "soundcloud",
        "The machine’s compressor is in tune. I did not touch it.", "Susumu Yokota, Nujabes",
        "M15 open+6 hear short+5",
    ),
    _cut(
        "haruki", "Yodogawa", "electronica", "104", "10B", "6:34", "bandcamp",
        "Walked along it with a hydrophone for two days.", "Rei Harakami, Oval",
        "M62 open+16 hear pass=calendar,another+10",
    ),
    _cut(
        "haruki", "Paper Balcony", "ambient-experimental", "70", "11B", "7:21", "soundcloud",
        "Very quiet. Please do not normalise.", "Celer, Chihei Hatakeyama", "M36 open+9 hear ask=isrc+9",
    ),
    _cut(
        "haruki", "Shutter Street", "downtempo", "88", "5A", "5:47", "disco",
        "All the shops are closed; one has left its music on.", "DJ Krush, Tosca",
        "M52 open+11 hear offer+9 sign+5",
    ),
    _cut(
        "haruki", "Konbini Light", "electronica", "108", "2B", "5:59", "soundcloud",
        "Never off.", "Cornelius, Tycho", "M10", "F42 open+8 hear pass=genre,nothing+3",
    ),
    _cut(
        "haruki", "Umeda Underpass", "electronica", "112", "7B", "6:13", "youtube",
        "Two thousand umbrellas.", "Rei Harakami, Fennesz", "M67 open+14 hear pass=production,another+11",
        ai="partially",
    ),
    # Inês C., Porto
    _cut(
        "ines", "Maré Viva", "downtempo", "80", "3B", "5:38", "soundcloud",
        "Spring tide, piano, one wrong note kept.", "Ólafur Arnalds, Rodrigo Leão",
        "M75 open+13 hear offer+10 decline+7",
    ),
    _cut(
        "ines", "Ribeira", "ambient-experimental", "72", "9B", "7:56", "soundcloud",
        "River, bridge, river.", "William Basinski, Rafael Toral",
        "M43 open+10 hear pass=arrangement,this_again+5 again+17 open+6",
    ),
    _cut(
        "ines", "Elétrico 1", "electronica", "112", "4B", "5:53", "soundcloud",
        "The tram to Foz in winter, windows up.", "Lali Puna, Sensible Soccers", "M19 dead=private+4 relink+2",
    ),
    _cut(
        "ines", "Foz", "downtempo", "84", "6B", "5:29", "drive",
        "Where the river stops being one.", "Tosca, Bonobo", "M57 open+12 hear pass=production,another+12",
    ),
    _cut(
        "ines", "Francelos", "deep-house", "118", "12B", "6:45", "soundcloud",
        "Dunes and a door that will not shut.", "Isolée, Lawrence", "M68 lapse",
    ),
    _cut(
        "ines", "Boavista", "house", "122", "8A", "6:19", "soundcloud",
        "My only try at making anyone dance.", "Tiga, Xinobi", "K16 open+2 hear pass=arrangement,nothing+3",
    ),
    _cut(
        "ines", "Serralves", "ambient-experimental", "66", "unknown", "9:40", "soundcloud",
        "A museum after closing. The guard hums.", "Stars of the Lid, Loscil",
        "M26 open+10 hear dead=silent+3 alive+2 propose=accept+3",
    ),
    _cut(
        "ines", "Cedofeita", "downtempo", "90", "10B", "4:59", "soundcloud",
        "Two rooms, one wall.", "Röyksopp, Zero 7", "M1 draft",
    ),
)
