"""What is known of a release, as JSON: the form in which every store and the snapshot cache keep it."""

import json

from taxonomy.model.concept import Kind
from taxonomy.model.finding import Severity
from taxonomy.model.observation import Measure
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import (
    Draft,
    FindingCount,
    KindCount,
    MeasureCount,
    RelationTotal,
    SourceVersion,
)


def draft_to_json(draft: Draft) -> str:
    """The draft as a JSON object with the names of its fields."""
    record = draft._asdict()
    for name in ("sources", "concepts", "relations", "findings", "observations"):
        record[name] = [row._asdict() for row in getattr(draft, name)]
    return json.dumps(record, ensure_ascii=False)


def draft_from_json(text: str) -> Draft:
    """The draft that `draft_to_json` wrote, or a program that knew less."""
    record = json.loads(text)
    return Draft(
        recipe=record["recipe"],
        title=record["title"],
        note=record["note"],
        content_hash=record["content_hash"],
        sources=tuple(SourceVersion(**row) for row in record["sources"]),
        concepts=tuple(KindCount(Kind(row["kind"]), row["count"]) for row in record["concepts"]),
        relations=tuple(
            RelationTotal(RelationKind(row["kind"]), row["count"]) for row in record["relations"]
        ),
        findings=tuple(
            FindingCount(row["code"], Severity(row["severity"]), row["count"]) for row in record["findings"]
        ),
        observations=tuple(
            MeasureCount(Measure(row["measure"]), row["count"]) for row in record.get("observations", ())
        ),
    )
