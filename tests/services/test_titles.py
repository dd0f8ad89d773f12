"""Titles as columns have them, on real data: matched at once, or meant by one of the first three."""

from pathlib import Path
from typing import Final

import pytest

from taxonomy.model.concept import OCCUPATION, SSYK_GROUP, Locale
from taxonomy.services.reconcile import Wanted, reconcile
from tests.builders import real_esco_snapshot

WANTED: Final = Wanted((OCCUPATION, SSYK_GROUP), None)

MATCHED: Final = {
    "Snickare": "Träarbetare/Snickare",
    "Systemutvecklare": "Systemutvecklare/Programmerare",
    "programmerare": "Systemutvecklare/Programmerare",
    "Lagerarbetare": "Lagerarbetare/Terminalarbetare",
    "VD": "Verkställande direktör/VD",
    "Bagare": "Bagare/Konditor",
    "servitor": "Servitör/Servitris",
    "Löneadministratör": "Löneadministratör/Lönekonsult",
    "Sjuksköterska": "Sjuksköterska, grundutbildad",
    "Receptionist": "Receptionist",
    "Rörmokare": "VVS-montör",
    "Städare": "Städare",
    "Telefonförsäljare": "Telefonförsäljare",
    "Väktare": "Väktare",
}
AMONG_THREE: Final = {
    "Bilmekaniker": "Personbilsmekaniker",
    "Elektriker": "Installationselektriker",
    "Polis": "Polisassistent",
    "Polisman": "Poliser",
    "Förskolelärare": "Förskollärare",
    "Kassörska": "Kassapersonal",
    "Säkerhetsvakt": "Väktare",
    "Butikssäljare": "Butikssäljare, fackhandel",
    "Undersköterska": "Undersköterska, hemtjänst, äldreboende och habilitering",
    "Webdesigner": "Webbdesigner",
    "Controler": "Controller",
    "Snikare": "Träarbetare/Snickare",
    "Receptionist hotell": "Hotellreceptionist",
    "Rektor grundskola": "Rektor",
    "software developer": "Mjukvaruutvecklare",
}


@pytest.mark.parametrize(("title", "label"), MATCHED.items())
def test_a_name_of_one_occupation_is_its_match(real_data: Path, title: str, label: str) -> None:
    of = real_esco_snapshot(real_data)
    match = reconcile(of, title, WANTED).match
    assert match is not None
    assert of.label(match.concept, Locale.SV) == label


@pytest.mark.parametrize(("title", "label"), AMONG_THREE.items())
def test_what_is_meant_is_among_the_first_three(real_data: Path, title: str, label: str) -> None:
    of = real_esco_snapshot(real_data)
    candidates = reconcile(of, title, WANTED).candidates
    assert label in [of.label(one.concept, Locale.SV) for one in candidates[:3]]
