"""From a recipe to a release: read, join, check, stage, publish."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from taxonomy.checks import read_suppressions, run, staged, suppress
from taxonomy.ingest.facts import Facts
from taxonomy.ingest.manifest import Recipe, SourceFile
from taxonomy.ingest.merge import Merged, merge
from taxonomy.ingest.readers import READERS, refuse_unknown_readers
from taxonomy.model.errors import FailedChecks
from taxonomy.model.finding import Finding, Severity
from taxonomy.model.release import (
    Content,
    Draft,
    Release,
    finding_counts,
    kind_counts,
    measure_counts,
    relation_totals,
)
from taxonomy.store.garbage import without_garbage_collection
from taxonomy.store.ports import Store

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class Loaded(NamedTuple):
    """What a load came to: the release and its content; `published` is false when nothing had changed."""

    release: Release
    content: Content
    published: bool


def no_progress(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def gather(recipe: Recipe, data: Path, progress: Progress = no_progress) -> tuple[Draft, Content]:
    """Read, join and check the sources of a recipe; raises `BadSource` for a file that cannot be used.

    Findings of every severity are in the content: nothing is refused here.
    """
    with without_garbage_collection():
        merged = merge(_read(recipe, data, progress))
        progress("checking", 0, 1)
        findings = _checked(merged, recipe)
        progress("checking", 1, 1)
        content = Content(merged.concepts, merged.relations, findings, merged.observations)
        draft = Draft(
            recipe=recipe.id,
            title=recipe.title,
            note=recipe.note,
            content_hash=content.hashed(),
            sources=tuple(manifest.source for manifest in recipe.manifests),
            concepts=kind_counts(content.concepts),
            relations=relation_totals(content.relations),
            findings=finding_counts(findings),
            observations=measure_counts(content.observations),
        )
    return draft, content


def load(store: Store, recipe: Recipe, data: Path, progress: Progress = no_progress) -> Loaded:
    """Publish what the sources of a recipe say, unless the current release says the same already.

    Raises `FailedChecks` when there are errors in the data, `LoadRunning` when somebody else loads.
    """
    with store.lock():
        draft, content = gather(recipe, data, progress)
        refuse_errors(content.findings)
        releases = store.releases()
        if releases and releases[-1].content_hash == draft.content_hash and releases[-1].draft == draft:
            return Loaded(releases[-1], content, published=False)
        progress("storing", 0, 2)
        ordinal = store.stage(draft, content)
        progress("storing", 1, 2)
        release = store.publish(ordinal)
        progress("storing", 2, 2)
        return Loaded(release, content, published=True)


def refuse_errors(findings: Sequence[Finding]) -> None:
    """Raise `FailedChecks` with the first errors among findings, if there are any."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        shown = "; ".join(described(finding) for finding in errors[:3])
        more = f" (and {len(errors) - 3} more)" if len(errors) > 3 else ""
        raise FailedChecks(f"nothing was published, the data has {len(errors)} errors: {shown}{more}")


def described(finding: Finding) -> str:
    """A finding in one line: code, place, message."""
    place = finding.file + (f", row {finding.row}" if finding.row else "")
    return f"{finding.code} {place + ': ' if place else ''}{finding.message}"


def _read(recipe: Recipe, data: Path, progress: Progress) -> list[Facts]:
    refuse_unknown_readers(recipe)
    total = sum(len(manifest.files) for manifest in recipe.manifests)
    done = 0
    sources = []
    for manifest in recipe.manifests:
        facts = Facts(manifest)
        for file in manifest.files:
            progress(f"reading {file.path}", done, total)
            _read_file(data / manifest.folder / file.path, file, facts)
            done += 1
        sources.append(facts)
    progress("reading", total, total)
    return sources


def _read_file(path: Path, file: SourceFile, facts: Facts) -> None:
    facts.begin(file, path)
    try:
        READERS[file.reader].read(path, file, facts)
    except RecursionError:
        raise facts.bad("concepts are nested too deeply") from None


def _checked(merged: Merged, recipe: Recipe) -> tuple[Finding, ...]:
    findings = (*merged.findings, *run(staged(merged.concepts, merged.relations, merged.observations)))
    if recipe.suppressions is None:
        return findings
    return suppress(findings, read_suppressions(recipe.suppressions), recipe.suppressions.name)
