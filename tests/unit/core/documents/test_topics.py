"""Topics of government papers."""

from gongkai.core.documents.topics import TOPICS, top_of, topic_values


def test_there_are_twenty_two_topics():
    """portal-rules §3.4."""
    assert len(TOPICS) == 22
    assert TOPICS["民族、宗教"] == ("民族事务", "宗教事务")
    assert TOPICS["其他"] == ()


def test_values_are_unique_and_lead_back_to_their_topic():
    values = topic_values()

    assert len(values) == len(set(values))
    assert {top_of(value) for value in values} == set(TOPICS)
    assert top_of("财政、金融、审计\\税务") == "财政、金融、审计"
