"""What is said of one concept: labels, definitions, codes, deprecation, what is above and below."""

from collections import Counter

import pytest

from tests.gql.service import Service

NURSE = "bXNH_MNX_dUR"


def test_a_label_falls_back_to_swedish_and_says_so(sample: Service) -> None:
    data = sample.ask(
        f'{{ nurse: concept(id: "{NURSE}") {{ label(locale: EN) labelLocale(locale: EN) }}'
        ' group: occupationGroup(by: {ssyk: "2221"}) {'
        " sv: label en: label(locale: EN) svLocale: labelLocale enLocale: labelLocale(locale: EN) } }"
    )
    assert data == {
        "nurse": {"label": "Sjuksköterska, grundutbildad", "labelLocale": "SV"},
        "group": {
            "sv": "Grundutbildade sjuksköterskor",
            "en": "Professional nurses",
            "svLocale": "SV",
            "enLocale": "EN",
        },
    }


def test_label_locale_is_the_language_asked_for_or_the_one_label_gives(everything: Service) -> None:
    query = (
        "query($first: Int, $after: String) {"
        " concepts(first: $first, after: $after, includeDeprecated: true) { totalCount"
        " pageInfo { hasNextPage endCursor } edges { node { id sv: label en: label(locale: EN)"
        " svLocale: labelLocale enLocale: labelLocale(locale: EN) } } } }"
    )
    for edge in everything.pages(query, "concepts", 1000):
        node = edge["node"]
        assert node["sv"]
        assert node["en"]
        # In what is asked for, or the same as in the other language.
        assert node["svLocale"] == "SV" or node["sv"] == node["en"]
        assert node["enLocale"] == "EN" or node["sv"] == node["en"]


def test_a_definition_says_its_language_and_source_and_never_repeats_the_label(everything: Service) -> None:
    query = (
        "query($first: Int, $after: String) {"
        " concepts(first: $first, after: $after, includeDeprecated: true) { totalCount"
        " pageInfo { hasNextPage endCursor } edges { node { id"
        " sv: label en: label(locale: EN) definition { text locale source } } } } }"
    )
    sources = {source.id for source in everything.release.draft.sources}
    defined = 0
    for edge in everything.pages(query, "concepts", 1000):
        definition = edge["node"]["definition"]
        if definition:
            defined += 1
            assert definition["text"].strip()
            assert definition["text"] not in (edge["node"]["sv"], edge["node"]["en"])
            assert definition["source"] in sources
    assert defined


def test_the_sample_s_groups_whose_definition_repeats_the_label_have_none(sample: Service) -> None:
    data = sample.ask("{ occupationGroups(level: 1) { nodes { code definition { text } } } }")
    nodes = data["occupationGroups"]["nodes"]
    assert len(nodes) == 7
    assert [node["definition"] for node in nodes] == [None] * 7


def test_a_replaced_occupation_has_no_group_and_says_what_replaced_it(sample: Service) -> None:
    data = sample.ask(
        '{ occupation(id: "Phit_Tat_001") { deprecated group { id } replacedBy { id label } replaces { id } }'
        ' new: occupation(id: "GDHs_eoz_uKx") { deprecated replaces { id deprecated } replacedBy { id } } }'
    )
    assert data == {
        "occupation": {
            "deprecated": True,
            "group": None,
            "replacedBy": [{"id": "GDHs_eoz_uKx", "label": "Frontend-utvecklare"}],
            "replaces": [],
        },
        "new": {
            "deprecated": False,
            "replaces": [{"id": "Phit_Tat_001", "deprecated": True}],
            "replacedBy": [],
        },
    }


def test_deprecated_concepts_are_listed_only_when_asked_for(sample: Service) -> None:
    query = (
        "query($all: Boolean!) { concepts(includeDeprecated: $all, first: 1000) { nodes { id deprecated } } }"
    )
    active, every = (sample.ask(query, all=flag)["concepts"]["nodes"] for flag in (False, True))
    assert [node for node in every if not node["deprecated"]] == active
    assert {node["id"] for node in every if node["deprecated"]} == {"Phit_Tat_001", "Phit_Tat_002"}
    listed = sample.ask("{ occupations(first: 1000) { nodes { id } } }")["occupations"]["nodes"]
    assert not {node["id"] for node in listed} & {"Phit_Tat_001", "Phit_Tat_002"}


