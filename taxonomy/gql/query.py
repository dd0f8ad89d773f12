"""The root of the schema: the questions that can be asked."""

from typing import Any, NamedTuple

import strawberry

from taxonomy.gql.arguments import (
    CodeArg,
    EscoOccupationIdArg,
    EscoSkillIdArg,
    FromArg,
    IdArg,
    IdsArg,
    IncludeDeprecatedArg,
    KindsFilter,
    LevelArg,
    MaxLengthArg,
    OccupationIdArg,
    PathsArg,
    RelationsFilter,
    SchemeArg,
    SkillIdArg,
    ToArg,
    find,
    find_kind,
)
from taxonomy.gql.career_paths import CareerPathType, paths, weight_of_paths
from taxonomy.gql.concepts import Concept, ConceptConnection, Node
from taxonomy.gql.enums import kinds_of
from taxonomy.gql.esco import EscoOccupation, EscoOccupationConnection, EscoSkill, EscoSkillConnection
from taxonomy.gql.fields import Arguments, Info, column, computed, of
from taxonomy.gql.filters import (
    ByGroup,
    ByIsco,
    EscoOccupationFilterArg,
    EscoSkillFilterArg,
    OccupationFilterArg,
    SkillFilterArg,
)
from taxonomy.gql.findings import FindingConnection, findings_of
from taxonomy.gql.isco import IscoGroup
from taxonomy.gql.matching import (
    OccupationMatchConnection,
    SkillGap,
    gap,
    matches,
    weight_of,
)
from taxonomy.gql.occupations import (
    Occupation,
    OccupationConnection,
    OccupationField,
    OccupationGroup,
    OccupationGroupConnection,
    Region,
)
from taxonomy.gql.pages import (
    Listing,
    edges,
)
from taxonomy.gql.reconcile import Reconciliation, reconciled, size_of
from taxonomy.gql.reconcile import weight_of as weight_of_texts
from taxonomy.gql.releases import ReleaseType
from taxonomy.gql.search import SearchConnection, search_weight, searched
from taxonomy.gql.skills import EvidenceStep, Skill, SkillConnection
from taxonomy.gql.transitions import TransitionConnection, reach
from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    OCCUPATION,
    OCCUPATION_FIELD,
    REGION,
    SKILL,
    SSYK_LEVELS,
    Kind,
)
from taxonomy.model.release import Release
from taxonomy.services import browse
from taxonomy.services.paths import shortest_paths
from taxonomy.snapshot import Snapshot

_COUNTY_CODE = "national-nuts-level-3-code-2019"


def _release(root: None, info: Info) -> Release:
    return info.context.snapshot.release


def _releases(root: None, info: Info) -> tuple[Release, ...]:
    return info.context.releases


def _find(root: None, info: Info, id: IdArg) -> int | None:
    return find(info.context.snapshot, id)


def _nodes(root: None, info: Info, ids: IdsArg) -> list[int | None]:
    return [find(info.context.snapshot, text) for text in ids]


def _concept_by_code(root: None, info: Info, scheme: SchemeArg, code: CodeArg) -> int | None:
    return info.context.snapshot.by_code.get((scheme, code))


def _concepts(
    root: None, info: Info, kinds: KindsFilter = None, include_deprecated: IncludeDeprecatedArg = False
) -> Listing:
    return Listing(browse.concepts(info.context.snapshot, kinds_of(kinds), include_deprecated))


def _occupation(root: None, info: Info, id: OccupationIdArg) -> int | None:
    return find_kind(info.context.snapshot, id, frozenset({OCCUPATION}))


def _skill(root: None, info: Info, id: SkillIdArg) -> int | None:
    return find_kind(info.context.snapshot, id, frozenset({SKILL}))


def _esco_occupation(root: None, info: Info, id: EscoOccupationIdArg) -> int | None:
    return find_kind(info.context.snapshot, id, frozenset({ESCO_OCCUPATION}))


