"""Concept ids: what is one, what is none, and how an id and its URI belong together."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.errors import BadInput
from taxonomy.model.ids import ESCO_PREFIX, JOBTECH_NAMESPACE, ConceptId, concept_id, is_jobtech_id, uri_of

LETTERS = string.ascii_letters + string.digits
UUID = "258e46f9-0075-4a2e-adae-1ff0477e0f30"

jobtech_ids = st.builds("{}_{}_{}".format, *(st.text(LETTERS, min_size=n, max_size=n) for n in (4, 3, 3)))
esco_ids = st.builds(
    "esco:{}/{}".format,
    st.sampled_from(["occupation", "skill", "isco", "isced-f", "concept-scheme"]),
    st.uuids().map(str) | st.sampled_from(["C2512", "S1.2", "K", "0111", "occupations"]),
)


@given(jobtech_ids | esco_ids)
def test_an_id_is_read_back_from_itself_and_from_its_uri(text: str) -> None:
    assert concept_id(text) == text
    assert concept_id(uri_of(ConceptId(text))) == text


@given(jobtech_ids | esco_ids)
def test_different_ids_have_different_uris_in_their_publishers_namespace(text: str) -> None:
    uri = uri_of(ConceptId(text))
    assert uri.startswith("http://data.europa.eu/esco/") == text.startswith(ESCO_PREFIX)
    assert uri.startswith(JOBTECH_NAMESPACE) != text.startswith(ESCO_PREFIX)


@given(st.text().filter(lambda text: not is_jobtech_id(text)))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadInput, match="is not a concept id: give a JobTech id"):
        concept_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " fg7B_yov_smw",
        "fg7B_yov_smw\n",
        "fg7B_yov_smw\0",
        "fg7B-yov-smw",
        "fg7B_yov_smwx",
        "fg7B_yov_\u017fmw",
        "fg7B_yov_sm\u0661",
        "fg7B_yov_smw' OR 1=1 --",
        "../../etc/passwd",
        "2512",
        "ssyk:2512",
        "esco:",
        "esco:occupation",
        "esco:occupation/",
        "esco:occupation/../../etc/passwd",
        "esco:occupation//etc",
        f"esco:planet/{UUID}",
        f"esco:occupation/{UUID}\n",
        f"esco:occupation/{UUID}?x=1",
        f"ESCO:occupation/{UUID}",
        "https://data.jobtechdev.se/taxonomy/concept/fg7B_yov_smw",
        "http://data.jobtechdev.se/taxonomy/concept/",
        f"http://data.jobtechdev.se/taxonomy/concept/esco:occupation/{UUID}",
        "http://data.jobtechdev.se/taxonomy/concept/fg7B_yov_smw/..",
        "x" * 1_000_000,
    ],
)
def test_a_hostile_id_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        concept_id(text)
    assert len(str(caught.value)) < 300
    assert not is_jobtech_id(text)
