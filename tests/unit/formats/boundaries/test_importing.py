"""Boundaries that are imported, and those that are refused."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import MultiPolygon, Point, Polygon, box, shape

from headstamp.errors import UnreadableTableError
from headstamp.formats.boundaries import shapes, unpacking
from headstamp.formats.boundaries.importing import Asked, import_boundaries
from headstamp.formats.boundaries.stored import collection, kept, known_areas, place_of
from headstamp.formats.boundaries.whole_city import inside_of
from headstamp.formats.incident_lists.vintages import vintages

ASKED = Asked("port-verity", "district", "NUM", "LABEL", "PEOPLE", 2020, "Port Verity")
SQUARES = [box(-87.7 + 0.1 * n, 41.8, -87.6 + 0.1 * n, 41.9) for n in range(3)]


def frame(**columns):
    rows = {"NUM": ["001", "002", "003"], "LABEL": ["One", "Two", "Three"], "PEOPLE": [10, 20, 30]}
    given = {**rows, **columns}
    geometry = given.pop("geometry", SQUARES)
    return geopandas.GeoDataFrame(given, geometry=geometry, crs="EPSG:4326")


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def geojson(tmp_path: Path):
    """``geojson(**columns)`` writes three squares as GeoJSON."""

    def write(**columns) -> Path:
        path = tmp_path / "districts.geojson"
        frame(**columns).to_file(path, driver="GeoJSON")
        return path

    return write


def nothing_kept(into: Path) -> bool:
    return not into.exists() or not [one for one in into.rglob("*") if one.is_file()]


def test_codes_are_as_rows_hold_them_and_people_are_known(geojson, into):
    import_boundaries(geojson(), into, ASKED)
    areas = known_areas(into, "port-verity", "district")
    assert [(one.code, one.name, one.population) for one in areas.areas] == [
        ("1", "One", 10), ("2", "Two", 20), ("3", "Three", 30),
    ]  # fmt: skip
    assert (areas.source, areas.population_year) == ("Port Verity", 2020)


def test_shapes_come_out_where_they_were(geojson, into):
    import_boundaries(geojson(), into, ASKED)
    found = [
        shape(one["geometry"]) for one in collection(into, "port-verity", "district")["features"]
    ]
    for one, was in zip(found, SQUARES, strict=True):
        assert one.symmetric_difference(was).area < 1e-6 * was.area


@pytest.mark.parametrize("crs", ["EPSG:3435", "EPSG:26916"])
@pytest.mark.parametrize("packed", ["folder", "shp", "zip"])
def test_a_shapefile_in_feet_or_metres_comes_out_in_degrees(tmp_path, into, crs, packed):
    folder = tmp_path / "shapes"
    folder.mkdir()
    frame().to_crs(crs).to_file(folder / "districts.shp")
    path = {"folder": folder, "shp": folder / "districts.shp", "zip": tmp_path / "shapes.zip"}[
        packed
    ]
    if packed == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for one in folder.iterdir():
                archive.write(one, f"inner/{one.name}")
    made = import_boundaries(path, into, ASKED)
    assert made.boundaries.areas == 3
    first = shape(collection(into, "port-verity", "district")["features"][0]["geometry"])
    assert first.bounds == pytest.approx(SQUARES[0].bounds, abs=2e-5)


def test_parts_of_one_area_are_put_together(geojson, into):
    path = geojson(NUM=["1", "01", "2"], LABEL=["One", "One", "Two"], PEOPLE=[10, 10, 20])
    made = import_boundaries(path, into, ASKED)
    assert (made.boundaries.areas, made.boundaries.merged) == (2, 1)
    first = shape(collection(into, "port-verity", "district")["features"][0]["geometry"])
    assert first.area == pytest.approx(2 * SQUARES[0].area)


def test_simplified_neighbours_keep_their_common_boundary_and_weigh_little(tmp_path, into):
    wavy = [(-87.6 + 0.001 * (n % 2), 41.8 + 0.1 * n / 20_000) for n in range(20_001)]
    west = Polygon([(-87.7, 41.8), *wavy, (-87.7, 41.9)])
    east = Polygon([(-87.5, 41.8), *wavy, (-87.5, 41.9)])
    rows = geopandas.GeoDataFrame(
        {"NUM": [1, 2], "LABEL": ["W", "E"], "PEOPLE": [1, 2]},
        geometry=[west, east],
        crs="EPSG:4326",
    )
    path = tmp_path / "wavy.geojson"
    rows.to_file(path, driver="GeoJSON")
    made = import_boundaries(path, into, ASKED)
    assert made.place.stat().st_size <= shapes.DRAWN_BYTES + 2000
    one, other = (
        shape(each["geometry"]) for each in collection(into, "port-verity", "district")["features"]
    )
    assert one.intersection(other).area < 1e-9
    assert one.union(other).area == pytest.approx(0.2 * 0.1, rel=1e-3)


def test_boundaries_are_no_vintage_and_lists_are_no_boundaries(geojson, into):
    import_boundaries(geojson(), into, ASKED)
    assert vintages(into) == []
    assert [one.kind for one in kept(into)] == ["district"]


def test_the_same_kind_again_replaces_the_earlier(geojson, into):
    import_boundaries(geojson(), into, ASKED)
    import_boundaries(geojson(LABEL=["Uno", "Due", "Tre"]), into, ASKED)
    assert known_areas(into, "port-verity", "district").areas[0].name == "Uno"
    assert len(kept(into)) == 1


def test_the_city_is_its_areas_and_a_little_around(geojson, into):
    import numpy as np

    import_boundaries(geojson(), into, ASKED)
    is_inside = inside_of(into, "port-verity")
    latitude = np.array([41.85, 41.85, 41.85, 0.0])
    longitude = np.array([-87.65, -87.7005, -87.3, 0.0])
    assert is_inside(latitude, longitude).tolist() == [True, True, False, False]
    assert inside_of(into, "elsewhere") is None


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"NUM": ["1", "1", "2"]}, "shape 2: NUM 1 is Two here and One before"),
        ({"NUM": ["1", None, "2"]}, "shape 2 has no NUM"),
        ({"NUM": ["1", "000", "2"]}, "shape 2 has no NUM"),
        ({"PEOPLE": ["10", "many", "30"]}, "shape 2: many is no number of people"),
        ({"PEOPLE": [10, -5, 30]}, "is no number of people"),
        ({"geometry": [SQUARES[0], Point(-87.6, 41.8), SQUARES[2]]}, "shape 2 is no area (Point)"),
        ({"geometry": [SQUARES[0], None, SQUARES[2]]}, "shape 2 is no area (nothing)"),
        ({"geometry": [SQUARES[0], MultiPolygon(), SQUARES[2]]}, "shape 2 is no area"),
        (
            {"geometry": [box(1_100_000, 1_800_000, 1_200_000, 1_900_000), *SQUARES[1:]]},
            "outside the world",
        ),
    ],
)
def test_bad_shapes_are_refused_by_their_number(geojson, into, columns, said):
    with pytest.raises(UnreadableTableError) as error:
        import_boundaries(geojson(**columns), into, ASKED)
    assert said in str(error.value)
    assert nothing_kept(into)


def test_a_field_that_is_missing_is_named_with_those_there_are(geojson, into):
    asked = Asked("port-verity", "district", "DIST", "LABEL")
    with pytest.raises(UnreadableTableError, match="no field DIST; it has NUM, LABEL, PEOPLE"):
        import_boundaries(geojson(), into, asked)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b'{"type": "Feature"}',
        b"\xff\xfe\x00",
        b'{"type": "FeatureCollection"}',
    ],
)
def test_what_is_no_geojson_is_refused(tmp_path, into, content):
    path = tmp_path / "broken.geojson"
    path.write_bytes(content)
    with pytest.raises(UnreadableTableError, match=r"broken\.geojson"):
        import_boundaries(path, into, ASKED)
    assert nothing_kept(into)


def test_a_shapefile_without_its_projection_or_its_parts_is_refused(tmp_path, into):
    frame().to_file(tmp_path / "districts.shp")
    (tmp_path / "districts.prj").unlink()
    with pytest.raises(UnreadableTableError, match=r"\.prj is missing"):
        import_boundaries(tmp_path / "districts.shp", into, ASKED)
    (tmp_path / "districts.shx").unlink()
    with pytest.raises(UnreadableTableError, match="cannot be read"):
        import_boundaries(tmp_path / "districts.shp", into, ASKED)
    assert nothing_kept(into)


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_is(tmp_path, into, monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 1000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("districts.geojson", " " * 5000)
    with pytest.raises(UnreadableTableError, match="unpacks to more than"):
        import_boundaries(path, into, ASKED)


def test_a_zip_writes_nothing_outside_its_folder(tmp_path, into, geojson):
    path = tmp_path / "up.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escaped.geojson", geojson().read_bytes())
    with pytest.raises(UnreadableTableError, match="it holds none"):
        import_boundaries(path, into, ASKED)
    assert not list(tmp_path.rglob("escaped.geojson"))
    assert not (tmp_path.parent / "escaped.geojson").exists()


def test_a_zip_that_is_none_or_holds_several_is_refused(tmp_path, into, geojson):
    (tmp_path / "none.zip").write_bytes(b"PK not at all")
    with pytest.raises(UnreadableTableError, match=r"no \.zip"):
        import_boundaries(tmp_path / "none.zip", into, ASKED)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for name in ("a.geojson", "b.geojson"):
            archive.writestr(name, geojson().read_bytes())
    with pytest.raises(UnreadableTableError, match=r"holds a\.geojson, b\.geojson"):
        import_boundaries(tmp_path / "two.zip", into, ASKED)


def test_a_file_that_is_not_there_and_one_of_another_kind_are_refused(tmp_path, into):
    with pytest.raises(UnreadableTableError, match="no such file"):
        import_boundaries(tmp_path / "missing.geojson", into, ASKED)
    (tmp_path / "table.csv").write_text("a,b\n")
    with pytest.raises(UnreadableTableError, match="is no file of boundaries"):
        import_boundaries(tmp_path / "table.csv", into, ASKED)


@pytest.mark.parametrize(
    ("jurisdiction", "kind"),
    [("../up", "district"), ("Chicago", "district"), ("chicago", "street")],
)
def test_a_kind_or_a_jurisdiction_that_is_none_is_refused(jurisdiction, kind):
    with pytest.raises(UnreadableTableError):
        Asked(jurisdiction, kind, "NUM", "LABEL")


def test_a_damaged_file_in_the_folder_is_named(geojson, into):
    import_boundaries(geojson(), into, ASKED)
    path = place_of(into, "port-verity", "district")
    content = json.loads(path.read_text())
    del content["features"][0]["properties"]["area"]
    path.write_text(json.dumps(content))
    with pytest.raises(UnreadableTableError, match="is damaged; import the boundaries again"):
        known_areas(into, "port-verity", "district")


def test_the_city_s_districts_and_community_areas_are_read(shared_data, into):
    folder = shared_data / "areas"
    districts = import_boundaries(
        folder / "chicago_police_districts",
        into,
        Asked("chicago", "district", "DIST_NUM", "DIST_LABEL"),
    )
    assert districts.boundaries.areas == 24
    areas = import_boundaries(
        folder / "chicago_community_areas_2020.geojson",
        into,
        Asked("chicago", "area", "area_numbe", "community", "TOT_POP", 2020),
    )
    assert areas.boundaries.areas == 77
    known = known_areas(into, "chicago", "area")
    assert known.by_code["35"].name == "DOUGLAS"
    assert known.by_code["35"].population == 21325
    for one in (districts, areas):
        assert one.place.stat().st_size <= 152_000