def test_every_active_occupation_is_in_one_group_of_level_4(everything: Service) -> None:
    query = (
        "query($first: Int, $after: String) { occupations(first: $first, after: $after) { totalCount"
        " pageInfo { hasNextPage endCursor } edges { node { id group { id level code kind }"
        " broader(scheme: SSYK_2012) { id } } } } }"
    )
    for edge in everything.pages(query, "occupations", 1000):
        group = edge["node"]["group"]
        assert (group["level"], group["kind"], len(group["code"])) == (4, "SSYK_LEVEL_4", 4)
        assert edge["node"]["broader"] == [{"id": group["id"]}]


def test_the_code_of_a_group_begins_with_its_parent_s(everything: Service) -> None:
    query = (
        "query($level: Int!) { occupationGroups(level: $level, first: 1000) { nodes {"
        " id level code parent { id level code } children(first: 1000) { nodes { parent { id } } } } } }"
    )
    for level in (1, 2, 3, 4):
        for group in everything.ask(query, level=level)["occupationGroups"]["nodes"]:
            assert group["level"] == level == len(group["code"])
            assert all(child["parent"]["id"] == group["id"] for child in group["children"]["nodes"])
            parent = group["parent"]
            assert parent is None if level == 1 else parent["level"] == level - 1
            assert parent is None or group["code"].startswith(parent["code"])


def test_codes_keep_their_leading_zeros(sample: Service) -> None:
    data = sample.ask(
        '{ occupationGroup(by: {ssyk: "0110"}) { code codes { system value } parent { code } } }'
    )
    assert data["occupationGroup"]["code"] == "0110"
    assert {"system": "ssyk-code-2012", "value": "0110"} in data["occupationGroup"]["codes"]
    assert data["occupationGroup"]["parent"]["code"] == "011"


def test_other_names_are_given_in_the_language_asked_for_only(sample: Service) -> None:
    data = sample.ask(
        f'{{ concept(id: "{NURSE}") {{ sv: alternativeLabels'
        " en: alternativeLabels(locale: EN) hiddenLabels } }"
    )
    assert data["concept"]["hiddenLabels"] == ["Sjukskötterska"]
    assert data["concept"]["sv"] == sorted(data["concept"]["sv"]) != []


def test_the_counts_of_a_release_are_the_lengths_of_its_lists(everything: Service) -> None:
    data = everything.ask(
        "{ release { counts { kind count } relationCounts { relation count } }"
        " concepts(includeDeprecated: true, first: 0) { totalCount } }"
    )
    counts = {row["kind"]: row["count"] for row in data["release"]["counts"]}
    assert sum(counts.values()) == data["concepts"]["totalCount"] == everything.snapshot.count
    query = (
        "query($k: ConceptKind!) { concepts(kinds: [$k], includeDeprecated: true, first: 0) { totalCount } }"
    )
    for kind, count in counts.items():
        assert everything.ask(query, k=kind)["concepts"]["totalCount"] == count
    totals = Counter({row["relation"]: row["count"] for row in data["release"]["relationCounts"]})
    assert totals == Counter(
        {
            kind.name: len(everything.snapshot.edges(kind).target)
            for kind in type(next(iter(everything.snapshot.relations))[0])
            if len(everything.snapshot.edges(kind).target)
        }
    )


@pytest.mark.parametrize("id_", [NURSE, "rQds_YGd_quU", "MR4H_FFT_mTj"])
def test_one_concept_says_the_same_through_every_root_field(sample: Service, id_: str) -> None:
    fields = "{ id uri kind scheme code label deprecated }"
    kind = sample.ask("query($i: ID!) { concept(id: $i) { kind } }", i=id_)["concept"]["kind"]
    own = "occupation" if kind == "OCCUPATION_NAME" else "skill"
    data = sample.ask(
        f"query($i: ID!) {{ node(id: $i) {{ ... on Concept {fields} }}"
        f" nodes(ids: [$i]) {{ ... on Concept {fields} }}"
        f" concept(id: $i) {fields} {own}(id: $i) {fields} }}",
        i=id_,
    )
    assert data["node"] == data["concept"] == data[own] == data["nodes"][0]
