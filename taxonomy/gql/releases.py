"""What is loaded, from whom, and what was found about it."""

from datetime import datetime

import strawberry

from taxonomy.checks import CATALOGUE
from taxonomy.gql.enums import ConceptKind
from taxonomy.gql.fields import column, of
from taxonomy.model.finding import Severity
from taxonomy.model.observation import Measure
from taxonomy.model.relation import RelationKind


@strawberry.type(description="One version of one source that a release was made from.")
class Source:
    """A `model.release.SourceVersion`."""

    id: strawberry.ID = column(of("id"), "Its name in definitions and relations.")
    title: str = column(of("title"), "What it is called.")
    publisher: str = column(of("publisher"), "Who publishes it.")
    version: str = column(of("version"), "Which version of it was read.")
    licence: str = column(
        of("licence"), "Its licence, as an SPDX identifier; `not stated` where it states none."
    )
    attribution: str = column(of("attribution"), "What to say when you use it.")
    url: str = column(of("url"), "Where it is published; empty where that is not known.")
    period: str = column(
        of("period"),
        "The time that its statements are of; `not stated` where it states none, empty for a classification.",
    )


@strawberry.type(description="How many concepts of a kind there are.")
class KindCount:
    """A `model.release.KindCount`."""

    kind: ConceptKind = column(of("kind"), "The kind.")
    count: int = column(of("count"), "How many.")


@strawberry.type(description="How many relations of a kind there are.")
class RelationTotal:
    """A `model.release.RelationTotal`."""

    relation: RelationKind = column(of("kind"), "The kind of relation.")
    count: int = column(of("count"), "How many.")


@strawberry.type(description="How many observations of a measure there are.")
class MeasureCount:
    """A `model.release.MeasureCount`."""

    measure: Measure = column(of("measure"), "What is observed.")
    count: int = column(of("count"), "How many.")


@strawberry.type(description="How often a check remarked on the data of a release.")
class FindingCount:
    """A `model.release.FindingCount`."""

    code: str = column(of("code"), "The check, as the documentation lists it (docs/checks.md).")
    severity: Severity = column(of("severity"), "How bad it is.")
    title: str = column(of(lambda root: CATALOGUE[root.code].title), "What was found, in a few words.")
    count: int = column(of("count"), "How often.")


@strawberry.type(name="Release", description="One immutable published state of the taxonomy.")
class ReleaseType:
    """A `model.release.Release`."""

    id: strawberry.ID = column(of("id"), "Ask for it with ?release= in the URL.")
    ordinal: int = column(of("ordinal"), "Its place in the history of this service, from 1.")
    published_at: datetime = column(of("published_at"), "When it was published here.")
    title: str = column(of("draft.title"), "What it is a release of.")
    note: str = column(of("draft.note"), "What one should know of it; empty for most.")
    content_hash: str = column(
        of("draft.content_hash"), "SHA-256 of its concepts, relations and observations."
    )
    sources: list[Source] = column(of("draft.sources"), "What it was made from.", size=20)
    counts: list[KindCount] = column(of("draft.concepts"), "Concepts by kind.", size=60)
    relation_counts: list[RelationTotal] = column(of("draft.relations"), "Relations by kind.", size=20)
    observation_counts: list[MeasureCount] = column(
        of("draft.observations"), "Observations by measure.", size=10
    )
    findings: list[FindingCount] = column(of("draft.findings"), "Findings by check.", size=20)
