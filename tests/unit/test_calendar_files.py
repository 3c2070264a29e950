"""The calendar is laid out once for each state of its files."""

from datetime import date

from gongkai.calendar_files import import_notice, working_calendar
from gongkai.core.calendars import published_notices

YEAR = max(notice.year for notice in published_notices()) + 1
SATURDAY = next(day for n in range(1, 8) if (day := date(YEAR, 3, n)).weekday() == 5)
NOTICE = """year = {year}
region = "CN"
notice = "演示用的放假安排"
confidence = "test"
closed = [["{year}-01-01", "{year}-01-01", "元旦"]]
working = [{working}]
"""


def imported(folder, *, working=""):
    path = folder / "notice.toml"
    path.write_text(NOTICE.format(year=YEAR, working=working), encoding="utf-8")
    import_notice(path, folder)
    return working_calendar(folder=folder)


def test_the_same_files_give_the_calendar_built_before(tmp_path):
    assert working_calendar(folder=tmp_path) is working_calendar(folder=tmp_path)


def test_a_notice_imported_counts_at_once_and_so_does_its_correction(tmp_path):
    assert not working_calendar(folder=tmp_path).is_published(SATURDAY)
    assert not imported(tmp_path).is_working_day(SATURDAY)
    assert imported(tmp_path, working=f'"{SATURDAY}"').is_working_day(SATURDAY)
