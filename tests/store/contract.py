"""What every store must do.

Plain functions over a factory that opens the same, at first empty, store every time it is called;
`test_sqlite.py` runs them, and so will the test of every other store: `CONTRACT` lists them.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings

from taxonomy.model.errors import LoadRunning, StoreError, UnknownRelease
from taxonomy.model.release import Content, Release, release_id
from taxonomy.store.ports import Store
from tests.store.contents import EMPTY, SMALL, contents, draft_of, renamed

Opened: TypeAlias = Callable[[], Store]
Term: TypeAlias = Callable[[Opened], None]


def published(store: Store, content: Content) -> Release:
    with store.lock():
        return store.publish(store.stage(draft_of(content), content))


def an_empty_store_has_no_releases(opened: Opened) -> None:
    assert opened().releases() == ()
    with pytest.raises(UnknownRelease):
        opened().read(1)


def what_is_read_is_what_was_staged(opened: Opened) -> None:
    release = published(opened(), SMALL)
    assert opened().read(release.ordinal) == SMALL
    assert opened().releases() == (release,)
    assert release.draft == draft_of(SMALL)
    assert (release.ordinal, release.id) == (1, release_id(1, release.content_hash))
    assert release.published_at.tzinfo is not None


def any_content_comes_back_exactly(opened: Opened) -> None:
    @given(contents)
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def comes_back(content: Content) -> None:
        store = opened()
        got = store.read(published(store, content).ordinal)
        assert got == content
        assert [[type(value) for value in row] for row in got.relations] == [
            [type(value) for value in row] for row in content.relations
        ]
        assert all(type(row.deprecated) is bool for row in got.concepts)
        assert [type(row.value) for row in got.observations] == [
            type(row.value) for row in content.observations
        ]

    comes_back()


def an_empty_release_is_a_release(opened: Opened) -> None:
    release = published(opened(), EMPTY)
    assert opened().read(release.ordinal) == EMPTY
    assert opened().releases() == (release,)


def an_observation_that_changes_is_kept_as_it_was(opened: Opened) -> None:
    store = opened()
    one, two, three = SMALL.observations
    contents_ = [
        SMALL,
        SMALL._replace(observations=(one._replace(value="small"), three)),
        renamed(SMALL, "Konditor"),
        SMALL._replace(observations=()),
        SMALL._replace(observations=(one, two)),
    ]
    for ordinal, content in enumerate(contents_, 1):
        assert published(store, content).ordinal == ordinal
    assert [opened().read(ordinal + 1) for ordinal in range(len(contents_))] == contents_


def a_staged_release_is_invisible_until_it_is_published(opened: Opened) -> None:
    store = opened()
    first = published(store, SMALL)
    second = renamed(SMALL, "Konditor")
    with store.lock():
        ordinal = store.stage(draft_of(second), second)
        assert opened().releases() == (first,)
        with pytest.raises(UnknownRelease):
            opened().read(ordinal)
        release = store.publish(ordinal)
    assert opened().releases() == (first, release)
    assert opened().read(ordinal) == second
    assert opened().read(first.ordinal) == SMALL


def a_discarded_stage_leaves_nothing(opened: Opened) -> None:
    store = opened()
    first = published(store, SMALL)
    with store.lock():
        ordinal = store.stage(draft_of(SMALL), SMALL)
        store.discard(ordinal)
        with pytest.raises(StoreError):
            store.publish(ordinal)
    assert opened().releases() == (first,)
    assert opened().read(first.ordinal) == SMALL


def a_second_stage_removes_an_abandoned_one(opened: Opened) -> None:
    store = opened()
    with store.lock():
        abandoned = store.stage(draft_of(SMALL), SMALL)
    second = renamed(SMALL, "Konditor")
    with store.lock():
        ordinal = store.stage(draft_of(second), second)
        release = store.publish(ordinal)
        if abandoned != ordinal:
            with pytest.raises(StoreError):
                store.publish(abandoned)
    assert opened().releases() == (release,)
    assert opened().read(ordinal) == second


def the_history_is_in_order(opened: Opened) -> None:
    store = opened()
    releases = [published(store, renamed(SMALL, text)) for text in ("ett", "två", "tre")]
    assert opened().releases() == tuple(releases)
    assert [release.ordinal for release in releases] == [1, 2, 3]
    assert sorted(release.published_at for release in releases) == [r.published_at for r in releases]
    assert [opened().read(n).concepts[0].labels[0].text for n in (1, 2, 3)] == ["ett", "två", "tre"]


def a_release_is_published_once(opened: Opened) -> None:
    store = opened()
    release = published(store, SMALL)
    with store.lock(), pytest.raises(StoreError, match="not staged"):
        store.publish(release.ordinal)
    assert opened().releases() == (release,)


def what_was_never_staged_cannot_be_published_or_read(opened: Opened) -> None:
    store = opened()
    published(store, SMALL)
    with store.lock(), pytest.raises(StoreError, match="not staged"):
        store.publish(99)
    with pytest.raises(UnknownRelease, match="99"):
        opened().read(99)


def an_old_release_can_be_discarded_and_its_number_is_not_given_again(opened: Opened) -> None:
    store = opened()
    for text in ("ett", "två"):
        published(store, renamed(SMALL, text))
    with store.lock():
        store.discard(1)
    with pytest.raises(UnknownRelease):
        opened().read(1)
    assert published(store, SMALL).ordinal == 3
    assert [release.ordinal for release in opened().releases()] == [2, 3]


def the_current_release_cannot_be_discarded(opened: Opened) -> None:
    store = opened()
    release = published(store, SMALL)
    with store.lock(), pytest.raises(StoreError, match="is the current release"):
        store.discard(release.ordinal)
    assert opened().read(release.ordinal) == SMALL


def the_lock_refuses_a_second_holder_and_says_who_has_it(opened: Opened) -> None:
    with opened().lock():
        with pytest.raises(LoadRunning, match=r"process \d+ on .+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"):
            opened().lock().__enter__()
        with pytest.raises(LoadRunning):
            opened().lock().__enter__()


def the_lock_is_free_afterwards_whatever_happened(opened: Opened) -> None:
    with pytest.raises(ZeroDivisionError), opened().lock():
        raise ZeroDivisionError
    with opened().lock():
        pass


CONTRACT: Final[tuple[Term, ...]] = (
    an_empty_store_has_no_releases,
    what_is_read_is_what_was_staged,
    any_content_comes_back_exactly,
    an_empty_release_is_a_release,
    an_observation_that_changes_is_kept_as_it_was,
    a_staged_release_is_invisible_until_it_is_published,
    a_discarded_stage_leaves_nothing,
    a_second_stage_removes_an_abandoned_one,
    the_history_is_in_order,
    a_release_is_published_once,
    what_was_never_staged_cannot_be_published_or_read,
    an_old_release_can_be_discarded_and_its_number_is_not_given_again,
    the_current_release_cannot_be_discarded,
    the_lock_refuses_a_second_holder_and_says_who_has_it,
    the_lock_is_free_afterwards_whatever_happened,
)
