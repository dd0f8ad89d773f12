"""What changed from ESCO 1.1.0 to 1.1.1, beside what the official zips say when read without our readers."""

import csv
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from taxonomy.declarations import LOADERS, RECIPES
from taxonomy.ingest.manifest import read_manifest, read_recipe
from taxonomy.ingest.pipeline import gather
from taxonomy.model.concept import ESCO_SKILL
from taxonomy.model.ids import ESCO_NAMESPACE
from taxonomy.services.diff import Change, Diff, diff
from taxonomy.snapshot import Snapshot
from tests.builders import snapshot

KINDS = {
    "occupations": "esco-occupation",
    "skills": "esco-skill",
    "skillGroups": "esco-skill-group",
    "ISCOGroups": "isco",
}
CAME_AND_WENT = (Change.ADDED, Change.REMOVED)

pytestmark = pytest.mark.slow


class Zips:
    """The files of one version, as the zips have them."""

    def __init__(self, data: Path, version: str) -> None:
        csv.field_size_limit(sys.maxsize)
        self._folder = data / "esco" / f"v{version}"
        rows = {kind: list(self.rows(f"{file}_en.csv")) for file, kind in KINDS.items()}
        self.kinds = {id_of(row["conceptUri"]): kind for kind, some in rows.items() for row in some}
        every = [row for some in rows.values() for row in some]
        self.labels = {id_of(row["conceptUri"]): row["preferredLabel"].strip() for row in every}
        self.others = {id_of(row["conceptUri"]): names(row) for row in every}
        self.groups = {row["code"]: id_of(row["conceptUri"]) for row in rows["esco-skill-group"]}

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        for file in sorted(self._folder.glob("*.zip")):
            with zipfile.ZipFile(file) as archive:
                for member in archive.namelist():
                    if member.rpartition("/")[2] == name:
                        text = archive.read(member).decode("utf-8-sig")
                        yield from csv.DictReader(io.StringIO(text, newline=""))

    def pairs(self, name: str, subject: str, object_: str, necessity: str = "") -> set[tuple[str, str]]:
        """The pairs of a file whose ends are both known."""
        found = {
            (id_of(row[subject]), id_of(row[object_]))
            for row in self.rows(name)
            if not necessity or row["relationType"] == necessity
        }
        return {pair for pair in found if pair[0] != pair[1] and self.kinds.keys() >= {*pair}}


def id_of(uri: str) -> str:
    return "esco:" + uri.removeprefix(ESCO_NAMESPACE)


def names(row: dict[str, str]) -> set[str]:
    """The alternative labels of a row, each once, without the preferred one."""
    texts = {text.strip() for text in (row.get("altLabels") or "").split("\n")}
    return texts - {"", row["preferredLabel"].strip()}


@cache
def esco(data: Path, version: str) -> Snapshot:
    manifest = read_manifest(LOADERS / f"esco-{version}.toml")
    recipe = read_recipe(RECIPES / "sweden-esco.toml")._replace(manifests=(manifest,))
    _, content = gather(recipe, data)
    return snapshot(content.concepts, content.relations)


@pytest.fixture(scope="module")
def changes(real_data: Path) -> Diff:
    return diff(esco(real_data, "1.1.0"), esco(real_data, "1.1.1"))


@pytest.fixture(scope="module")
def old(real_data: Path) -> Zips:
    return Zips(real_data, "1.1.0")


@pytest.fixture(scope="module")
def new(real_data: Path) -> Zips:
    return Zips(real_data, "1.1.1")


@pytest.fixture(scope="module")
def same_group(old: Zips, new: Zips) -> dict[str, str]:
    """Which group of 1.1.0 is which one of 1.1.1, by code, where the URI is another one."""
    gone, fresh = old.kinds.keys() - new.kinds.keys(), new.kinds.keys() - old.kinds.keys()
    return {
        id_: new.groups[code]
        for code, id_ in old.groups.items()
        if id_ in gone and new.groups.get(code) in fresh
    }


def ids(changes: Diff, change: Change, beginning: str = "esco:skill") -> set[str]:
    return {row.id for row in changes.concepts if row.change is change and row.id.startswith(beginning)}


