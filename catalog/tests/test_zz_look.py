from io import BytesIO
from datetime import timedelta
from decimal import Decimal
import pytest
from PIL import Image, ImageDraw
from django.test import Client
from django.conf import settings as s
from accounts.models import Picture
from accounts.images import small_picture
from catalog.models import Genre, Profile
from catalog.tests.builders import make_producer, make_track
from labels.tests.builders import make_label, make_intake, make_member
from kit.clock import now

def pic(a,b):
    im=Image.new("RGB",(600,400),a); d=ImageDraw.Draw(im); d.ellipse((200,100,400,300),fill=b)
    f=BytesIO(); im.save(f,"PNG"); f.seek(0)
    return Picture.objects.create(data=small_picture(f))

@pytest.mark.browser
def test_shots(browse, server):
    mara=make_producer("mara@example.com",artist_name="Mara Lindqvist")
    p=Profile.objects.get(user=mara); p.slug="mara-lindqvist"; p.is_public=True; p.avatar=pic("#e05235","#f5c242"); p.bio="Slow house and organ chords from the Öresund coast.\nLive sets with two tape decks."; p.soundcloud_url="https://soundcloud.com/mara"; p.ra_url="https://ra.co/dj/mara"; p.save()
    p.genres.set(Genre.objects.filter(slug__in=["deep-house","house","organic-house"]))
    make_track(mara,title="Low Tide"); t=make_track(mara,title="Night Drive",mix="Extended Mix",ai="",genre=None,audio_url="",backup_url=""); t3=make_track(mara,title="Copper",pitch="",references="")
    h=make_label("Harbour",about="Slow house for long nights. We release vinyl first, four EPs a year, and we listen to everything that arrives.",genres=["deep-house","organic-house"],country="DK",website="https://harbour.example/",logo=pic("#1f4e5f","#f4e9cd"))
    h.intakes.update(message="Send one track, not an album. Tell us what it should do to a room.",tempo_from=Decimal(112),tempo_to=Decimal(124),ai_policy="none",promise_days=10)
    make_intake(h,call_name="Autumn call",closes_at=now()+timedelta(days=20))
    for n in ["Low Tide Records","Quay","Nachtbus","Ōkami Sound"]: make_label(n,slug=n.split()[0].lower().replace("ō","o"),genres=["house","techno-raw-deep-hypnotic"],about="Club music with a long memory.")
    q=make_label("Closed Circuit"); q.intakes.update(is_paused=True)
    owner=make_member(h)
    def login(page,user):
        c=Client(); c.force_login(user)
        page.context.add_cookies([{"name":s.SESSION_COOKIE_NAME,"value":c.cookies[s.SESSION_COOKIE_NAME].value,"url":server}])
    for width,scheme in ((1280,"light"),(360,"dark"),(360,"light"),(1280,"dark")):
        page=browse(viewport={"width":width,"height":900},color_scheme=scheme); tag=f"{width}-{scheme}"
        def shot(name): page.screenshot(path=f"/tmp/pub/{name}-{tag}.png",full_page=True)
        page.goto("/labels/?sort=newest"); shot("directory")
        page.goto("/labels/harbour/"); shot("label")
        page.goto("/producers/mara-lindqvist/"); shot("producer")
        login(page,mara)
        page.goto("/tracks/"); shot("tracks")
        page.fill("#id_link","https://soundcloud.com/mara/low-tide-extended-mix/s-MjcQ5BtcRPp"); page.locator("#link .player").wait_for(); shot("paste")
        page.fill("#id_link","https://cdn.discordapp.com/attachments/1/2/low-tide.wav"); page.locator("#link .toast").wait_for(); shot("paste-discord")
        page.fill("#id_link","https://we.tl/t-abc"); page.locator("#link .field__errors").wait_for(); shot("paste-bad")
        page.fill("#id_link","https://soundcloud.com/mara/low-tide-extended-mix/s-MjcQ5BtcRPp"); page.locator("#link .player").wait_for()
        page.get_by_role("button",name="Fill in the rest first").click(); page.wait_for_load_state(); shot("prefilled")
        page.goto(f"/tracks/{t.code}/edit/"); shot("edit")
        page.goto(f"/tracks/{t.code}/"); shot("track")
        page.goto("/tracks/new/"); shot("new")
        page.goto("/profile/"); shot("profile")
        page.set_input_files("#id_picture",files=[{"name":"x.png","mimeType":"image/png","buffer":b"nope"}]); page.get_by_role("button",name="Save profile").click(); page.wait_for_load_state(); shot("profile-bad")
        page.context.clear_cookies(); login(page,owner)
        page.goto("/labels/harbour/settings/"); shot("settings")
        page.goto("/labels/harbour/"); shot("label-owner")
        for u in ["/labels/"]: 
            assert page.evaluate("document.documentElement.scrollWidth")<=width
