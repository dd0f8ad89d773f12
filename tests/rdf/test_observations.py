"""Observations as a data cube: each of a release, with all that it is of, and well formed."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCTERMS, PROV, RDF

from taxonomy.model.concept import BAROMETER_OCCUPATION, COUNTRY, SSYK_GROUP
from taxonomy.model.linked_data import LICENCE_NOT_STATED, QB, SDMX_ATTRIBUTE, SDMX_CODE, SDMX_DIMENSION
from taxonomy.model.observation import Measure
from tests.builders import concept, content, observation
from tests.rdf.published import (
    JT,
    NS,
    OG,
    OXIGRAPH,
    dataset_of,
    read,
    reloaded,
    sample,
    sample_dataset,
    sample_graph,
    sample_text,
    text_of,
)

CUBE = rdflib.Namespace(QB)
UNIT = rdflib.URIRef(f"{SDMX_ATTRIBUTE}unitMeasure")
STATUS = rdflib.URIRef(f"{SDMX_ATTRIBUTE}obsStatus")
AREA, PERIOD = (rdflib.URIRef(f"{SDMX_DIMENSION}{name}") for name in ("refArea", "refPeriod"))
MISSING = rdflib.URIRef(f"{SDMX_CODE}obsStatus-M")
GROUP, BAROMETER, SWEDEN = "Grup_pen_003", "Baro_met_001", "Land_sve_001"
CONCEPTS = [
    concept(GROUP, kind=SSYK_GROUP),
    concept(BAROMETER, kind=BAROMETER_OCCUPATION),
    concept(SWEDEN, kind=COUNTRY),
]

# Of the constraints that the W3C's recommendation states, those that say something of data sets like ours.
BROKEN = {
    "IC-1, a data set of two": "?o a qb:Observation ; qb:dataSet ?a, ?b FILTER(?a != ?b)",
    "IC-2, no structure": "?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s }",
    "IC-3, no measure": """?s a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?s qb:component/qb:measure ?m }""",
    "IC-11, a dimension is missing": """?o qb:dataSet/qb:structure/qb:component/qb:dimension ?d
        FILTER NOT EXISTS { ?o ?d ?value }""",
    "IC-12, the same observation twice": """?o qb:dataSet ?d ; og:observed ?c ; qb:measureType ?m .
        ?p qb:dataSet ?d ; og:observed ?c ; qb:measureType ?m FILTER(?o != ?p)
        OPTIONAL { ?o area: ?a } OPTIONAL { ?p area: ?b }
        FILTER(COALESCE(STR(?a), "") = COALESCE(STR(?b), ""))""",
    "IC-15, its own measure is missing": """?o qb:measureType ?m
        FILTER NOT EXISTS { ?o ?m ?value } FILTER NOT EXISTS { ?o status: ?why }""",
    "IC-16, another measure": """?o qb:measureType ?m ;
        qb:dataSet/qb:structure/qb:component/qb:measure ?other . ?o ?other ?value FILTER(?other != ?m)""",
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.bulk_load(sample_text("nt"), format=OXIGRAPH["nt"])
    return store


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_cubes_of_the_sample_are_well_formed(store: ox.Store, constraint: str) -> None:
    prefixes = f"PREFIX qb: <{QB}> PREFIX og: <{OG}> PREFIX area: <{AREA}> PREFIX status: <{STATUS}>"
    assert not store.query(f"{prefixes} ASK {{ {BROKEN[constraint]} }}")


def test_every_observation_of_the_release_is_in_the_export() -> None:
    observations = list(sample_graph().subjects(RDF.type, CUBE.Observation))
    assert len(observations) == len(sample()[1].observations) > 100
    suppressed = [row for row in sample()[1].observations if row.value is None]
    assert len(list(sample_graph().subjects(STATUS, MISSING))) == len(suppressed) > 0


def graph_of(*observations: object) -> rdflib.Graph:
    return read(text_of(dataset_of(content(CONCEPTS, (), observations)), "nt"), "nt")  # type: ignore[arg-type]


def test_a_number_says_of_what_where_when_and_in_what_unit() -> None:
    row = observation(GROUP, Measure.ADVERTISEMENTS, 90, SWEDEN, "2024", "advertisements")
    graph = graph_of(row)
    node = rdflib.URIRef(f"{NS}observation/test/advertisements/{GROUP}/{SWEDEN}/2024")
    assert dict(graph.predicate_objects(node)) == {
        RDF.type: CUBE.Observation,
        CUBE.dataSet: rdflib.URIRef(f"{NS}observations/test"),
        OG.observed: JT[GROUP],
        AREA: JT[SWEDEN],
        PERIOD: rdflib.Literal("2024", datatype=rdflib.XSD.gYear),
        CUBE.measureType: OG.advertisements,
        OG.advertisements: rdflib.Literal(90),
        UNIT: rdflib.Literal("advertisements"),
    }


def test_what_is_not_stated_is_left_out_and_a_word_is_a_concept_of_ours() -> None:
    graph = graph_of(observation(BAROMETER, Measure.OPPORTUNITIES, "large"))
    [node] = graph.subjects(RDF.type, CUBE.Observation)
    assert graph.value(node, OG.opportunities) == OG.largeOpportunities
    assert not {AREA, PERIOD, UNIT, STATUS} & set(graph.predicates(node))


@pytest.mark.parametrize(
    ("source", "more"),
    [
        ("yrkesbarometern-undated", {AREA}),
        ("advertisements-2024", {AREA, PERIOD}),
        ("salaries-undated", set()),
    ],
)
def test_a_cube_has_the_dimensions_that_its_source_states(source: str, more: set[rdflib.URIRef]) -> None:
    graph = sample_graph()
    structure = graph.value(rdflib.URIRef(f"{NS}observations/{source}"), CUBE.structure)
    components = graph.objects(structure, CUBE.component)
    found = {graph.value(component, CUBE.dimension) for component in components} - {None}
    assert found == {OG.observed, CUBE.measureType, *more}


def test_a_suppressed_value_is_missing_and_not_zero() -> None:
    graph = graph_of(
        observation(GROUP, Measure.SALARY_P10, None), observation(GROUP, Measure.SALARY_MEDIAN, 0)
    )
    assert [str(node).rsplit("/", 4)[1] for node in graph.subjects(STATUS, MISSING)] == ["salary-p10"]
    assert not list(graph.objects(None, OG.salaryP10))
    assert list(graph.objects(None, OG.salaryMedian)) == [rdflib.Literal(0)]


def test_observations_are_in_the_graph_of_their_source_with_the_cube() -> None:
    text = text_of(sample_dataset(), "nq", graph="salaries-undated")
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=text, format="nquads")
    cube = rdflib.URIRef(f"{NS}observations/salaries-undated")
    assert dataset.value(cube, PROV.hadPrimarySource) == rdflib.URIRef(f"{NS}graph/salaries-undated")
    assert str(dataset.value(cube, DCTERMS.license)) == LICENCE_NOT_STATED
    assert set(dataset.objects(None, CUBE.dataSet)) == {cube}
    assert set(dataset.objects(None, CUBE.measure)) == {OG.salaryP10, OG.salaryMedian, OG.salaryP90}


def test_a_load_of_the_export_leaves_them_unread_and_says_how_many(tmp_path: Path) -> None:
    file = tmp_path / "export.nt"
    file.write_text(sample_text("nt"), "utf-8")
    after = reloaded(file)
    assert after.observations == ()
    told = [(finding.subject, finding.count) for finding in after.findings if finding.code == "TX027"]
    count = len(sample()[1].observations)
    assert told == [("export-sv", count), ("export-en", count)]
