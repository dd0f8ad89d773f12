"""Findings: all that the load remarked, by check, each with the concept that it is about."""

from collections import Counter

from tests.gql.service import Service

PAGED = """query($codes: [String!], $first: Int, $after: String) {
  findings(codes: $codes, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { code severity title subject file row message count concept { id } } }
  }
}"""


def test_the_findings_are_those_that_the_release_counts(everything: Service) -> None:
    counted: Counter[tuple[str, str, str]] = Counter()
    for edge in everything.pages(PAGED, "findings", 1000):
        node = edge["node"]
        counted[node["code"], node["severity"], node["title"]] += node["count"]
        assert node["message"]
        assert node["concept"] in (None, {"id": node["subject"]})
    release = everything.ask("{ release { findings { code severity title count } } }")["release"]
    assert counted == {
        (one["code"], one["severity"], one["title"]): one["count"] for one in release["findings"]
    }


def test_findings_are_listed_by_check_and_of_some_checks(everything: Service) -> None:
    codes = [edge["node"]["code"] for edge in everything.pages(PAGED, "findings", 1000)]
    assert codes == sorted(codes)
    some = ["TX501", "TX102"]
    found = [edge["node"]["code"] for edge in everything.pages(PAGED, "findings", 1000, codes=some)]
    assert found == [code for code in codes if code in some]
    assert everything.pages(PAGED, "findings", 5, codes=[]) == []


def test_a_check_that_there_is_not_is_an_error(sample: Service) -> None:
    assert sample.codes('{ findings(codes: ["TX999"]) { totalCount } }') == ["BAD_INPUT"]
