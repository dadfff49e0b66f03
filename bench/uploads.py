"""Peak memory of the web server while twelve people upload large pictures at once.

`make bench-uploads`, with `ARGS=3464` for PNGs of another side in pixels than 6300.
"""

import http.client
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench import scratch

PEOPLE = 12
HOST, PORT = "127.0.0.1", 8765


@contextmanager
def web_server(url: str) -> Iterator[int]:
    """Run gunicorn as the Procfile does; yields its process id."""
    settings = {"DATABASE_URL": url, "HTTPS": "off", "DEBUG": "on", "LOG_LEVEL": "ERROR"}
    options = ["--bind", f"{HOST}:{PORT}", "--workers", "2", "--threads", "8", "--no-control-socket"]
    words = [sys.executable, "-m", "gunicorn", "trackflow.wsgi", *options]
    server = subprocess.Popen(words, env={**os.environ, **settings})  # noqa: S603  # our own words
    try:
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def processes(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [parent, *map(int, children)]


def peak_mb(parent: int) -> float:
    """Return the sum of the most that the server's processes have held at any time (VmHWM)."""
    lines = (Path(f"/proc/{pid}/status").read_text().splitlines() for pid in processes(parent))
    return sum(int(line.split()[1]) for found in lines for line in found if line.startswith("VmHWM")) / 1024


def request(method: str, path: str, cookie: str = "", body: bytes = b"", **headers: str) -> int:
    connection = http.client.HTTPConnection(HOST, PORT, timeout=300)
    connection.request(method, path, body, {"Cookie": cookie, **headers})
    return connection.getresponse().status


def upload(session: str, picture: bytes) -> tuple[int, float]:
    """Post a profile with this picture; returns the status and the seconds it took."""
    began, token, border = time.monotonic(), "x" * 32, uuid.uuid4().hex
    fields = {"artist_name": "Mara", "contact_email": "mara@example.com"}
    parts = [f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]  # fmt: skip
    file = f'--{border}\r\nContent-Disposition: form-data; name="picture"; filename="me.png"\r\n\r\n'
    body = "".join([*parts, file]).encode() + picture + f"\r\n--{border}--\r\n".encode()
    cookies = f"sessionid={session}; csrftoken={token}"
    kind = f"multipart/form-data; boundary={border}"
    status = request("POST", "/profile/", cookies, body, **{"Content-Type": kind, "X-CSRFToken": token})
    return status, time.monotonic() - began


def main() -> None:
    from django.db import connection  # lazy: needs Django set up

    from accounts.tests.pictures import picture_bytes  # lazy: as above
    from labels.tests.builders import make_user  # lazy: as above
    from trackflow.testing.clients import session_of  # lazy: as above

    side = int(sys.argv[1]) if len(sys.argv) > 1 else 6300
    sessions = [session_of(make_user(f"{number}@example.com")) for number in range(PEOPLE)]
    picture = picture_bytes("PNG", (side, side))
    there = connection.settings_dict["OPTIONS"]
    url = (
        f"postgresql://runtime@/{connection.settings_dict['NAME']}?host={there['host']}&port={there['port']}"
    )
    with web_server(url) as server, ThreadPoolExecutor(PEOPLE) as pool:
        time.sleep(5)
        for _ in range(20):
            assert request("GET", "/accounts/login/") == 200
        before = peak_mb(server)
        found = list(pool.map(lambda session: upload(session, picture), sessions))
        print(f"{PEOPLE} PNGs of {side} x {side}, {len(picture) // 1000} KB each:")
        print(f"peak before {before:.0f} MB, after {peak_mb(server):.0f} MB, of all processes together")
        print("answers and seconds:", *(f"{status} {seconds:.1f}" for status, seconds in found))


if __name__ == "__main__":
    with scratch.database():
        main()
