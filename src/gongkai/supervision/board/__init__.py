"""The leader's board (监督看板): what presses today, how the months went, which columns age, who stands where.

Supervision stands beside the rooms that keep most of these records and imports none of them: ``registry`` takes what they
tell, ``own`` tells what supervision and the outbox hold, ``picture`` puts a day together, ``brief`` draws the week.
"""
