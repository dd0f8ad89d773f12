"""Findings: what the load of a release remarked on the data, one by one."""

from typing import Annotated, Any

import strawberry

from taxonomy.checks import CATALOGUE
from taxonomy.gql.concepts import Concept
from taxonomy.gql.fields import FACTS, ArgumentFacts, Info, column, of
from taxonomy.gql.pages import ConnectionType, EdgeType, Listing, edges_of, node_of, nodes_of
from taxonomy.model.errors import BadInput
from taxonomy.model.finding import Finding, Severity
from taxonomy.snapshot import Snapshot


def _check_codes(snapshot: Snapshot, codes: list[str]) -> None:
    unknown = [code for code in codes if code not in CATALOGUE]
    if unknown:
        raise BadInput(f"codes: there is no check {', '.join(unknown[:5])} (docs/checks.md lists them)")


CodesFilter = Annotated[
    list[str] | None,
    strawberry.argument(
        description="Only what these checks found, by code.", metadata={FACTS: ArgumentFacts(_check_codes)}
    ),
]


class _Found:
    """The findings at these rows, read when a page of them is cut."""

    def __init__(self, snapshot: Snapshot, rows: Any) -> None:
        self._snapshot = snapshot
        self._rows = rows

    def __getitem__(self, page: slice) -> list[Finding]:
        return [self._snapshot.finding(row) for row in self._rows[page].tolist()]

    def __len__(self) -> int:
        return len(self._rows)


def findings_of(root: None, info: Info, codes: CodesFilter = None) -> Listing:
    """The resolver of `findings`."""
    snapshot = info.context.snapshot
    return Listing(_Found(snapshot, snapshot.findings(None if codes is None else frozenset(codes))))


def _title(root: Finding, info: Info) -> str:
    return CATALOGUE[root.code].title


def _concept(root: Finding, info: Info) -> int | None:
    return info.context.snapshot.index.get(root.subject)


@strawberry.type(name="Finding", description="One remark on the data of a release.")
class FindingType:
    """A `model.finding.Finding`."""

    code: str = column(of("code"), "The check, as the documentation lists it (docs/checks.md).")
    severity: Severity = column(of("severity"), "How bad it is.")
    title: str = column(_title, "What was found, in a few words.")
    subject: str = column(of("subject"), "What it is about: mostly the id of a concept.")
    concept: Concept | None = column(_concept, "The concept that it is about; null if it is about none.")
    file: str = column(of("file"), "The file that it was found in; empty if it was found in the whole.")
    row: str = column(of("row"), "Where in the file, as its reader counts; empty if nowhere in particular.")
    message: str = column(of("message"), "What is remarked.")
    count: int = column(of("count"), "How many rows it stands for.")


@strawberry.type(description="One finding of a list.")
class FindingEdge(EdgeType):
    """An edge without facts of its own."""

    node: FindingType = column(node_of, "The finding.")


@strawberry.type(description="Findings, by check.")
class FindingConnection(ConnectionType):
    """A page of findings."""

    edges: list[FindingEdge] = column(edges_of, "The edges of this page.")
    nodes: list[FindingType] = column(nodes_of, "The findings of this page.")
