"""Every remark that can be made on data: code, severity, and what it means."""

from typing import Final, NamedTuple

from taxonomy.model.finding import Finding, Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Check(NamedTuple):
    """One kind of remark: its stable code, how bad it is, and a title of a few words."""

    code: str
    severity: Severity
    title: str


_ALL: Final = (
    Check("TX001", ERROR, "an id of two kinds"),
    Check("TX002", ERROR, "two preferred labels in one source"),
    Check("TX003", ERROR, "a malformed id"),
    Check("TX010", WARNING, "a row about an unknown concept"),
    Check("TX011", WARNING, "a relation with an unknown end"),
    Check("TX012", WARNING, "a label that names no concept"),
    Check("TX013", WARNING, "a code without a counterpart"),
    Check("TX014", NOTE, "rows without an id, joined by code"),
    Check("TX015", WARNING, "statements that contradict each other"),
    Check("TX016", NOTE, "an older label"),
    Check("TX017", WARNING, "a relation to itself"),
    Check("TX018", NOTE, "rows that state that there is no mapping"),
    Check("TX019", WARNING, "a damaged row that was recovered"),
    Check("TX020", WARNING, "a row that cannot be read"),
    Check("TX021", NOTE, "a mapping removed by a reviewer"),
    Check("TX022", WARNING, "a correction that corrects nothing"),
    Check("TX023", NOTE, "concepts known under another id"),
    Check("TX024", NOTE, "texts in languages that are not taken"),
    Check("TX025", WARNING, "a list that repeats itself"),
    Check("TX026", WARNING, "two lists run together"),
    Check("TX027", NOTE, "observations that are not taken"),
    Check("TX101", ERROR, "no preferred label"),
    Check("TX102", WARNING, "stray blanks in a label"),
    Check("TX103", WARNING, "one label for two concepts of a kind"),
    Check("TX104", NOTE, "concepts without a label in a language"),
    Check("TX105", WARNING, "a label that repeats a stronger one"),
    Check("TX201", NOTE, "a definition that repeats the label"),
    Check("TX202", WARNING, "a placeholder instead of a definition"),
    Check("TX203", WARNING, "a definition that is only a label"),
    Check("TX301", WARNING, "a malformed code"),
    Check("TX302", WARNING, "one code for two concepts of a scheme"),
    Check("TX303", WARNING, "a code that does not continue its parent's"),
    Check("TX401", ERROR, "a cycle in broader"),
    Check("TX402", ERROR, "an occupation without exactly one SSYK group"),
    Check("TX403", WARNING, "deprecated without a replacement"),
    Check("TX404", WARNING, "a replacement that is unknown or deprecated itself"),
    Check("TX405", WARNING, "substitutability that is not the mirror of its inverse"),
    Check("TX406", WARNING, "a substitutability that is neither 25 nor 75"),
    Check("TX407", NOTE, "declared kinds without concepts"),
    Check("TX408", NOTE, "no occupation has an SSYK group"),
    Check("TX409", WARNING, "an ESCO occupation without an ISCO group"),
    Check("TX410", WARNING, "an ESCO skill without its type or reuse level"),
    Check("TX501", WARNING, "several exact matches of one concept"),
    Check("TX502", WARNING, "mappings that contradict each other"),
    Check("TX503", NOTE, "concepts without a mapping"),
    Check("TX504", WARNING, "an exact match by way of others, and another match"),
    Check("TX601", WARNING, "an observation in an unknown place"),
    Check("TX602", WARNING, "percentiles out of order"),
    Check("TX603", WARNING, "a value that its measure does not have"),
    Check("TX604", NOTE, "values that were summed"),
    Check("TX605", NOTE, "values that are suppressed"),
    Check("TX606", NOTE, "rows that say nothing"),
    Check("TX901", WARNING, "a suppression that suppresses nothing"),
)

CATALOGUE: Final[dict[str, Check]] = {check.code: check for check in _ALL}


def remark(
    code: str, subject: str, message: str, *, file: str = "", row: str = "", count: int = 1
) -> Finding:
    """A finding with the severity that the catalogue gives `code`."""
    return Finding(code, CATALOGUE[code].severity, subject, file, row, message, count)
