"""Requests made at random, each from a number of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes

from trackflow.testing.fuzz.addresses import Template
from trackflow.testing.fuzz.forms import Fields
from trackflow.testing.fuzz.value_table import FILES, FORM, HEADERS, NAMES, ODD_METHODS, TYPES, VALUES

TOKEN = "x" * 32
MULTIPART = "multipart/form-data; boundary=edge"
Pairs = list[tuple[bytes, bytes, bool]]


@dataclass(frozen=True)
class Request:
    """What is sent; `environ` holds headers by their CGI names."""

    method: str
    path: str
    query: str
    body: bytes
    environ: dict[str, Any]

    def __str__(self) -> str:
        size = f" ({len(self.body)} bytes)" if len(self.body) > 2000 else ""
        head = {name: value[:200] for name, value in self.environ.items()}
        return f"{self.method} {self.path[:300]!a}?{self.query[:500]} {head} {self.body[:2000]!r}{size}"


def path_of(random: Random, template: Template, truths: Sequence[dict[str, bytes]]) -> str:
    """Return a path of this pattern: true keys, or one of them replaced."""
    values = dict(random.choice(truths))
    if template.keys and random.random() < 0.25:
        values[random.choice(template.keys)] = random.choice(VALUES)
    return template.fill(values)


def request_at(random: Random, path: str, cookie: str, fields: Fields, names: Sequence[str]) -> Request:
    """Return a request at this path, by somebody with this cookie; `fields` are those of the form it shows."""
    methods = ("GET", *["POST"] * (4 if fields else 1)) if random.random() < 0.95 else ODD_METHODS
    method = random.choice(methods)
    environ: dict[str, Any] = {"HTTP_COOKIE": f"csrftoken={TOKEN}; {cookie}", "HTTP_X_CSRFTOKEN": TOKEN}
    if random.random() < 0.3:
        environ |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://127.0.0.1{path}"}
    environ |= dict(random.choices(HEADERS, k=random.choice((0, 0, 0, 1, 2))))
    pairs = _pairs(random, [], names) if method in ("GET", "HEAD") or random.random() < 0.2 else []
    query = _encoded(random, pairs).decode("latin-1")
    if method in ("GET", "HEAD") and random.random() < 0.9:
        return Request(method, path, query, b"", environ)
    content_type, body = _body(random, _pairs(random, fields, names))
    return Request(method, path, query, body, {"CONTENT_TYPE": content_type} | environ)


def _pairs(random: Random, fields: Fields, names: Sequence[str]) -> Pairs:
    """Return the form's fields with up to three changed, left out, sent twice or added."""
    pairs: Pairs = [
        (name.encode(), value.encode(errors="replace"), is_file) for name, value, is_file in fields
    ]
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        name = random.choice(NAMES) if random.random() < 0.3 or not names else random.choice(names).encode()
        if pairs and random.random() < 0.7:
            place = random.randrange(len(pairs))
            name = pairs.pop(place)[0]
            if random.random() < 0.15:
                continue
        pairs.append((name, random.choice(VALUES), random.random() < 0.03))
    return pairs


def _body(random: Random, pairs: Pairs) -> tuple[str, bytes]:
    """Return a content type and a body, which mostly fit each other."""
    is_multipart = any(is_file for _, _, is_file in pairs) or random.random() < 0.2
    body = _parts(random, pairs) if is_multipart else _encoded(random, pairs)
    content_type = MULTIPART if is_multipart else FORM
    match random.random():
        case chance if chance < 0.06:
            content_type = random.choice(TYPES)
        case chance if chance < 0.08:
            body = body[: random.randrange(len(body) + 1)]
        case chance if chance < 0.09:
            body = random.choice(
                (b"&".join([b"a=b"] * 1001), b"x" * 2_600_000, random.randbytes(300), b'{"a":[1')
            )
    return content_type, body


def _encoded(random: Random, pairs: Pairs) -> bytes:
    if random.random() < 0.04:
        return b"&".join(name + b"=" + value for name, value, _ in pairs)
    return b"&".join(
        f"{quote_from_bytes(name)}={quote_from_bytes(value)}".encode() for name, value, _ in pairs
    )


def _parts(random: Random, pairs: Pairs) -> bytes:
    parts = []
    for name, value, is_file in pairs:
        file = b'; filename="' + random.choice((b"me.png", *VALUES)) + b'"' if is_file else b""
        more = random.choice(
            (*[b""] * 9, b"\r\nContent-Transfer-Encoding: base64", b"\r\nContent-Type: ;;\xff")
        )
        head = b'--edge\r\nContent-Disposition: form-data; name="' + name + b'"' + file + more
        parts.append(head + b"\r\n\r\n" + (random.choice(FILES) if is_file else value) + b"\r\n")
    return b"".join(parts) + b"--edge--\r\n"
