"""Forms in which one link is pasted: by language, host, player, escape, and in the middle of a text."""

TOKEN = "s-AbCdEfGhIjK"
PAGE = f"https://soundcloud.com/user/track/{TOKEN}"
NUMBER = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F323760512%3Fsecret_token%3D"
PLAYED = NUMBER + TOKEN
KEY = "a1b2c3d4e5f6"
DROPBOX = f"https://www.dropbox.com/scl/fi/ab12/My%20Track.mp3?rlkey={KEY}&dl=0"

# what is pasted, and the address that it becomes: no token is lost
KEPT = [
    (
        f"https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/323760512&secret_token={TOKEN}",
        PLAYED,
    ),
    (f"https://w.soundcloud.com/player/?secret_token={TOKEN}&url=soundcloud%3Atracks%3A323760512", PLAYED),
    (
        "https://w.soundcloud.com/player/?url=https%253A%252F%252Fapi.soundcloud.com%252Ftracks%252F323760512"
        f"%253Fsecret_token%253D{TOKEN}",
        PLAYED,
    ),
    (
        f"https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/323760512%253Fsecret_token%253D{TOKEN}",
        PLAYED,
    ),
    (
        f"https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/user/track&amp;secret_token={TOKEN}",
        PAGE,
    ),
    (f"https://api-v2.soundcloud.com/tracks/323760512?secret_token={TOKEN}", PLAYED),
    (
        f"https://soundcloud.com/oembed?format=json&url=https%3A%2F%2Fsoundcloud.com%2Fuser%2Ftrack%2F{TOKEN}",
        PAGE,
    ),
    (f"https://soundcloud.com/user/track%2F{TOKEN}", PAGE),
    (PAGE.replace("s-", "s%2D"), PAGE),
    (f"https://soundcloud.com/user/track%3Fsecret_token%3D{TOKEN}", PAGE),
    (f"https://soundcloud.com/user/track#secret_token={TOKEN}", PAGE),
    (PAGE.replace("/", "\\/"), PAGE),
    (f"https://vimeo.com/36881035?app=1&#38;h={KEY}", f"https://vimeo.com/36881035/{KEY}"),
    (f"https://vimeo.com/36881035:{KEY}", f"https://vimeo.com/36881035/{KEY}"),
    (f"https://vimeo.com/showcase/2632481/video/36881035?h={KEY}", f"https://vimeo.com/36881035/{KEY}"),
    (
        f"https://vimeo.com/api/oembed.json?url=https%3A//vimeo.com/36881035%3Fh%3D{KEY}",
        f"https://vimeo.com/36881035/{KEY}",
    ),
    (f"https://www.dropbox.com/e/scl/fi/ab12/My%20Track.mp3?dl=0&amp;amp;rlkey={KEY}", DROPBOX),
    (f"https://www.dropbox.com/scl/fi/ab12/My Track.mp3?rlkey={KEY}&dl=0", DROPBOX),
    (f"https://www.dropbox.com/scl/fi/ab12/My%20Track.mp3#rlkey={KEY}", DROPBOX),
    (f"https://hearthis.at/user/track/{KEY}", f"https://hearthis.at/user/track/{KEY}/"),
    (f"https://hearthis.at/user/set/ep/{KEY}/", f"https://hearthis.at/user/set/ep/{KEY}/"),
    (
        f"https://audiomack.com/embed/artist/song/slug?key={KEY}",
        f"https://audiomack.com/artist/song/slug?key={KEY}",
    ),
    (f"https://www.google.com/url?q={PAGE}&sa=D&source=editors", PAGE),
    (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.dropbox.com%2Fscl%2Ffi%2Fab12%2FMy%2520Track.mp3"
        f"%3Frlkey%3D{KEY}%26dl%3D0&h=AT0",
        DROPBOX,
    ),
    (
        f"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fsoundcloud.com%2Fuser%2Ftrack%2F{TOKEN}&data=1",
        PAGE,
    ),
]

