"""Effective skills over the publishers' files: what comes first, and that nothing is lost on the way."""

from pathlib import Path

import numpy as np
import pytest

from taxonomy.model.concept import ESCO_OCCUPATION, OCCUPATION, Locale, Scheme
from taxonomy.model.relation import Necessity
from taxonomy.model.text import collation_key
from taxonomy.services import crosswalk
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.evidence import NECESSITIES, OVER_ESCO
from tests.builders import real_esco_snapshot, real_snapshot

ESSENTIAL, OPTIONAL = (NECESSITIES.index(value) for value in (Necessity.ESSENTIAL, Necessity.OPTIONAL))

# What a knowledgeable person expects among the first 25, chosen by us from what the sources say.
EXPECTED = {
    "rQds_YGd_quU": [  # Mjukvaruutvecklare
        "Mjukvaruutveckling",
        "Programmering",
        "Mjukvarukonstruktion",
        "Testning, mjukvara/Verifiering, mjukvara",
        "Systemutveckling",
        "Molnteknik",
        "Felsökningsverktyg, IT",
        "Kravhantering, systemutveckling",
        "Configuration Management/CM",
        "Systemintegrering",
        "JavaScript, programmeringsspråk",
        "Webbutveckling",
    ],
    "bXNH_MNX_dUR": [  # Sjuksköterska, grundutbildad
        "Legitimation som sjuksköterska",
        "Sjuksköterskeexamen",
        "Vårdcentral",
        "Hemsjukvård",
        "Vårdavdelning/Mottagning",
        "Primärvård",
        "Telefonrådgivning, sjukvård",
        "Omvårdnad",
        "Omvårdnadsplanering",
        "Hälso- och sjukvårdslagstiftning, erfarenhet",
        "Basala hygienrutiner inom hälso- och sjukvård",
        "Patientkommunikation",
    ],
    "XugJ_6hw_wVV": [  # Bagare/Konditor
        "Bageriarbete",
        "Gesällbrev, bagare och konditor",
        "Mästarbrev, bagare och konditor",
        "Yrkesutbildning, bagare och konditor",
        "Maskinskötsel, industribageri",
        "Konfekt, tillverkningsvana",
        "Tårtor/Bakelser",
        "Finbröd",
        "Matbröd",
        "Livsmedelshygien",
        "Hälsokrav vid livsmedelshantering",
        "HACCP",
    ],
    "4Z7F_oBG_vMG": [  # Träarbetare/Snickare
        "Yrkesbevis, träarbetare",
        "Träarbete, husbyggnad",
        "Träarbete, anläggning",
        "Nyproduktion, bygge",
        "ROT-jobb",
        "Köksmontering",
        "Takläggning",
        "Inredning, monteringsvana",
        "Isolering",
        "Listmontage, trä/Listmontering, trä",
        "Fönstermontage/Fönstermontering",
        "Ritningsläsning",
    ],
    "rUcW_z9R_Qsv": [  # Förskollärare
        "Förskollärarexamen",
        "Förskollärarlegitimation",
        "Utomhuspedagogik",
        "Språk och språkutveckling, undervisning",
        "Reggio Emila-pedagogik, erfarenhet",
        "Skapande verksamhet, undervisning",
        "Utbildningsplanering",
        "Barn- och ungdomspedagogisk examen inriktning förskollärare",
        "Specialpedagogik",
        "Barn och ungdomar med behov av särskilt stöd",
        "Pedagogisk dokumentation",
        "Modersmålsundervisning",
    ],
    "8N18_sGB_X4M": [  # Redovisningsekonom
        "Redovisning",
        "Redovisningssystem, erfarenhet",
        "Affärssystem, erfarenhet",
        "Kundreskontra",
        "Leverantörsreskontra",
        "Reskontrabokföring",
        "Bokslut",
        "Bokföringsvana",
        "Granskning av bokslut",
        "Kostnads- och intäktsanalys",
        "Visma SPCS, redovisningssystem",
        "Hansa, redovisningssystem",
    ],
}


