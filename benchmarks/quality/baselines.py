"""Fixed baselines for AF's substitutes: TF-IDF on labels and on the publisher's skill lists."""

from pathlib import Path
from typing import Any, Final

from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

from benchmarks.quality.transition_fit import Gold, skill_lists
from taxonomy.model.concept import OCCUPATION, Locale
from taxonomy.snapshot import Snapshot

REFERENCES: Final = {
    "labels, char TF-IDF": (0.136, 0.399),
    "all skill lists, IDF cosine": (0.226, 0.561),
    "0.3 labels + 0.7 skills": (0.238, 0.623),
}
"""P@10 and MRR that were given, to be met within .01."""


def baselines(snapshot: Snapshot, data: Path, gold: Gold) -> dict[str, NDArray[Any]]:
    """Similarities of the universe's occupations, by baseline."""
    occupations, lists = snapshot.kind_range(OCCUPATION), skill_lists(data)
    numbers = [occupations[place] for place in gold.universe.tolist()]
    names = [snapshot.label(number, Locale.SV) for number in numbers]
    skills = [_distinct(lists[snapshot.ids[number]]) for number in numbers]
    labels = _cosine(TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True), names)
    overlap = _cosine(TfidfVectorizer(analyzer=list), skills)
    return dict(zip(REFERENCES, (labels, overlap, 0.3 * labels + 0.7 * overlap), strict=True))


def _distinct(lists: dict[str, Any]) -> list[str]:
    return sorted({skill for some in lists.values() if isinstance(some, list) for skill in some})


def _cosine(vectorizer: Any, documents: Any) -> NDArray[Any]:
    vectors = vectorizer.fit_transform(documents)
    found: NDArray[Any] = (vectors @ vectors.T).toarray()
    return found