# a text with one link in it
TEXTS = [
    (PAGE.removeprefix("https://"), PAGE),
    (PAGE.removeprefix("https:"), PAGE),
    (PAGE.replace("//", "/", 1), PAGE),
    (PAGE.replace("https:", "https"), PAGE),
    (f"Listen to Low Tide by Mara on #SoundCloud {PAGE}", PAGE),
    (f"Here you go: {PAGE.removeprefix('https://')}, thanks!", PAGE),
    (f"({PAGE}).", PAGE),
    (f"“{PAGE}”", PAGE),
    (f"<{PAGE}>", PAGE),
    (f"[Low Tide]({PAGE})", PAGE),
    (f"[{PAGE}]({PAGE})", PAGE),
    (f'<a href="{PAGE}">{PAGE}</a>', PAGE),
    (
        f'<iframe width="100%" allow="autoplay" src="{PLAYED}&color=%23ff5500"></iframe><div><a href="https://soundcloud.com'
        f'/user">U</a> · <a href="{PAGE}">Track</a></div>',
        PLAYED,
    ),
    (f"&lt;iframe src=&quot;{NUMBER}{TOKEN}&amp;color=red&quot;&gt;&lt;/iframe&gt;", PLAYED),
    (
        f"<iframe src='//player.vimeo.com/video/36881035?h={KEY}'></iframe>",
        f"https://vimeo.com/36881035/{KEY}",
    ),
    (
        f'[soundcloud url="https://api.soundcloud.com/tracks/323760512?secret_token={TOKEN}" params="color=ff" /]',
        PLAYED,
    ),
    ("spotify:track:3Kj2M9gRU1Lwf5eiNjBtBp", "https://open.spotify.com/track/3Kj2M9gRU1Lwf5eiNjBtBp"),
]

# what is pasted instead of a link, and what the refusal says
NO_LINKS = [
    ("@mara.lindqvist", "name of an account"),
    ("me@example.com", "email address"),
    ("C:\\Users\\mara\\low tide.wav", "file on your computer"),
    ("file:///home/mara/low-tide.wav", "file on your computer"),
    ("low tide final v2.wav", "A link starts with https://"),
    ("low-tide.wav", "A link starts with https://"),
    ("https://soundcloud.com/a/b and https://soundcloud.com/c/d", "2 links"),
    ("https://soundcloud.com/a/b,https://soundcloud.com/c/d", "2 links"),
    ("see https://we.tl/t-AbC", "Use one that stays"),
]

