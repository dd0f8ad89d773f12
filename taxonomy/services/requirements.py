"""What an occupation asks of who enters it beside skills: a level of education, and a licence.

The level is the skill level of its SSYK group, that of ISCO-08 (ILO 2012, volume I, table 1; SSYK 2012
keeps the first digits): 1 elementary, 2 upper secondary, 3 shorter and 4 longer higher education. A licence
is a skill called "Legitimation ..." or "...legitimation" that the publisher gives the occupation itself:
law reserves the work or the title for those who have it. ESCO's `regulatedProfessionNote` has no part in
it: it marks a handful of professions that are regulated alike in all of the EU, among them the architect,
who needs no licence in Sweden.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import OCCUPATION, SKILL, SSYK_GROUP, Locale, Provenance
from taxonomy.model.relation import RelationKind
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import PROVENANCES

Numbers = NDArray[np.int64]

SKILL_LEVELS: Final[Mapping[str, int]] = {
    **{"01": 4, "02": 2, "03": 1, "1": 4, "17": 3, "2": 4, "3": 3},
    **dict.fromkeys("45678", 2),
    "9": 1,
}
"""Skill levels by the first digits of the SSYK code; two digits go before one."""

LEAST: Final = 2
"""The level that everybody is taken to have, and an occupation of unknown level to ask for."""

_LICENCE: Final = "legitimation"
_NATIVE: Final = PROVENANCES.index(Provenance.NATIVE)


class Requirements:
    """The requirements of the occupations of one snapshot, by their places in the order of occupations.

    `groups` holds their SSYK groups, -1 where there is none; `levels` their skill levels, 0 where unknown;
    `licensed` whether they ask for a licence.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.groups = _groups(snapshot)
        codes = (snapshot.codes.get(group) for group in self.groups.tolist())
        self.levels = np.array([skill_level(code) or 0 for code in codes], np.int64)
        self._licences = _licences(snapshot)
        self.licensed = np.array([bool(some) for some in self._licences], np.bool_)
        classes = list(dict.fromkeys(self._licences))
        number = {some: at for at, some in enumerate(classes)}
        self._class = np.array([number[some] for some in self._licences], np.int64)
        self._missing = np.array(
            [[bool(wanted) and not (had and had <= wanted) for wanted in classes] for had in classes],
            np.bool_,
        )

    def licences(self, place: int) -> frozenset[int]:
        """The licences of which an occupation asks for any one, as concept numbers."""
        return self._licences[place]

    def licence_missing(self, origin: Numbers, target: Numbers) -> NDArray[np.bool_]:
        """Whether the targets ask for a licence that those who come from the origins need not have.

        Who comes from an occupation of several licences has one of them, and it is not said which.
        """
        found: NDArray[np.bool_] = self._missing[self._class[origin], self._class[target]]
        return found


def skill_level(code: str | None) -> int | None:
    """The skill level of an SSYK group, 1 to 4; None without a code.

    >>> skill_level("2221"), skill_level("1720"), skill_level(None)
    (4, 3, None)
    """
    return SKILL_LEVELS.get((code or "")[:2], SKILL_LEVELS.get((code or "")[:1]))


def _groups(snapshot: Snapshot) -> Numbers:
    groups, edges = snapshot.kind_range(SSYK_GROUP), snapshot.edges(RelationKind.BROADER)
    found = [
        next((above for above in edges.of(number) if above in groups), -1)
        for number in snapshot.kind_range(OCCUPATION)
    ]
    return np.array(found, np.int64)


def _licences(snapshot: Snapshot) -> list[frozenset[int]]:
    labels, skills = snapshot.labels[Locale.SV], snapshot.kind_range(SKILL)
    licences = {number for number in skills if _is_licence(labels[number].casefold())}
    edges = snapshot.edges(RelationKind.RELATED_SKILL)
    return [
        frozenset(
            int(edges.target[row])
            for row in edges.rows(number)
            if edges.provenance[row] == _NATIVE and int(edges.target[row]) in licences
        )
        for number in snapshot.kind_range(OCCUPATION)
    ]


def _is_licence(label: str) -> bool:
    return label.startswith(f"{_LICENCE} ") or label.endswith(_LICENCE)
