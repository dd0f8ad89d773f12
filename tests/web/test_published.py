"""What is made once for each release."""

from typing import TYPE_CHECKING

from taxonomy.compose import open_shelf, open_store
from taxonomy.model.concept import ESCO_SKILL
from taxonomy.model.ids import JOBTECH_ID
from taxonomy.rdf.iris import Publication
from taxonomy.web.published import Press, Published
from tests.builders import build, concept, content, release
from tests.rdf.published import sample_dataset

if TYPE_CHECKING:
    from taxonomy.config import Settings

PUBLICATION = Publication()


def test_the_jobtech_id_of_what_is_escos_is_another_name_of_it() -> None:
    rows = content(
        [concept("esco:skill/s1", kind=ESCO_SKILL, codes=[(JOBTECH_ID, "Abcd_efg_hij")]), concept("b")]
    )
    published = Published(build(release(rows), rows), PUBLICATION)
    assert published.aliases == {"Abcd_efg_hij": published.snapshot.index["esco:skill/s1"]}


def test_a_release_without_such_ids_has_no_other_names() -> None:
    assert Published(sample_dataset().snapshot, PUBLICATION).aliases == {}


def test_what_is_found_out_about_a_release_is_found_out_once(settings: "Settings") -> None:
    press = Press(open_shelf(settings, open_store(settings)), PUBLICATION, "test")
    current = press.current()
    assert press.current() is current
    assert press.of(current.snapshot) is current
    assert press.statistics(current) is press.statistics(current)