def test_groups_with_the_same_code_are_paired(changes: Diff, same_group: dict[str, str]) -> None:
    paired = {row.before[0]: row.after[0] for row in changes.concepts if row.change is Change.RENUMBERED}
    assert paired == same_group
    assert len(paired) == 410


def test_what_came_and_went_is_what_the_zips_say(
    changes: Diff, old: Zips, new: Zips, same_group: dict[str, str]
) -> None:
    gone = old.kinds.keys() - new.kinds.keys() - same_group.keys()
    came = new.kinds.keys() - old.kinds.keys() - set(same_group.values())
    collections = "esco:concept-scheme/"
    told = {change: {row.id for row in changes.concepts if row.change is change} for change in CAME_AND_WENT}
    assert {id_ for id_ in told[Change.REMOVED] if not id_.startswith(collections)} == gone
    assert {id_ for id_ in told[Change.ADDED] if not id_.startswith(collections)} == came
    assert Counter(old.kinds[id_] for id_ in gone) == {"esco-skill-group": 8, "esco-occupation": 1}
    assert Counter(new.kinds[id_] for id_ in came) == {"esco-skill-group": 10}


def test_five_groups_became_skills(changes: Diff, old: Zips, new: Zips) -> None:
    told = ids(changes, Change.KIND)
    assert told == {id_ for id_, kind in old.kinds.items() if new.kinds.get(id_, kind) != kind}
    assert len(told) == 5
    assert {row.kind for row in changes.concepts if row.change is Change.KIND} == {ESCO_SKILL}


def test_labels_are_those_that_changed(
    changes: Diff, old: Zips, new: Zips, same_group: dict[str, str]
) -> None:
    kept = {id_: same_group.get(id_, id_) for id_ in old.labels}
    kept = {one: other for one, other in kept.items() if other in new.labels}
    relabelled = {other for one, other in kept.items() if old.labels[one] != new.labels[other]}
    assert ids(changes, Change.RELABELLED, "esco:") == relabelled
    renamed = {other for one, other in kept.items() if old.others[one] != new.others[other]}
    assert ids(changes, Change.OTHER_LABELS, "esco:") == renamed


@pytest.mark.parametrize(("necessity", "went", "came"), [("essential", 236, 31), ("optional", 133, 274)])
def test_skills_of_occupations_are_those_that_changed(
    necessity: str, went: int, came: int, changes: Diff, old: Zips, new: Zips
) -> None:
    file = ("occupationSkillRelations.csv", "occupationUri", "skillUri", necessity)
    before, after = old.pairs(*file), new.pairs(*file)
    assert told(changes, f"{necessity}-skill", "esco:occupation") == (before - after, after - before)
    assert (len(before - after), len(after - before)) == (went, came)


@pytest.mark.parametrize("pillar", ["Occ", "Skill"])
def test_places_in_the_hierarchies_are_those_that_changed(
    pillar: str, changes: Diff, old: Zips, new: Zips, same_group: dict[str, str]
) -> None:
    file = (f"broaderRelations{pillar}Pillar.csv",)
    before = {
        (same_group.get(one, one), same_group.get(other, other))
        for one, other in old.pairs(*file, "conceptUri", "broaderUri")
    }
    after = new.pairs(*file, "conceptUri", "broaderUri")
    every = told(changes, "broader", "")
    subjects = {one for one, _ in before | after}
    assert tuple({pair for pair in some if pair[0] in subjects} for some in every) == (
        before - after,
        after - before,
    )
    moved = ids(changes, Change.MOVED, "esco:") & subjects
    kept = {same_group.get(id_, id_) for id_ in old.kinds} & new.kinds.keys()
    assert moved == {one for one, _ in before ^ after} & kept


def told(changes: Diff, relation: str, beginning: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The pairs that went and those that came, of a relation and of subjects that begin so."""
    rows = [
        row for row in changes.relations if row.relation == relation and row.subject.startswith(beginning)
    ]
    went, came = (
        {(row.subject, row.object) for row in rows if row.change is change}
        for change in (Change.RELATION_REMOVED, Change.RELATION_ADDED)
    )
    return went, came
