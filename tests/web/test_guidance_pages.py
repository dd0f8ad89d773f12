"""Demand, pay, requirements and flows on the pages: of what, when, by whom, in both languages."""

from starlette.testclient import TestClient

from tests.web.test_concept_pages import page_of, plain

NURSE, BAKER, NURSES, BARISTA = "bXNH_MNX_dUR", "XugJ_6hw_wVV", "Z8ci_bBE_tmx", "h6oZ_9aZ_27G"
WAITERS, GOTLAND, SERVED = "UjoW_meY_Zwt", "K8iD_VQv_2BA", "7o44_gVv_s1V"


def test_an_occupation_says_what_the_barometer_says_of_it_and_what_its_group_is_paid(
    client: TestClient,
) -> None:
    text = plain(page_of(client, f"/concept/{NURSE}"))
    for expected in (
        "Möjligheter till arbete Gäller Grundutbildade sjuksköterskor",
        "SE Sverige stora vara oförändrad",
        "SE332 Norrbottens län stora öka",
        "Enligt Yrkesbarometern · period: anges inte · sägs om yrket",
        "Tionde percentilen Median Nittionde percentilen 32\N{NO-BREAK SPACE}000 39\N{NO-BREAK SPACE}000",
        "sägs om hela SSYK-gruppen · enhet: anges inte",
        "72,0",
        "Källorna säger inget om utbildningskrav.",
        "licensen anges inte",
        "Employment by SSYK 2012, Statistics Sweden",
    ):
        assert expected.replace("\N{NO-BREAK SPACE}", " ") in text.replace("\N{NO-BREAK SPACE}", " "), (
            expected
        )


def test_the_same_in_english(client: TestClient) -> None:
    text = plain(page_of(client, f"/concept/{BAKER}", "en"))
    for expected in (
        "Sverige medium stay as it is",
        "period: not stated · said of the occupation",
        "Advertisements per thousand employed",
        "20.0",
        "Education requirement Påhittat krav: yrkesutbildning",
    ):
        assert expected in text, expected


def test_a_group_shows_its_barometer_occupations_its_flows_and_what_is_suppressed(client: TestClient) -> None:
    text = plain(page_of(client, f"/concept/{WAITERS}"))
    assert "Gäller Servitörer , en del av SSYK-gruppen" in text
    assert "Gäller Hovmästare" not in text, "nobody has assessed them"
    assert "hemligt 27 000 hemligt" in text.replace("\N{NO-BREAK SPACE}", " ")
    flows = plain(page_of(client, f"/concept/{NURSES}"))
    assert "Yrkesbyten med (8)" in flows
    assert "Listan säger varken hur många eller åt vilket håll." in flows


def test_a_region_shows_what_is_in_demand_there(client: TestClient) -> None:
    text = plain(page_of(client, f"/concept/{GOTLAND}"))
    assert "Efterfrågan här Yrke Möjligheter Efterfrågan väntas Kockar stora öka" in text
    assert "Mjukvaru- och systemutvecklare" not in text


def test_what_nobody_says_anything_of_is_said_to_be_so(client: TestClient) -> None:
    text = plain(page_of(client, f"/concept/{BARISTA}"))
    assert "Källorna säger inget om möjligheter till arbete, platsannonser, lön, utbildningskrav." in text


def test_a_barometer_occupation_shows_what_it_assesses(client: TestClient) -> None:
    text = plain(page_of(client, f"/concept/{SERVED}"))
    assert "Bedömer (2)" in text
    assert "sägs om barometerns yrke" in text
