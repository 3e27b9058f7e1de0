"""Sites as browsers name them."""

from __future__ import annotations

import pytest

from grapevine.connectors import urls


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", ()),
        ("https://www.example.org", ("https://www.example.org",)),
        ("WWW.Example.org/", ("https://www.example.org",)),
        ("http://a.example:80, http://a.example", ("http://a.example",)),
        ("https://a.example:8443 http://localhost:3000", ("https://a.example:8443", "http://localhost:3000")),
        ("https://räksmörgås.example", ("https://xn--rksmrgs-5wao1o.example",)),
        ("http://192.0.2.7 http://[2001:db8::1]:8080", ("http://192.0.2.7", "http://[2001:db8::1]:8080")),
    ],
)
def test_sites_are_read(written: str, found: tuple[str, ...]) -> None:
    assert urls.origins(written) == found


@pytest.mark.parametrize(
    "wrong",
    [
        "*", "https://*", "https://*.example.org", "everywhere", "https://com", "https://a..example", "https://-a.example",
        "https://a-.example", "https://a_b.example", "https://example.org/contact", "https://example.org?x=1", "https://example.org#x",
        "https://user@example.org", "ftp://example.org", "https://example.org:99999", "javascript:alert(1)", "https://1.2.3.999", "'none'",
        "https://a.example;script-src", "https://",
    ],
)  # fmt: skip
def test_what_is_no_site_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        urls.origins(wrong)