def _esco_skill(root: None, info: Info, id: EscoSkillIdArg) -> int | None:
    return find_kind(info.context.snapshot, id, frozenset({ESCO_SKILL}))


def _occupation_group(root: None, info: Info, by: ByGroup) -> int | None:
    return by.find(info.context.snapshot)


def _isco_group(root: None, info: Info, by: ByIsco) -> int | None:
    return by.find(info.context.snapshot)


def _occupations(root: None, info: Info, filter: OccupationFilterArg = None) -> Listing:
    return _listed(info.context.snapshot, OCCUPATION, filter)


def _skills(root: None, info: Info, filter: SkillFilterArg = None) -> Listing:
    return _listed(info.context.snapshot, SKILL, filter)


def _esco_occupations(root: None, info: Info, filter: EscoOccupationFilterArg = None) -> Listing:
    return _listed(info.context.snapshot, ESCO_OCCUPATION, filter)


def _esco_skills(root: None, info: Info, filter: EscoSkillFilterArg = None) -> Listing:
    return _listed(info.context.snapshot, ESCO_SKILL, filter)


def _listed(snapshot: Snapshot, kind: Kind, filter: Any) -> Listing:
    if filter is None:
        return Listing(browse.concepts(snapshot, frozenset({kind}), include_deprecated=False))
    return Listing(filter.apply(snapshot))


def _occupation_groups(root: None, info: Info, level: LevelArg = 4) -> Listing:
    return Listing(info.context.snapshot.kind_range(SSYK_LEVELS[level - 1]))


def _counties(root: None, info: Info) -> list[int]:
    snapshot = info.context.snapshot
    return [
        number
        for number in snapshot.kind_range(REGION)
        if any(system == _COUNTY_CODE for system, _ in snapshot.all_codes(number))
    ]


def _fields(root: None, info: Info) -> list[int]:
    return list(info.context.snapshot.kind_range(OCCUPATION_FIELD))


class _Path(NamedTuple):
    steps: tuple[Any, ...]
    concepts: list[int]


def _paths(
    root: None,
    info: Info,
    from_: FromArg,
    to: ToArg,
    relations: RelationsFilter = None,
    max_length: MaxLengthArg = 6,
    first: PathsArg = 3,
) -> list[_Path]:
    snapshot = info.context.snapshot
    start, end = find(snapshot, from_), find(snapshot, to)
    if start is None or end is None:
        return []
    kinds = None if relations is None else frozenset(relations)
    found = shortest_paths(snapshot, start, end, relations=kinds, max_length=max_length, limit=first)
    return [_Path(path, [start, *(step.target for step in path)]) for path in found]


def _list_weight(arguments: Arguments) -> int:
    wanted = arguments.get("filter")
    return 100 + (wanted.weight if wanted else 0)


def _first(arguments: Arguments) -> int:
    first: int = arguments["first"]
    return first


def _id_count(arguments: Arguments) -> int:
    return len(arguments["ids"])


@strawberry.type(description="A way from one concept to another.")
class ConceptPath:
    """Steps and the concepts they join."""

    length: int = column(
        of(lambda root: len(root.steps)), "How many steps it has; 0 from a concept to itself."
    )
    concepts: list[Concept] = column(of("concepts"), "The concepts on it, both ends included.", size=7)
    steps: list[EvidenceStep] = column(of("steps"), "Its steps.", size=6)


