"""Outlook, advertisements, pay, requirements and flows: what a source says, of what, where and when."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from taxonomy.gql.arguments import RegionArg, find
from taxonomy.gql.concepts import Concept
from taxonomy.gql.fields import Info, column, computed, of
from taxonomy.gql.pages import ConnectionType, EdgeType, Listing, edges, edges_of, node_of, nodes_of
from taxonomy.model.concept import SSYK_GROUP, Locale
from taxonomy.model.observation import Coverage, Forecast, Opportunities
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.services import guidance
from taxonomy.services.guidance import Guidance, ObservationLevel

if TYPE_CHECKING:
    from taxonomy.gql.occupations import OccupationConnection, OccupationGroup

LazyGroup = Annotated["OccupationGroup", strawberry.lazy("taxonomy.gql.occupations")]
LazyOccupations = Annotated["OccupationConnection", strawberry.lazy("taxonomy.gql.occupations")]

_SOURCE = "Who says so: the `id` of one of the release's sources."
_PERIOD = "The time that it is of, as the source states it; `not stated` where it states none."
_UNIT = "What the numbers count; `not stated` where the source does not say."
_LEVEL = "Whether it is said of the occupation itself, or of its SSYK group."
_OF_GROUP = "The SSYK group that it is said of."


def place_of(info: Info, region: str | None) -> int | None:
    """The number of an optional argument `region`, which was checked before."""
    return None if region is None else find(info.context.snapshot, region)


def outlook_of_occupation(root: int, info: Info, region: RegionArg = None) -> Any:
    """The resolver of `Occupation.outlook`."""
    return guidance.outlook(info.context.snapshot, root, place_of(info, region))


def outlook_of_group(root: int, info: Info, region: RegionArg = None) -> list[Any]:
    """The resolver of `OccupationGroup.outlook`."""
    return list(guidance.outlooks_of_group(info.context.snapshot, root, place_of(info, region)))


def outlook_of_region(root: int, info: Info) -> Listing:
    """The resolver of `Region.outlook`."""
    return Listing(guidance.outlooks_in(info.context.snapshot, root))


def salary_of(root: int, info: Info) -> Any:
    """The resolver of `salary`."""
    return guidance.salary(info.context.snapshot, root)


def advertisements_of(root: int, info: Info, region: RegionArg = None) -> Any:
    """The resolver of `advertisements`."""
    return guidance.advertisements(info.context.snapshot, root, place_of(info, region))


def requirement_of(root: int, info: Info) -> Any:
    """The resolver of `Occupation.educationRequirement`."""
    return guidance.requirement(info.context.snapshot, root)


def flows_of(root: int, info: Info) -> Listing:
    """The resolver of `OccupationGroup.flows`."""
    found = guidance.flows(info.context.snapshot, root)
    return Listing([flow.group for flow in found], found)


def _coverage(root: int, info: Info) -> Coverage:
    return info.context.snapshot.derived(Guidance).coverage[root]


def _outlook(root: int, info: Info, region: RegionArg = None) -> Any:
    return guidance.outlook_of_barometer(info.context.snapshot, root, place_of(info, region))


def _occupations(root: int, info: Info) -> Listing:
    return Listing(guidance.assessed_as(info.context.snapshot, root))


def _groups(root: int, info: Info) -> list[int]:
    snapshot = info.context.snapshot
    found = snapshot.edges(RelationKind.ASSESSED_AS, Direction.IN).of(root)
    return sorted(number for number in found if snapshot.kind_of[number] == SSYK_GROUP)


def _level_of_flow(root: Any, info: Info) -> ObservationLevel:
    return ObservationLevel.GROUP


@strawberry.type(description="An occupation as the occupational barometer assesses it.")
class BarometerOccupation(Concept):
    """Kind `barometer-occupation`."""

    coverage: Coverage = column(_coverage, "How much of an SSYK group it is about.")
    groups: list[LazyGroup] = column(_groups, "The SSYK groups that it is about, by name.", size=2)
    occupations: LazyOccupations = edges(
        _occupations,
        "The occupations that it speaks of, by name: those the source names, and those of an SSYK group that"
        " it alone is about.",
        weight=20,
    )
    outlook: "Outlook | None" = computed(
        _outlook, "What the barometer says of it in a region; null where it says nothing.", weight=5
    )


@strawberry.type(
    description="What the occupational barometer says of an occupation in a region or in the country."
)
class Outlook:
    """A `services.guidance.Outlook`."""

    opportunities: Opportunities | None = column(
        of("opportunities"), "How easily those who have the occupation find work in it."
    )
    forecast: Forecast | None = column(of("forecast"), "How the demand for them will change.")
    region: Concept = column(of("region"), "The region or country that it is of.")
    of_: BarometerOccupation = column(of("of"), "The barometer occupation that it is said of.", name="of")
    coverage: Coverage = column(
        of("coverage"), "How much of the SSYK group the barometer occupation is about."
    )
    level: ObservationLevel = column(
        of("level"),
        "OCCUPATION: the source names the very occupation. GROUP: it speaks of the whole SSYK group of the"
        " occupation. BAROMETER_OCCUPATION: in a list, which is of barometer occupations.",
    )
    period: str = column(of("period"), _PERIOD)
    source: str = column(of("source"), _SOURCE)


@strawberry.type(description="What those in an SSYK group are paid; a percentile that is suppressed is null.")
class Salary:
    """A `services.guidance.Salary`."""

    p10: int | None = column(of("p10"), "The 10th percentile: a tenth earns less. Null where suppressed.")
    median: int | None = column(of("median"), "The median: half of them earn less. Null where suppressed.")
    p90: int | None = column(of("p90"), "The 90th percentile: a tenth earns more. Null where suppressed.")
    unit: str = column(of("unit"), _UNIT)
    region: Concept | None = column(of("region"), "Where; null where the source names no region.")
    of_: LazyGroup = column(of("of"), _OF_GROUP, name="of")
    level: ObservationLevel = column(of("level"), _LEVEL)
    period: str = column(of("period"), _PERIOD)
    source: str = column(of("source"), _SOURCE)


@strawberry.type(description="How many are employed in an SSYK group.")
class Employment:
    """A `services.guidance.Count` of persons."""

    persons: int = column(of("value"), "How many persons.")
    region: Concept = column(of("region"), "The region or country that they are counted in.")
    period: str = column(of("period"), _PERIOD)
    source: str = column(of("source"), _SOURCE)


@strawberry.type(description="How many advertisements there were for an SSYK group.")
class Advertisements:
    """A `services.guidance.Advertisements`."""

    count: int = column(of("advertised.value"), "How many advertisements, each perhaps for several jobs.")
    region: Concept = column(of("advertised.region"), "The region or country that they are of.")
    employed: Employment | None = column(
        of("employed"), "How many are employed in the group, where that is counted: here, or in the country."
    )
    per_thousand_employed: float | None = column(
        of(lambda root: None if root.per_thousand is None else round(root.per_thousand, 1)),
        "Advertisements for each thousand employed; null unless both are of the same region.",
    )
    of_: LazyGroup = column(of("advertised.of"), _OF_GROUP, name="of")
    level: ObservationLevel = column(of("level"), _LEVEL)
    period: str = column(of("advertised.period"), _PERIOD)
    source: str = column(of("advertised.source"), _SOURCE)


@strawberry.type(description="What education an occupation requires, in the words of a source.")
class EducationRequirement:
    """A `services.guidance.Requirement`."""

    text: str = column(of("text"), "The requirement, as published.")
    locale: Locale = column(of("locale"), "Its language.")
    level: ObservationLevel = column(of("level"), _LEVEL)
    period: str = column(of("period"), _PERIOD)
    source: str = column(of("source"), _SOURCE)


@strawberry.type(
    description="One SSYK group in another's list of the labour flow: people change between the two. The"
    " source says neither in which direction nor how many."
)
class FlowEdge(EdgeType):
    """An edge over a `services.guidance.Flow`."""

    node: LazyGroup = column(node_of, "The other group.")
    rank: int | None = column(
        of("row.rank"),
        "Its place in the list from 1, the greatest flow; null where the place is not certain.",
    )
    level: ObservationLevel = column(_level_of_flow, "GROUP: it is said of SSYK groups.")
    period: str = column(of("row.period"), _PERIOD)
    source: str = column(of("row.source"), _SOURCE)


@strawberry.type(description="The SSYK groups in a group's list of the labour flow.")
class FlowConnection(ConnectionType):
    """A page of flows."""

    edges: list[FlowEdge] = column(edges_of, "The edges of this page.")
    nodes: list[LazyGroup] = column(nodes_of, "The other groups.")


@strawberry.type(description="One outlook of a list.")
class OutlookEdge(EdgeType):
    """An edge without facts of its own."""

    node: Outlook = column(node_of, "What the barometer says.")


@strawberry.type(description="A list of outlooks.")
class OutlookConnection(ConnectionType):
    """A page of outlooks."""

    edges: list[OutlookEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Outlook] = column(nodes_of, "What the barometer says.")
