"""The review as a pure rule: order, different people, exactly this text; walked at random by Hypothesis."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gongkai.core.publication import (
    ADDABLE,
    ROUTES,
    STAGES,
    Act,
    Obstacle,
    Route,
    Stage,
    Step,
    obstacle,
    return_targets,
    sequence_of,
    standing,
)

DIGEST = "d"


def signed(*stages: Stage, first_person: int = 10) -> list[Step]:
    return [Step(Act.SIGN, stage, first_person + n, DIGEST) for n, stage in enumerate(stages)]


@pytest.mark.parametrize("route", Route)
def test_every_route_has_the_confidentiality_review_before_the_release(route):
    """Regulation of the secrecy law, Art. 42: review first, then disclose, item by item."""
    assert Stage.CONFIDENTIALITY in ROUTES[route].before


@pytest.mark.parametrize("route", [Route.ORDINARY, Route.URGENT])
def test_haste_changes_the_time_of_the_three_reviews_not_their_number(route):
    assert set(ROUTES[route].stages) == set(STAGES) - set(ADDABLE)


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize("extra", [(), (Stage.LEGAL,), (Stage.ISSUE,), (Stage.ISSUE, Stage.LEGAL)])
def test_a_column_adds_and_takes_nothing_away(route, extra):
    base, made = ROUTES[route], sequence_of(route, extra)
    assert set(made.stages) == set(base.stages) | set(extra)
    assert [stage for stage in made.stages if stage in base.stages] == list(base.stages)
    assert len(set(made.stages)) == len(made.stages)
    # In haste nothing more stands before the release than the law puts there.
    assert (made.before == base.before) if base.after else (made.after == ())


def test_the_added_stages_have_their_places():
    whole = sequence_of(Route.ORDINARY, ADDABLE).before
    assert [stage.value for stage in whole] == [
        "first",
        "second",
        "legal",
        "confidentiality",
        "final",
        "issue",
    ]


@pytest.mark.parametrize("stage", sorted(set(Stage) - set(ADDABLE)))
def test_a_column_cannot_add_what_is_no_choice(stage):
    with pytest.raises(ValueError, match="not for a column"):
        sequence_of(Route.REPRINT, [stage])


@pytest.mark.parametrize("route", Route)
def test_stages_come_one_after_the_other_and_only_the_last_before_the_release_opens_the_door(route):
    sequence = ROUTES[route]
    for count in range(len(sequence.stages) + 1):
        at = standing(route, signed(*sequence.stages[:count]), DIGEST)

        assert at.current == (sequence.stages[count] if count < len(sequence.stages) else None)
        assert at.may_be_released == (count >= len(sequence.before))
        assert at.is_complete == (count == len(sequence.stages))


def test_a_sign_off_on_another_text_does_not_count():
    steps = [Step(Act.SIGN, Stage.FIRST, 1, "old"), *signed(Stage.FIRST)]

    assert standing(Route.ORDINARY, steps, DIGEST).signed == {Stage.FIRST: 10}
    assert standing(Route.ORDINARY, steps, "new").signed == {}


def test_a_return_to_a_stage_undoes_it_and_what_follows():
    stages = ROUTES[Route.ORDINARY].stages
    back = Step(Act.RETURN, Stage.FINAL, 40, DIGEST, back_to=Stage.SECOND)

    at = standing(Route.ORDINARY, [*signed(*stages[:3]), back], DIGEST)

    assert (dict(at.signed), at.current) == ({Stage.FIRST: 10}, Stage.SECOND)


def test_a_return_to_the_drafter_ends_the_review_of_this_text():
    back = Step(Act.RETURN, Stage.SECOND, 40, DIGEST)

    at = standing(Route.ORDINARY, [*signed(Stage.FIRST), back], DIGEST)

    assert at.is_returned
    assert not at.may_be_released
    assert obstacle(at, authors=[1], person=2) is Obstacle.RETURNED


def test_nobody_signs_their_own_text_nor_two_stages():
    at = standing(Route.ORDINARY, signed(Stage.FIRST), DIGEST)

    assert obstacle(at, authors=[1, 2], person=2) is Obstacle.OWN_TEXT
    assert obstacle(at, authors=[1, 2], person=10) is Obstacle.SIGNED_ANOTHER_STAGE
    assert obstacle(at, authors=[1, 2], person=11) is None


def test_when_all_is_signed_there_is_nothing_left_to_sign():
    at = standing(Route.REPRINT, signed(*ROUTES[Route.REPRINT].stages), DIGEST)

    assert obstacle(at, authors=[], person=99) is Obstacle.COMPLETE


class Walk(RuleBasedStateMachine):
    """Anyone tries anything in any order; the door opens only to a whole chain of different people on one text."""

    def __init__(self) -> None:
        super().__init__()
        self.route, self.extra, self.steps, self.digest, self.authors = (
            Route.ORDINARY,
            set(),
            [],
            "text-0",
            {0},
        )

    @property
    def at(self):
        return standing(self.route, self.steps, self.digest, self.extra)

    @rule(route=st.sampled_from(Route), extra=st.sets(st.sampled_from(ADDABLE)))
    @precondition(lambda self: not self.steps)
    def choose_route(self, route, extra):
        self.route, self.extra = route, extra

    @property
    def sequence(self):
        return sequence_of(self.route, self.extra)

    @rule(person=st.integers(0, 8))
    def sign(self, person):
        at = self.at
        if obstacle(at, authors=self.authors, person=person) is None:
            self.steps.append(Step(Act.SIGN, at.current, person, self.digest))
            assert self.at.signed[at.current] == person

    @rule(person=st.integers(0, 8), choice=st.integers(0, 6))
    def send_back(self, person, choice):
        at = self.at
        if at.current is None:
            return
        targets = [None, *return_targets(at)]
        target = targets[choice % len(targets)]
        self.steps.append(Step(Act.RETURN, at.current, person, self.digest, target))
        assert self.at.current == target

    @rule(person=st.integers(0, 8))
    def remark(self, person):
        before = self.at
        if before.current is not None:
            self.steps.append(Step(Act.NOTE, before.current, person, self.digest))
            assert self.at == before

    @rule(author=st.integers(0, 6))
    def edit(self, author):
        self.digest = f"text-{len(self.steps)}-{author}"
        self.authors.add(author)
        assert self.at.signed == {}

    @invariant()
    def the_door_is_open_only_to_a_whole_chain(self):
        at = self.at
        people = list(at.signed.values())
        assert len(set(people)) == len(people)
        order = [stage for stage in self.sequence.stages if stage in at.signed]
        assert order == list(self.sequence.stages[: len(order)])
        if at.may_be_released:
            assert set(self.sequence.before) <= set(at.signed)
            assert not self.authors & {
                s.person for s in self.steps if s.digest == self.digest and s.act is Act.SIGN
            }


TestWalk = Walk.TestCase
