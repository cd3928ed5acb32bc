"""Tables of truth as people save them, and the errors they get for the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from headstamp.errors import ReferencePopulationError
from headstamp.formats.truth_table import read_truth_table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scans = tmp_path / "scans"
    (scans / "day 1").mkdir(parents=True)
    for name in ("a.x3p", "b.x3p", "day 1/c.x3p"):
        (scans / name).touch()
    return scans


def table(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "truth.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        "file,gun\na.x3p,1\nb.x3p,2\n",
        "gun,file\n1,a.x3p\n2,b.x3p",
        "\ufefffile,gun\r\na.x3p,1\r\nb.x3p,2\r\n",
        'file,gun\n"a.x3p","1"\n"b.x3p","2"\n',
        " File , gun \n a.x3p , 1 \n\n b.x3p , 2 \n,\n",
    ],
    ids=["plain", "turned round", "mark and Windows line ends", "quoted", "spaces and gaps"],
)
def test_the_same_table_however_it_is_saved(tmp_path: Path, folder: Path, content: str) -> None:
    found = read_truth_table(table(tmp_path, content), folder)
    assert found.files == (folder / "a.x3p", folder / "b.x3p")
    assert found.sources == ("1", "2")
    assert found.source_column == "gun"


def test_files_in_folders_inside_with_either_slash(tmp_path: Path, folder: Path) -> None:
    path = table(tmp_path, "file,gun\nday 1/c.x3p,1\na.x3p,1\n")
    assert read_truth_table(path, folder).files[0] == folder / "day 1" / "c.x3p"
    path = table(tmp_path, "file,gun\nday 1\\c.x3p,1\na.x3p,1\n")
    assert read_truth_table(path, folder).files[0] == folder / "day 1" / "c.x3p"


def test_source_may_hold_commas_and_line_ends(tmp_path: Path, folder: Path) -> None:
    path = table(tmp_path, 'file,gun\na.x3p,"Glock, 17"\nb.x3p,"two\nlines"\n')
    assert read_truth_table(path, folder).sources == ("Glock, 17", "two\nlines")


def test_column_is_chosen_when_there_are_several(tmp_path: Path, folder: Path) -> None:
    path = table(tmp_path, "file,gun,shooter\na.x3p,1,x\nb.x3p,2,y\n")
    assert read_truth_table(path, folder, "shooter").sources == ("x", "y")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "no column named file"),
        ("scan,gun\na.x3p,1\n", r"no column named file in its first row \(scan, gun\)"),
        ("file\na.x3p\n", "needs one that names the source"),
        ("file,gun,GUN\na.x3p,1,2\n", "names a column twice"),
        ("file,gun\n", "has no rows"),
        ("file,gun\na.x3p,1\na.x3p,1\n", "line 3: a.x3p was already named on line 2"),
        ("file,gun\na.x3p\n", "line 2: 1 values for 2 columns"),
        ("file,gun\na.x3p,1,2\n", "line 2: 3 values for 2 columns"),
        ("file,gun\na.x3p,\n", "line 2: gun is empty"),
        ("file,gun\n,1\n", "line 2: file is empty"),
        ("file,gun\nz.x3p,1\n", "names z.x3p, not found"),
        ("file,gun\n" + "".join(f"{n}.x3p,1\n" for n in range(9)), "and 6 more, not found"),
        ("file,gun\n../truth.csv,1\n", "lies outside"),
        ('file,gun\n"a.x3p,1\n', "not a CSV table"),
        (b"file,gun\n\xff\xfe,1\n", "not UTF-8"),
    ],
)
def test_wrong_table_is_refused_in_one_line_that_names_it(
    tmp_path: Path, folder: Path, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(ReferencePopulationError, match=sentence) as caught:
        read_truth_table(table(tmp_path, content), folder)
    assert "truth.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unknown_source_column_is_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ReferencePopulationError, match="no column slide; it has file, gun"):
        read_truth_table(table(tmp_path, "file,gun\na.x3p,1\n"), folder, "slide")


def test_absent_table_and_folder_in_its_place(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ReferencePopulationError, match="does not exist"):
        read_truth_table(tmp_path / "none.csv", folder)
    with pytest.raises(ReferencePopulationError, match="cannot be read"):
        read_truth_table(folder, folder)


def test_table_of_the_real_collection(shared_data: Path) -> None:
    folder = shared_data / "scans" / "fadul"
    found = read_truth_table(folder / "sources.csv", folder)
    assert (len(found), len(set(found.sources)), found.source_column) == (40, 10, "slide")


def test_of_several_columns_the_first_beside_file_names_the_source(
    tmp_path: Path, folder: Path
) -> None:
    table = tmp_path / "wide.csv"
    table.write_text("file,gun,shooter\na.x3p,1,2\n", encoding="utf-8")
    assert read_truth_table(table, folder).source_column == "gun"
    assert read_truth_table(table, folder, "shooter").sources == ("2",)
