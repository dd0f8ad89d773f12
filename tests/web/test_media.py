"""Which format a request gets: the qualities of its Accept header decide."""

import pytest

from taxonomy.web.media import MEDIA, preferred, split

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "ttl"),
        ("*/*", "ttl"),
        ("text/*", "ttl"),
        ("application/*", "jsonld"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("TEXT/Turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        ("application/rdf+xml", "rdfxml"),
        ("application/n-triples", "nt"),
        ("text/plain, */*;q=0.1", "nt"),
        ("text/turtle;q=0.5, application/rdf+xml;q=0.6", "rdfxml"),
        ("application/rdf+xml;q=0.5, text/turtle;q=0.5, application/n-triples;q=0.4", "ttl"),
        ("text/html;q=0.2, */*;q=0.1", "html"),
        ("text/turtle;q=0, */*;q=0.1", "jsonld"),
        ("application/ld+json;profile=http://www.w3.org/ns/json-ld#compacted", "jsonld"),
        ("text/turtle;charset=utf-8", "ttl"),
        ("image/png, */*;q=0.1", "ttl"),
        ("text", "ttl"),
        ("text/turtle;q=much", "ttl"),
    ],
)
def test_the_best_of_what_is_accepted_is_given(accept: str, expected: str) -> None:
    found = preferred(accept)
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize("accept", ["image/png", "text/csv", "*/*;q=0", "text/turtle;q=0, text/html;q=0"])
def test_who_accepts_nothing_of_it_gets_nothing(accept: str) -> None:
    assert preferred(accept) is None


@pytest.mark.parametrize(
    ("path", "name", "ending"),
    [
        ("bXNH_MNX_dUR.ttl", "bXNH_MNX_dUR", "ttl"),
        ("esco:skill/S1.2.3", "esco:skill/S1.2.3", None),
        ("esco:skill/S1.2.3.html", "esco:skill/S1.2.3", "html"),
        ("a.exe", "a.exe", None),
        (".ttl", ".ttl", None),
    ],
)
def test_an_ending_asks_for_a_format(path: str, name: str, ending: str | None) -> None:
    found, medium = split(path)
    assert (found, medium and medium.ending) == (name, ending)


def test_every_format_has_an_ending_of_its_own() -> None:
    assert (
        len({medium.ending for medium in MEDIA}) == len({medium.media_type for medium in MEDIA}) == len(MEDIA)
    )
