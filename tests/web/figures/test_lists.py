"""Lists in the workspace: whole, once, compared, withdrawn."""

from __future__ import annotations

import pytest
from tests.web.figures.conftest import FIRST_DAY, SECOND_DAY
from tests.web.forms import text_of

from headstamp.errors import UnreadableTableError
from headstamp.web.audit.models import AuditEvent
from headstamp.web.figures.list_models import ListVintage
from headstamp.web.figures.lists import importing
from headstamp.web.figures.lists.folder import lists_in_use, path_of
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


def upload(browser, path, **more):
    with path.open("rb") as stream:
        given = {"list": stream, "retrieved": "2026-06-30", "schema": "", **more}
        return browser.post("/figures/work/lists/add/", given)


def test_an_analyst_brings_a_list_in_and_it_is_put_on_record(victim_lists, person, signed_in):
    analyst = person("analyst")
    answer = upload(signed_in(analyst), victim_lists[SECOND_DAY])
    made = ListVintage.objects.get()
    assert answer["Location"] == f"/figures/work/lists/{made.pk}/"
    assert made.imported_by == analyst
    assert (made.jurisdiction, made.schema) == ("port-verity", "port-verity-victims")
    assert made.file_name == "victims-2026-06-30.csv"
    assert made.day == "2026-06-30"
    rows = victim_lists[SECOND_DAY].read_text().count("\n") - 1
    assert made.rows + made.rejected == rows
    assert (path_of(made) / "rows.parquet").is_file()
    event = AuditEvent.objects.get(action="figures.list_imported")
    assert event.record == str(made.pk)
    assert event.actor == str(analyst.pk)
    assert event.detail["sha256"] == made.sha256


def test_the_same_file_twice_is_kept_once_and_said_so(victim_lists, person, signed_in):
    browser = signed_in(person("analyst"))
    upload(browser, victim_lists[SECOND_DAY])
    answer = upload(browser, victim_lists[SECOND_DAY], retrieved="2026-07-01")
    assert "was imported before" in text_of(browser.get(answer["Location"]))
    assert ListVintage.objects.count() == 1
    assert AuditEvent.objects.filter(action="figures.list_imported").count() == 1


def test_a_file_that_is_no_list_says_why_and_leaves_nothing(tmp_path, person, signed_in, settings):
    path = tmp_path / "other.csv"
    path.write_text("name,colour\nx,y\n")
    answer = upload(signed_in(person("analyst")), path)
    assert answer.status_code == 422
    assert "other.csv" in text_of(answer)
    assert str(settings.WORKSPACE.root) not in text_of(answer)
    assert not ListVintage.objects.exists()
    assert not list(settings.WORKSPACE.tmp.glob("list-*"))
    assert not settings.WORKSPACE.lists.exists()


def test_rows_that_were_set_aside_are_shown_with_the_reason(
    tmp_path, victim_lists, person, signed_in
):
    lines = victim_lists[SECOND_DAY].read_text().splitlines()
    bad = lines[1].replace(lines[1].split(",")[2], "31 June 2026")
    path = tmp_path / "with-a-bad-row.csv"
    path.write_text("\n".join([lines[0], bad, *lines[2:]]) + "\n")
    browser = signed_in(person("analyst"))
    answer = upload(browser, path)
    made = ListVintage.objects.get()
    assert made.rejected == 1
    assert "31 June 2026" in text_of(browser.get(answer["Location"]))
    file = b"".join(browser.get(f"{answer['Location']}set-aside/").streaming_content)
    assert b"31 June 2026" in file


def test_a_day_that_lies_ahead_is_refused(victim_lists, person, signed_in):
    answer = upload(signed_in(person("analyst")), victim_lists[SECOND_DAY], retrieved="2999-01-01")
    assert answer.status_code == 422
    assert "lies ahead" in text_of(answer)


def test_an_import_that_was_killed_is_used_by_nobody_and_made_anew(
    import_list, victim_lists, monkeypatch, person
):
    """The folder is in its place and the row is not: as when the power goes between them."""

    def killed(*args):
        monkeypatch.undo()
        importing._move(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "_move", killed)
    with pytest.raises(KeyboardInterrupt):
        import_list(SECOND_DAY)
    assert not ListVintage.objects.exists()
    with lists_in_use() as folder:
        assert not list(folder.iterdir())
    made = import_list(SECOND_DAY)
    with lists_in_use() as folder:
        assert (folder / made.place / "vintage.json").is_file()


def test_a_withdrawn_list_is_counted_no_more_and_stays_readable(import_list, person, signed_in):
    made, analyst = import_list(SECOND_DAY), person("analyst")
    browser = signed_in(analyst)
    assert "Say why" in text_of(
        browser.post(f"/figures/work/lists/{made.pk}/withdraw/", {"reason": " "}, follow=True)
    )
    browser.post(f"/figures/work/lists/{made.pk}/withdraw/", {"reason": "Sent by mistake"})
    with lists_in_use() as folder:
        assert not list(folder.iterdir())
    assert "Sent by mistake" in text_of(browser.get(f"/figures/work/lists/{made.pk}/"))
    event = AuditEvent.objects.get(action="figures.list_withdrawn")
    assert event.purpose == "Sent by mistake"
    with pytest.raises(Refusal, match="withdrawn already"):
        importing.withdraw_list(made, reason="again", by=analyst)
    with pytest.raises(Refusal, match="Sent by mistake"):
        import_list(SECOND_DAY)


def test_two_vintages_are_compared_row_by_row(import_list, victim_lists, person, signed_in):
    earlier, later = import_list(FIRST_DAY), import_list(SECOND_DAY)
    address = f"/figures/work/lists/compare/?earlier={later.pk}&later={earlier.pk}"
    browser = signed_in(person("investigator"))
    answer = browser.get(address)
    one, other = (
        {line.split(",")[0]: line for line in victim_lists[day].read_text().splitlines()[1:]}
        for day in (FIRST_DAY, SECOND_DAY)
    )
    counts = dict(answer.context["counts"])
    assert counts["added"] == len(other.keys() - one.keys()) > 0
    assert counts["removed"] == len(one.keys() - other.keys())
    assert counts["changed"] == sum(one[key] != other[key] for key in one.keys() & other.keys())
    assert answer.context["earlier"] == earlier  # whichever was named first
    assert browser.get(f"{address}x").status_code == 422


def test_two_lists_are_not_compared(import_list, person, signed_in):
    one = import_list(SECOND_DAY)
    other = ListVintage.objects.get(pk=one.pk)
    other.pk, other.schema = None, "another"
    other.save(force_insert=True)
    browser = signed_in(person("analyst"))
    answer = browser.get(f"/figures/work/lists/compare/?earlier={one.pk}&later={other.pk}")
    assert answer.status_code == 422
    assert "two lists" in text_of(answer)


def test_a_list_whose_folder_is_missing_is_not_passed_over(import_list):
    import shutil

    from headstamp.errors import WorkspaceError

    shutil.rmtree(path_of(import_list(SECOND_DAY)))
    with pytest.raises(WorkspaceError, match="is missing"), lists_in_use():
        pass


def test_a_file_that_cannot_be_read_raises_for_commands(tmp_path, db):
    path = tmp_path / "empty.csv"
    path.write_text("")
    with pytest.raises(UnreadableTableError):
        importing.keep_list(path, retrieved="2026-06-30", by=None)