@strawberry.type(
    description="What can be asked of a release; `?release=` in the URL chooses another than the current."
)
class Query:
    """The root type."""

    release: ReleaseType = column(_release, "The release that this answer is from.")
    releases: list[ReleaseType] = column(
        _releases, "The history of published releases, oldest first.", size=20
    )
    node: Node | None = computed(_find, "The object with an id; null for an unknown id.", weight=1)
    nodes: list[Node | None] | None = computed(
        _nodes,
        "Many objects at once, in the order of the ids, null where one is unknown.",
        weight=1,
        size=_id_count,
    )
    concept: Concept | None = computed(_find, "The concept with an id; null for an unknown id.", weight=1)
    concept_by_code: Concept | None = computed(
        _concept_by_code, "The active concept of a scheme with a code; null if there is none.", weight=5
    )
    concepts: ConceptConnection | None = edges(_concepts, "Concepts by kind and name.", weight=100)
    search: SearchConnection | None = edges(
        searched,
        "Concepts by id, by code or its beginning, then by their names: exact before prefix before word,"
        " preferred before other labels, å, ä and ö as typed before folded; then by kind and name.",
        default=10,
        weight=search_weight,
    )
    findings: FindingConnection | None = edges(
        findings_of, "What the load of this release remarked on the data: by check, then as it was found."
    )
    reconcile: list[Reconciliation] | None = computed(
        reconciled,
        "What texts of one's own data mean, in their order: ids, codes, names, job titles. Of two that fit"
        " as well, the kind that is named first is surer. Asked by POST, not stored.",
        weight=weight_of_texts,
        size=size_of,
        personal=True,
    )
    occupation: Occupation | None = computed(
        _occupation, "The occupation with an id; null for an unknown id.", weight=1
    )
    occupation_group: OccupationGroup | None = computed(
        _occupation_group, "The SSYK group with an id or a code; null if there is none.", weight=5
    )
    skill: Skill | None = computed(_skill, "The skill with an id; null for an unknown id.", weight=1)
    esco_occupation: EscoOccupation | None = computed(
        _esco_occupation, "The ESCO occupation with an id; null for an unknown id.", weight=1
    )
    esco_skill: EscoSkill | None = computed(
        _esco_skill, "The ESCO skill with an id; null for an unknown id.", weight=1
    )
    isco_group: IscoGroup | None = computed(
        _isco_group,
        "The ISCO group with an id or a code (JobTech's, where both publish it); null if there is none.",
        weight=5,
    )
    occupations: OccupationConnection | None = edges(
        _occupations, "Active occupations, by name.", weight=_list_weight
    )
    occupation_groups: OccupationGroupConnection | None = edges(
        _occupation_groups, "SSYK groups of a level, by name."
    )
    skills: SkillConnection | None = edges(_skills, "Active skills, by name.", weight=_list_weight)
    esco_occupations: EscoOccupationConnection | None = edges(
        _esco_occupations, "ESCO occupations, by name.", weight=_list_weight
    )
    esco_skills: EscoSkillConnection | None = edges(
        _esco_skills, "ESCO skills, by name.", weight=_list_weight
    )
    regions: list[Region] = column(
        _counties, "The Swedish counties, by name; `concepts` lists all regions.", size=21
    )
    occupation_fields: list[OccupationField] = column(_fields, "All occupation fields, by name.", size=21)
    shortest_paths: list[ConceptPath] | None = computed(
        _paths,
        "The shortest ways between two concepts, relations walked both ways: all of one length, by name."
        " Empty when there is none, or an end is unknown.",
        weight=3000,
        size=_first,
    )
    career_paths: list[CareerPathType] | None = computed(
        paths,
        "The cheapest ways from one occupation to another, with demand in a region (without one: in the"
        " country): by cost, then by number of steps, then by name. Null for an unknown id; empty from an"
        " occupation to itself (docs/matching.md).",
        weight=weight_of_paths,
        size=_first,
    )
    match_occupations: OccupationMatchConnection | None = edges(
        matches,
        "Occupations for a person's profile: by falling rawScore, then by name. Asked by POST, not stored.",
        default=10,
        weight=weight_of,
        personal=True,
    )
    transitions: TransitionConnection | None = edges(
        reach,
        "Occupations within reach of one: by falling rawScore, then by name; none for an unknown id. Asked by"
        " POST, not stored.",
        default=10,
        weight=weight_of,
        personal=True,
    )
    skill_gap: SkillGap | None = computed(
        gap,
        "What is between a profile and an occupation; null for an unknown id. Asked by POST, not stored.",
        weight=weight_of,
        personal=True,
    )
