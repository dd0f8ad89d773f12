"""The groups of ISCO-08, which JobTech and ESCO both publish."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from taxonomy.gql.concepts import Concept
from taxonomy.gql.fields import Info, column, computed
from taxonomy.gql.occupations import OccupationGroup
from taxonomy.gql.pages import ConnectionType, Edge, EdgeType, Listing, edges, edges_of, node_of, nodes_of
from taxonomy.model.concept import Provenance, facts_of
from taxonomy.services import crosswalk

if TYPE_CHECKING:
    from taxonomy.gql.esco import EscoOccupationConnection

LazyEscoOccupations = Annotated["EscoOccupationConnection", strawberry.lazy("taxonomy.gql.esco")]


def _level(root: int, info: Info) -> int:
    return facts_of(info.context.snapshot.kind_of[root]).level or 0


def _occupation_groups(root: int, info: Info) -> list[int]:
    return crosswalk.ssyk_groups_of(info.context.snapshot, root)


def _esco_occupations(root: int, info: Info) -> Listing:
    return Listing(crosswalk.esco_occupations_in(info.context.snapshot, [root]))


def _provenance(root: Edge, info: Info) -> Provenance:
    provenance: Provenance = root.row
    return provenance


@strawberry.type(
    description="A group of ISCO-08. JobTech publishes unit groups with Swedish texts, ESCO the groups of all"
    " levels: concepts of the same group are an exact match of each other, and each speaks for both."
)
class IscoGroup(Concept):
    """Kinds `isco-level-4` and `esco-isco-level-1` to `esco-isco-level-4`."""

    level: int = column(_level, "1 to 4: the number of digits of its code.")
    occupation_groups: list[OccupationGroup] = computed(
        _occupation_groups, "The SSYK groups that correspond to it, by name.", weight=15, size=3
    )
    esco_occupations: LazyEscoOccupations = edges(
        _esco_occupations, "The ESCO occupations in it, of all levels below, by name.", weight=20
    )


@strawberry.type(description="One ISCO group of an occupation.")
class IscoGroupEdge(EdgeType):
    """An edge that says how far the statement goes."""

    node: IscoGroup = column(node_of, "The ISCO group; JobTech's concept of it, where there is one.")
    provenance: Provenance = column(
        _provenance, "MAPPING: a table states it for the occupation. GROUP: it follows from its SSYK group."
    )


@strawberry.type(description="The ISCO groups of an occupation.")
class IscoGroupConnection(ConnectionType):
    """A page of ISCO groups."""

    edges: list[IscoGroupEdge] = column(edges_of, "The edges of this page.")
    nodes: list[IscoGroup] = column(nodes_of, "The ISCO groups of this page.")
