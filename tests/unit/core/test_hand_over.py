"""The states of a hand-over (岗位移交): three different people, in order, and no way round the third."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.hand_over import CHECKLIST, OPEN, Act, Bar, Parties, Standing, after, bar

GIVER, TAKER, WITNESS = 1, 2, 3
PARTIES = Parties(GIVER, TAKER)


def test_the_usual_way_is_giver_taker_witness():
    assert after(Standing.DRAFT, Act.GIVE) is Standing.GIVEN
    assert after(Standing.GIVEN, Act.TAKE) is Standing.TAKEN
    assert after(Standing.TAKEN, Act.CONFIRM) is Standing.CONFIRMED


@pytest.mark.parametrize(
    ("standing", "act", "person", "why"),
    [
        (Standing.DRAFT, Act.GIVE, TAKER, Bar.GIVER_ONLY),
        (Standing.GIVEN, Act.TAKE, GIVER, Bar.TAKER_ONLY),
        (Standing.GIVEN, Act.TAKE, WITNESS, Bar.TAKER_ONLY),
        (Standing.TAKEN, Act.CONFIRM, GIVER, Bar.A_THIRD_PERSON),
        (Standing.TAKEN, Act.CONFIRM, TAKER, Bar.A_THIRD_PERSON),
        (Standing.GIVEN, Act.SEND_BACK, GIVER, Bar.NOT_THE_GIVER),
        (Standing.GIVEN, Act.CONFIRM, WITNESS, Bar.NOT_NOW),
        (Standing.CONFIRMED, Act.VOID, WITNESS, Bar.NOT_NOW),
        (Standing.TAKEN, Act.CONFIRM, WITNESS, None),
        (Standing.TAKEN, Act.SEND_BACK, TAKER, None),
    ],
)
def test_each_act_is_for_its_person(standing, act, person, why):
    assert bar(standing, act, person, PARTIES) is why


@given(st.lists(st.tuples(st.sampled_from(Act), st.integers(1, 4)), max_size=30))
def test_whatever_is_tried_a_confirmed_one_bears_three_different_hands(tries):
    standing, hands = Standing.DRAFT, {}
    for act, person in tries:
        if bar(standing, act, person, PARTIES) is not None:
            continue
        reached = after(standing, act)
        assert reached is not None
        hands = {} if act is Act.SEND_BACK else {**hands, act: person}
        standing = reached
        if standing not in OPEN:
            break

    if standing is Standing.CONFIRMED:
        assert hands[Act.GIVE] == GIVER
        assert hands[Act.TAKE] == TAKER
        assert hands[Act.CONFIRM] not in {GIVER, TAKER}


@given(st.sampled_from([Standing.CONFIRMED, Standing.VOID]), st.sampled_from(Act))
def test_nothing_follows_the_end(standing, act):
    assert after(standing, act) is None


def test_the_usual_list_names_accounts_seals_keys_and_contacts_each_once():
    texts = [text for _, text in CHECKLIST]

    assert {kind for kind, _ in CHECKLIST} == {"账号", "印章证照", "文件资料", "联系事项", "钥匙物品"}
    assert len(set(texts)) == len(texts)
    assert all(len(text) <= 200 for text in texts)
