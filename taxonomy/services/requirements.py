"""What an occupation asks of who enters it beside skills: a level of education, and a licence.

Levels are the upper ones of ISCO-08's skill levels (ILO 2012, volume I, table 1): 2 upper secondary education
or less, 3 shorter and 4 longer higher education. That of an occupation is the least that the text on its
education requirement names, else that of its SSYK group, whose first digits are ISCO's. A licence is a skill
called "Legitimation ..." or "...legitimation" that the publisher gives the occupation itself: law reserves
the work or the title for those who have it. ESCO's `regulatedProfessionNote` has no part in it: it marks a
handful of professions that are regulated alike in all of the EU, among them the architect, who needs no
licence in Sweden.
"""

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import OCCUPATION, SKILL, Locale, NoteKind, Provenance
from taxonomy.model.relation import RelationKind
from taxonomy.services.browse import group_of
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import PROVENANCES

Numbers = NDArray[np.int64]

LEAST: Final = 2
"""The least level, which everybody is taken to have."""

LEVEL_OF_CODE: Final[Mapping[str, int]] = {
    **{"01": 4, "02": 2, "03": 2, "1": 4, "17": 3, "2": 4, "3": 3},
    **dict.fromkeys("456789", 2),
}
"""Levels by the first digits of an SSYK code; two digits go before one."""

_LEVEL_OF_WORDS: Final = (
    (2, re.compile(r"(?<!efter)gymnasi|ing(?:en|a) (?:formell|krav)|upplär|lär sig på")),
    (3, re.compile(r"yrkeshögskol|eftergymnasial (?!utbildning på (?:högskole|universitets))")),
    (4, re.compile(r"(?<!yrkes)högskol|universitet")),
)
_LICENCE: Final = "legitimation"
_NATIVE: Final = PROVENANCES.index(Provenance.NATIVE)


class Requirements:
    """The requirements of the occupations of one snapshot, by their places in the order of occupations.

    `groups` holds their SSYK groups, -1 where there is none; `levels` their levels, 0 where unknown;
    `licensed` whether they ask for a licence.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        numbers = snapshot.kind_range(OCCUPATION)
        groups = [group_of(snapshot, number) for number in numbers]
        self.groups = np.array([-1 if group is None else group for group in groups], np.int64)
        pairs = zip(numbers, self.groups.tolist(), strict=True)
        self.levels = np.array([_level(snapshot, *pair) for pair in pairs], np.int64)
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

    def on_the_way(self, origin: int, target: int) -> NDArray[np.bool_]:
        """Which occupations ask for no more education, and for no other licence, than one or other of two.

        Where the licence of the target is missing, its education is still to come: until there is a licence
        that will do for the target, no more is asked for than by the origin.
        """
        places = np.arange(len(self.levels))
        here, there = np.full_like(places, origin), np.full_like(places, target)
        for_there = ~self.licence_missing(places, there) & self.licensed[target]
        from_here = ~self.licence_missing(here, places)
        had, wanted = (max(int(self.levels[place]), LEAST) for place in (origin, target))
        enough = had if self.licence_missing(here[:1], there[:1])[0] else max(had, wanted)
        found: NDArray[np.bool_] = (from_here & (self.levels <= enough)) | (
            for_there & (self.levels <= max(had, wanted))
        )
        return found

    def licence_missing(self, origin: Numbers, target: Numbers) -> NDArray[np.bool_]:
        """Whether the targets ask for a licence that those who come from the origins need not have.

        Who comes from an occupation of several licences has one of them, and it is not said which.
        """
        found: NDArray[np.bool_] = self._missing[self._class[origin], self._class[target]]
        return found


def level_of_code(code: str | None) -> int | None:
    """The level of an SSYK group; None without a code."""
    return LEVEL_OF_CODE.get((code or "")[:2], LEVEL_OF_CODE.get((code or "")[:1]))


def level_of_text(text: str) -> int | None:
    """The least level that a Swedish text on an education requirement names; None if it names none."""
    words = text.casefold()
    return next((level for level, named in _LEVEL_OF_WORDS if named.search(words)), None)


def _level(snapshot: Snapshot, occupation: int, group: int) -> int:
    said = (
        level_of_text(note.text)
        for note in snapshot.notes(occupation)
        if note.kind is NoteKind.EDUCATION_REQUIREMENT
    )
    return next(said, None) or level_of_code(snapshot.codes.get(group)) or 0


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