# The same for the whole list where the skills of ESCO are in it, by all kinds of match.
EXPECTED_WITH_ESCO = {
    "tuoE_9Nj_fAS": [  # Frisör: frisör (exact), and two narrower ones
        "Frisörsalong",
        "Frisörlicens",
        "Gesällbrev, frisör",
        "Frisörkemi",
        "Damfrisering",
        "Herrfrisering",
        "permanenta hår",
        "färga hår",
        "tvätta hår",
        "ge råd om frisyr",
        "använda hårvårdsutrustning",
        "hårprodukter",
    ],
    "Tufb_JbW_wS6": [  # Hovslagare: hovslagare (exact)
        "Hovslageri",
        "Hovvårdskunskap",
        "Yrkesutbildning, hovslagare",
        "verka hästhovar",
        "utföra det som ska göras efter verkning",
        "tillverka verktyg och förbrukningsmateriel för hovslageri",
        "ge råd åt hästägare om behov av hovslageri",
        "kontrollera djurs rörelser",
        "hovslagarbranschen",
        "arbeta med handverktyg för smide",
        "forma metall på städ",
        "tillämpa smidestekniker",
    ],
    "FTFm_Rp2_k6t": [  # Flygledare: flygledare (exact), and three narrower ones
        "FL-certifikat (Flygledarcertifikat)",
        "Grundläggande ATS-kurs",
        "Radarsystem, erfarenhet",
        "Lufträtt",
        "Meteorologi",
        "Flygsäkerhetsarbete, erfarenhet",
        "sköta arbetet i trafikledartorn",
        "använda flygtrafikledningsdokument",
        "hjälpa till vid start och landning",
        "verksamhet utförd av flygkontrolltjänst",
        "besitta en rumslig medvetenhet",
        "avläsa tredimensionella skärmar",
    ],
    "UuLp_7rH_2WC": [  # Chefspilot: pilot, which is broader
        "Commercial Pilot License/CPL",
        "Airline Transport Pilot License/ATPL",
        "Flygsäkerhetsarbete, erfarenhet",
        "Lufträtt",
        "Avionik",
        "Meteorologi",
        "Radarsystem, erfarenhet",
        "starta och landa",
        "visuellflygregler",
        "manövrera kontrollpaneler i cockpit",
        "använda tvåvägsradiosystem",
        "bestämmelser för civil luftfart",
    ],
    "sgib_x6a_wnW": [  # Brandman: two exact ones, and four narrower ones
        "Brandbekämpningssystem",
        "Räddningstjänst, erfarenhet",
        "Förebyggande brandskydd",
        "Utbildning i Skydd mot olyckor (SMO)",
        "Kemdykning/Rökdykning",
        "Hjärt- och lungräddning",
        "Utryckningsfordon, erfarenhet",
        "släcka bränder",
        "evakuera personer från byggnader",
        "använda olika typer av brandsläckare",
        "utföra sök- och räddningsinsatser",
        "brandsäkerhetsföreskrifter",
    ],
    "XMWR_V22_WS1": [  # Arkitekt: arkitekt (exact)
        "Arkitektexamen",
        "Bygglov",
        "Detaljplanering",
        "Husbyggnad",
        "CAD-konstruktion/CAD-ritning",
        "Stadsplanering",
        "Boverkets byggregler BBR",
        "designa byggnader",
        "skriva en arkitektplan",
        "arkitekturdesign",
        "förhållandet mellan byggnader, människor och miljö",
        "integrera byggnadskrav i arkitektplanen",
    ],
}


def first_skills(of: Snapshot, occupation: str, scheme: Scheme | None = None) -> list[str]:
    """The names of the first 25 skills of an occupation, of one scheme or of all."""
    skills = of.effective
    found = skills.skill[slice(*skills.start[of.index[occupation] :][:2])].tolist()
    wanted = [skill for skill in found if scheme is None or of.scheme_of(skill) is scheme]
    return [of.label(skill, Locale.SV) for skill in wanted[:25]]


@pytest.mark.parametrize("occupation", EXPECTED)
def test_the_first_skills_of_an_occupation_are_what_one_expects(real_data: Path, occupation: str) -> None:
    names = first_skills(real_snapshot(real_data), occupation)
    assert [name for name in EXPECTED[occupation] if name not in names] == []
    assert names[:12] != sorted(names[:12], key=collation_key)


@pytest.mark.parametrize("occupation", EXPECTED)
def test_esco_does_not_push_the_expected_ones_back_among_the_swedish_skills(
    real_data: Path, occupation: str
) -> None:
    names = first_skills(real_esco_snapshot(real_data), occupation, Scheme.JOBTECH)
    assert [name for name in EXPECTED[occupation] if name not in names] == []


@pytest.mark.parametrize("occupation", EXPECTED_WITH_ESCO)
def test_the_first_skills_with_those_of_esco_are_what_one_expects(real_data: Path, occupation: str) -> None:
    names = first_skills(real_esco_snapshot(real_data), occupation)
    assert [name for name in EXPECTED_WITH_ESCO[occupation] if name not in names] == []


def test_all_real_mappings_of_occupations_give_skills_and_the_strongest_necessity_counts(
    real_data: Path,
) -> None:
    of = real_esco_snapshot(real_data)
    mapped = {
        number: {row.concept for row in crosswalk.mappings_to(of, number, {ESCO_OCCUPATION})}
        for number in of.kind_range(OCCUPATION)
    }
    several = [len(others) for others in mapped.values() if len(others) > 1]
    skills = of.effective
    over_esco = np.flatnonzero(skills.evidence_pattern >= OVER_ESCO.start)
    edge = np.searchsorted(skills.evidence, over_esco, "right") - 1
    assert set(skills.occupation[edge].tolist()) == {number for number, others in mapped.items() if others}
    assert (len(set(skills.occupation[edge].tolist())), len(several), max(several)) == (1318, 384, 44)
    said = [
        set(edge[skills.evidence_necessity[over_esco] == code].tolist()) for code in (ESSENTIAL, OPTIONAL)
    ]
    either_way = sorted(said[0] & said[1])
    assert len(either_way) == 3528
    assert set(skills.necessity[either_way].tolist()) == {ESSENTIAL}