# each row is one record
SAME = [
    (
        "https://www.youtube.com/watch?v=HRb7B9fPhfA",
        "https://youtu.be/HRb7B9fPhfA?si=x",
        "https://www.youtube.com/v/HRb7B9fPhfA&hl=en_US&fs=1",
        "https://www.youtube.com/e/HRb7B9fPhfA",
        "https://www.youtube.com/watch#!v=HRb7B9fPhfA",
        "https://www.youtube.com/watch_popup?v=HRb7B9fPhfA",
        "https://www.youtube.com/watch/HRb7B9fPhfA",
        "https://www.youtube.com/?v=HRb7B9fPhfA",
        "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DHRb7B9fPhfA%26feature%3Dshare",
        "https://studio.youtube.com/video/HRb7B9fPhfA/edit",
        "https://www.youtube-nocookie.com/embed/HRb7B9fPhfA?rel=0",
    ),
    (
        "https://www.youtube.com/playlist?list=PL46F0A159EC02DF82",
        "https://music.youtube.com/playlist?list=PL46F0A159EC02DF82&si=x",
        "https://www.youtube.com/embed/videoseries?list=PL46F0A159EC02DF82",
        "https://www.youtube.com/watch?list=PL46F0A159EC02DF82",
    ),
    (
        "https://vimeo.com/36881035",
        "https://vimeo.com/videos/36881035",
        "https://vimeo.com/ondemand/film/36881035",
        "https://vimeo.com/channels/staffpicks/36881035",
        "https://player.vimeo.com/video/36881035/config",
        "https://vimeo.com/36881035/settings",
        f"https://vimeo.com/user1/review/36881035/{KEY}",
    ),
    (
        "https://drive.google.com/file/d/1IP0o8dHcQrIHGgVyp0Ofvx2cGfLzyO1x/view",
        "https://drive.google.com/u/1/uc?id=1IP0o8dHcQrIHGgVyp0Ofvx2cGfLzyO1x&export=download",
        "https://drive.google.com/a/label.example/file/d/1IP0o8dHcQrIHGgVyp0Ofvx2cGfLzyO1x/preview",
        "https://docs.google.com/file/d/1IP0o8dHcQrIHGgVyp0Ofvx2cGfLzyO1x/edit",
        "https://drive.usercontent.google.com/uc?id=1IP0o8dHcQrIHGgVyp0Ofvx2cGfLzyO1x",
    ),
    (
        "https://open.spotify.com/track/3Kj2M9gRU1Lwf5eiNjBtBp",
        "https://open.spotify.com/intl-pt/track/3Kj2M9gRU1Lwf5eiNjBtBp?si=1",
        "https://open.spotify.com/embed/track/3Kj2M9gRU1Lwf5eiNjBtBp",
        "https://play.spotify.com/track/3Kj2M9gRU1Lwf5eiNjBtBp",
        "https://embed.spotify.com/?uri=spotify%3Atrack%3A3Kj2M9gRU1Lwf5eiNjBtBp",
        "spotify:track:3Kj2M9gRU1Lwf5eiNjBtBp",
    ),
    (
        "https://music.apple.com/us/album/x/123?i=456",
        "https://music.apple.com/de/album/123?i=456&at=x",
        "https://itunes.apple.com/us/album/x/id123?i=456&uo=4",
        "https://embed.music.apple.com/fr/album/x/123?i=456",
        "https://music.apple.com/jp/song/x/456",
    ),
    (
        "https://www.deezer.com/track/4195713",
        "https://www.deezer.com/pt-br/track/4195713",
        "https://widget.deezer.com/widget/dark/track/4195713",
        "http://deezer.com/us/track/4195713?utm_source=x",
    ),
    (
        "https://tidal.com/track/463928643",
        "https://listen.tidal.com/album/1/track/463928643",
        "https://embed.tidal.com/tracks/463928643",
        "https://tidal.com/browse/track/463928643/u",
        "https://tidal.com/us/track/463928643",
    ),
    (
        "https://www.beatport.com/track/full-stop-original-mix/1682783",
        "https://www.beatport.com/es/track/full-stop/1682783",
        "https://embed.beatport.com/?id=1682783&type=track",
    ),
    (
        "https://music.amazon.com/tracks/B02",
        "https://music.amazon.de/albums/B01?trackAsin=B02",
        "https://music.amazon.co.uk/albums/B01?marketplaceId=A&trackAsin=B02",
    ),
    (
        "https://www.qobuz.com/us-en/album/low-tide/abc1",
        "https://open.qobuz.com/album/abc1",
        "https://play.qobuz.com/album/abc1",
    ),
    ("https://hearthis.at/User/Track/", f"https://hearthis.at/user/track/{KEY}/"),
    (
        "https://www.mixcloud.com/user/show/",
        "https://www.mixcloud.com/widget/iframe/?hide_cover=1&feed=%2Fuser%2Fshow%2F",
    ),
]

# words of a site where a token could stand
WORDS = [
    "https://vimeo.com/36881035/privacy",
    "https://vimeo.com/36881035/facade",
    "https://vimeo.com/manage/videos/36881035/advanced",
    "https://player.vimeo.com/video/36881035/config",
    "https://vimeo.com/channels/staffpicks/36881035/collections",
    "https://hearthis.at/user/track/download/",
    "https://soundcloud.com/user/track/s-too/",
]

# a secret in an address that we do not read
SECRETS = [
    f"https://soundcloud.com/user/track/{TOKEN}/recommended",
    f"https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/users/1&secret_token={TOKEN}",
    f"https://vimeo.com/user1/review/36881035/{KEY}/extra",
    f"https://player.vimeo.com/external/36881035.hd.mp4?s={KEY}&profile_id=175",
    f"https://someartist.bandcamp.com/private/{KEY}/x",
    f"https://www.bandlab.com/revisions/1?sharedKey={KEY}",
    f"https://cloud.example.com/demo?token={KEY}",
    f"https://bucket.s3.amazonaws.com/demo.wav?X-Amz-Signature={KEY}",
]
