"""What nobody types by mistake: texts, paths, types and headers that have broken web applications before."""

LONG = b"x" * 20_000
VALUES: tuple[bytes, ...] = (
    # nothing, blanks, what ends strings
    *(b"", b" ", b"\t\r\n", b"\x00", b"a\x00b", b"\x1b[31m", b"\r\nSet-Cookie: a=b", LONG),
    # broken and odd UTF-8: cut off, overlong, surrogates, bidirectional, wide, composed
    *(b"\xff", b"\xc3", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\u202e\u2066\ufeff".encode()),
    *("ǅİßﬀ²".encode(), "e\u0301".encode() * 300, "💣".encode() * 40, "٣٤".encode(), "\U000e0001".encode()),
    # numbers
    *(b"0", b"-1", b"-0", b"+1", b"1_0", b"0x10", b"1e999", b"1e-999", b"NaN", b"Infinity", b"1.5", b"1,5"),
    *(
        b"2147483648",
        b"9223372036854775807",
        b"9223372036854775808",
        b"9" * 40,
        b"1" * 5000,
        b"0." + b"9" * 400,
    ),
    # moments, zones, spans
    *(b"2026-02-30", b"0000-00-00", b"0001-01-01", b"9999-12-31", b"10000-01-01", b"2026-11-29T25:61"),
    *(
        b"9999-12-31T23:59:59",
        b"0001-01-01T00:00",
        b"Europe/Nowhere",
        b"../../etc/localtime",
        b"24:00",
        b"99:99",
    ),
    # addresses
    *(
        b"//[",
        b"http://[",
        b"https://[::1",
        b"//[]x",
        b"https://x:99999999/",
        b"https://x:y@z/",
        b"https:///x",
    ),
    *("http://a\u2100b".encode(), b"javascript:alert(1)", b"https://" + b"a" * 300 + b".example/", b"http:x"),
    *(b"a@b", b"@", b"a" * 65 + b"@example.com", b"a@" + b"b" * 300 + b".example", b'"a b"@example.com'),
    # what other languages read
    *(
        b"'; DROP TABLE users; --",
        b"%",
        b"%s%n",
        b"%(x)s",
        b"{0.__class__}",
        b"{{ 7|add:7 }}",
        b"${7*7}",
        b"\\",
    ),
    *(
        b"<script>alert(1)</script>",
        b"[](javascript:x)",
        b"[" * 500,
        b">" * 500,
        b"*" * 2000,
        b"=cmd|'/c'!A1",
    ),
    *(b"null", b"true", b"on", b"[]", b"{}", b'{"a":', b"[1,[2,[3]]]", b"__proto__", b"None"),
    # codes, ids, the query language
    *(
        b"TF-0000-0000",
        b"tf-oooo-llll",
        b"TF-",
        b"00000000-0000-0000-0000-000000000000",
        b"TF-\xff",
        b"1/../2",
    ),
    *(
        b"bpm:..",
        b"bpm:1-1e9",
        b"key:99Z",
        b"sent:>9999-99-99",
        b"is:",
        b"-is:new -",
        b'"',
        b"sort:x:y",
        b"due:<1000000d",
    ),
    *(b"genre:" + b"(" * 50, b"score:>=", b"-" * 300, b"tag:\x00", b"after=eyJ", b"..", b"q=%"),
)
NAMES: tuple[bytes, ...] = (
    *(b"q", b"after", b"before", b"page", b"next", b"track", b"intake", b"kept", b"sort", b"name", b"genre"),
    *(
        b"turn",
        b"key",
        b"note",
        b"reason",
        b"do",
        b"from",
        b"again",
        b"template",
        b"question",
        b"left",
        b"row",
    ),
    *(
        b"selected",
        b"action",
        b"user_pk",
        b"why",
        b"up",
        b"retire",
        b"order",
        b"since",
        b"until",
        b"span",
        b"to",
    ),
    *(
        b"_popup",
        b"_to_field",
        b"_changelist_filters",
        b"e",
        b"o",
        b"p",
        b"all",
        b"id__exact",
        b"id__in",
        b"\xff",
    ),
    *(
        b"pk__lookup__x",
        b"created__gte",
        b"",
        b"a[]",
        b"x" * 300,
        b"csrfmiddlewaretoken",
        b"_method",
        b"\x00",
    ),
    *(b"form-TOTAL_FORMS", b"collaborators-TOTAL_FORMS", b"collaborators-INITIAL_FORMS", b"picture", b"rows"),
)
FORM = "application/x-www-form-urlencoded"
TYPES: tuple[str, ...] = (
    *(
        "",
        FORM,
        f"{FORM}; charset=utf8",
        f"{FORM}; charset=utf-16",
        f"{FORM}; charset=xyz",
        f"{FORM}; charset=",
    ),
    *(
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\xe9",
        "text/plain",
    ),
    *(
        f"multipart/form-data; boundary={'b' * 300}",
        "multipart/form-data; boundary=edge; charset=hex",
        "/",
        ";;;",
    ),
    *("application/json", "application/json; charset=utf-32", "application/json; x*=no'en'%41", "a" * 9000),
    *(
        "text/xml",
        "multipart/mixed; boundary=edge",
        "multipart/form-data; boundary*0=a; boundary*1=b",
        "image/png",
    ),
)
HEADERS: tuple[tuple[str, str], ...] = (
    *(("HTTP_REFERER", address) for address in ("http://[", "//[", "", "\xff", "https://127.0.0.1:x/")),
    *(
        ("HTTP_HX_CURRENT_URL", address)
        for address in ("http://[", "//[", "%", "http://127.0.0.1/desk/x/TF-1/")
    ),
    *(("HTTP_HX_TARGET", name) for name in ("pane", "panel", "list", "more", "\xff", "x" * 500)),
    *(("HTTP_ORIGIN", address) for address in ("null", "http://[", "https://other.example")),
    *(("HTTP_HOST", host) for host in ("", "[", "127.0.0.1:x", "a b", "\xff", "other.example", "x" * 300)),
    *(
        ("HTTP_COOKIE", text)
        for text in ("=", ";;", "sessionid=\xff", "sessionid=" + "x" * 4000, "desk=\x00; a", "\\")
    ),
    *(("CONTENT_LENGTH", size) for size in ("", "-1", "x", "1", "99999999999", "9" * 5000)),
    *(
        ("HTTP_IF_MODIFIED_SINCE", when)
        for when in ("x", "Sun, 99 Foo 9999 99:99:99 GMT", "Thu, 01 Jan 0001 00:00:00 GMT")
    ),
    *(("HTTP_IF_NONE_MATCH", tag) for tag in ("x", '"', 'W/"x", *', "\xff")),
    *(("HTTP_X_FORWARDED_FOR", text) for text in ("x", "1.2.3.4, [", "::1%eth0")),
    *(("REMOTE_ADDR", text) for text in ("", "x", "::1", "fe80::1%eth0")),
    *(("HTTP_ACCEPT_LANGUAGE", text) for text in ("x" * 1000, "\xff", "en;q=x")),
    *(("HTTP_ACCEPT", text) for text in ("*", ";", "a/b;q=x;;", "application/json")),
    *(("HTTP_RANGE", "bytes=9-1"), ("HTTP_ACCEPT_ENCODING", "gzip;q=x"), ("HTTP_X_FORWARDED_PROTO", "\xff")),
    *(("HTTP_HX_REQUEST", "true"), ("HTTP_HX_REQUEST", "x"), ("HTTP_HX_CURRENT_URL_URI_AUTOENCODED", "true")),
    *(("HTTP_HX_TRIGGERING_EVENT", '{"a":'), ("HTTP_X_CSRFTOKEN", "\xff"), ("HTTP_USER_AGENT", "\xff" * 999)),
)
FILES: tuple[bytes, ...] = (
    b"",
    b"GIF89a\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    b"\xff\xd8\xff" * 99,
    LONG,
)
ODD_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get")
