"""An export, loaded into an empty store, is the release again."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taxonomy.export.files import write_texts
from taxonomy.ingest.pipeline import refuse_errors
from taxonomy.model.concept import Concept, Kind, Locale, Provenance
from taxonomy.model.relation import SKILL_RELATIONS, Necessity, Relation, RelationKind
from taxonomy.model.release import Content
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import FORMATS, export
from taxonomy.rdf.iris import Publication
from tests.builders import RECIPE_WITH_ESCO, content, real_content, real_esco_snapshot, relation
from tests.builders import concept as made
from tests.rdf.published import (
    PUBLICATION,
    dataset_of,
    differences,
    essence,
    reloaded,
    sample,
    sample_dataset,
    sample_text,
    text_of,
)

ENDINGS = {name: {"rdfxml": "rdf"}.get(name, name) for name in FORMATS}
IDS = [f"{name}_aaa_aaa" for name in ("aaaa", "bbbb", "cccc")] + ["esco:skill/a", "esco:occupation/b"]
words = st.text("abcåäö \"'\\<&>{}#%.-", min_size=1, max_size=12)
words = words.map(lambda text: " ".join(text.split()) or "a")


def assert_same(before: Content, after: Content) -> None:
    concepts, relations = essence(before)
    again, relations_again = essence(after)
    assert differences(concepts, again) == []
    assert differences(relations, relations_again) == []
    assert (len(again), len(relations_again)) == (len(concepts), len(relations))


@pytest.mark.parametrize("name", FORMATS)
def test_the_sample_comes_back_from_every_format(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"export.{ENDINGS[name]}"
    file.write_text(sample_text(name), "utf-8")
    after = reloaded(file)
    refuse_errors(after.findings)
    assert_same(sample()[1], after)


def test_it_comes_back_under_another_namespace(tmp_path: Path) -> None:
    namespace = "https://data.example.se/og/"
    file = tmp_path / "export.ttl"
    file.write_text(text_of(Dataset(sample_dataset().snapshot, Publication(namespace)), "ttl"), "utf-8")
    assert_same(sample()[1], reloaded(file, namespace))


named = st.tuples(words, st.lists(words, max_size=3), st.lists(words, max_size=2), st.booleans())


def concept(id_: str, kind: Kind, texts: tuple[str, list[str], list[str], bool]) -> Concept:
    preferred, alternative, hidden, deprecated = texts
    alternative = sorted({text for text in alternative if text != preferred})
    hidden = sorted({text for text in hidden if text not in (preferred, *alternative)})
    return made(id_, preferred, kind, alternative=alternative, hidden=hidden, deprecated=deprecated)


def said(kind: RelationKind) -> st.SearchStrategy[Relation]:
    """What sources say of relations of a kind: only substitutions have levels, only skills are needed."""
    level = st.sampled_from([25, 75]) if kind is RelationKind.SUBSTITUTES else st.none()
    skill = kind in SKILL_RELATIONS
    necessity = st.none() | st.sampled_from(Necessity) if skill else st.none()
    rank = st.none() | st.integers(1, 40) if skill else st.none()
    ends = st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True)
    return st.builds(
        lambda ends, how, **more: relation(kind, ends[0], ends[1], how, **more),
        ends,
        st.sampled_from(Provenance),
        necessity=necessity,
        level=level,
        rank=rank,
    )


KINDS = [*map(Kind, ("occupation-name", "skill", "keyword", "esco-skill", "esco-occupation"))]
STATED = [kind for kind in RelationKind if kind is not RelationKind.MEMBER_OF]
relations = st.lists(st.sampled_from(STATED).flatmap(said), max_size=12, unique_by=lambda row: row[:4])


@settings(max_examples=40, deadline=None)
@given(st.tuples(*[named] * len(IDS)), relations, st.sampled_from(["nt", "ttl", "trig"]))
def test_whatever_can_be_stored_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    names: tuple[tuple[str, list[str], list[str], bool], ...],
    rows: list[Relation],
    name: str,
) -> None:
    before = content(map(concept, IDS, KINDS, names), rows)
    file = tmp_path_factory.mktemp("export") / f"x.{name}"
    file.write_text(text_of(dataset_of(before), name), "utf-8")
    assert_same(before, reloaded(file))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_publishers_files_come_back(real_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "export.nt"
    dataset = Dataset(real_esco_snapshot(real_data), PUBLICATION)
    write_texts(file, export(dataset, "nt"))
    assert_same(real_content(real_data, RECIPE_WITH_ESCO)[1], reloaded(file))


def test_languages_are_read_one_manifest_each(tmp_path: Path) -> None:
    file = tmp_path / "export.nt"
    file.write_text(sample_text("nt"), "utf-8")
    after = reloaded(file)
    sources = {(label.locale, label.source) for concept in after.concepts for label in concept.labels}
    assert sources == {(locale, f"export-{locale}") for locale in Locale}
