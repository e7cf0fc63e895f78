"""Input made to harm: refused in plain words, within seconds and without filling the memory."""

from __future__ import annotations

import io
import os
import struct
import zipfile

import pytest
from linkpin.io import FileError, InputError, LimitError, draft_of, zips
from test_tools import archive

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def sheet(rows, **parts):
    body = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return archive({**PARTS, "xl/worksheets/sheet1.xml": f"{body}{rows}</sheetData></worksheet>", **parts})


def test_a_hand_made_workbook_reads():
    text = '<c r="{1}{0}" t="inlineStr"><is><t>{2}</t></is></c>'
    rows = [(1, "from", "to"), (2, "a", "b")]
    body = "".join(f'<row r="{n}">{text.format(n, "A", a)}{text.format(n, "B", b)}</row>' for n, a, b in rows)
    assert draft_of(sheet(body)).counts() == (2, 1, 0, 0)


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r = "1048576"><c r = "xfd1048576" ><v>1</v></c></row>',
    ],
)
def test_two_cells_that_span_a_whole_sheet(far):
    with pytest.raises(LimitError, match="far from the table"):
        draft_of(sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + far))


def test_one_long_text_in_many_cells():
    cells = "".join(f'<c r="{c}{{0}}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{r}">{cells.format(r)}</row>' for r in range(1, 101))
    with pytest.raises(LimitError, match="characters"):
        draft_of(sheet(rows, **{"xl/sharedStrings.xml": f"<sst><si><t>{'a' * 500_000}</t></si></sst>"}))


def test_entities_in_a_workbook():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(InputError, match="do not trust"):
        draft_of(archive({**PARTS, "xl/worksheets/sheet1.xml": bomb}))


def test_a_damaged_workbook():
    with pytest.raises(InputError, match="damaged"):
        draft_of(archive({**PARTS, "xl/worksheets/sheet1.xml": "nonsense"}))
    with pytest.raises(FileError, match="damaged"):
        draft_of(sheet("")[:300])


def test_office_files_of_other_kinds_name_the_way_out():
    with pytest.raises(InputError, match=r"save it as \.xlsx"):
        draft_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "C:\\evil.csv", "a/../../evil.csv", "..\\evil.csv"])
def test_paths_that_lead_out_of_an_archive(name):
    with pytest.raises(InputError, match="leads out of the archive"):
        draft_of(archive({name: "from,to\na,b\n"}))


def test_links_and_archives_in_archives():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="it is a link"):
        draft_of(stream.getvalue())
    with pytest.raises(InputError, match="another archive"):
        draft_of(archive({"inner.zip": archive({"a.csv": "from,to\na,b\n"})}))


def test_a_zip_bomb_by_its_declared_size(monkeypatch):
    monkeypatch.setattr(zips, "SIZE_LIMIT", 1_000_000)
    with pytest.raises(LimitError, match="unpack"):
        draft_of(archive({"a.csv": "from,to\n" + "a,b\n" * 500_000}))


def test_a_member_that_lies_about_its_size():
    rows = "from,to\n" + "a,b\n" * 50_000
    true, false = struct.pack("<I", len(rows)), struct.pack("<I", 12)
    with pytest.raises(InputError, match=r"damaged|more than it declares"):
        draft_of(archive({"a.csv": rows}).replace(true, false))


def test_a_cell_without_end(tmp_path):
    for cell in (b'"' + b"a" * (17 << 20) + b'"', b'"' + b"a\n" * (9 << 20), b"a" * (17 << 20)):
        with pytest.raises(LimitError):  # the scanner's limit of a cell is 16 MiB
            draft_of(b"from,to\n" + cell + b",b\n")
    sparse = tmp_path / "sparse.csv"
    with sparse.open("wb") as stream:  # 10 GB that take no room on the disk
        stream.write(b"from,to\na," + b"x" * 70_000)
        stream.truncate(10 << 30)
    with pytest.raises(LimitError, match="for one table"):
        draft_of(sparse)


def test_very_wide_tables():
    with pytest.raises(LimitError, match="edge list"):
        draft_of(b",".join(b"c%d" % i for i in range(100_000)) + b"\n")


def test_weights_that_are_no_numbers():
    draft = draft_of(b"from,to,weight\na,b,NaN\na,c,inf\nb,c,-Infinity\nc,d,1e999\nd,a,1\n")
    assert [i.row for i in draft.issues] == [2, 3, 4, 5]
    assert draft.ties["weight"] == [None, None, None, None, 1.0]
    draft = draft_of(b'{"nodes": [{"id": 1}, {"id": 2}], "links": [{"source": 1, "target": 2, "weight": NaN}]}')
    assert draft.ties.get("weight", [None]) == [None]
    assert len(draft.issues) == 1


@pytest.mark.parametrize(
    "content", [b"[" * 2_000_000, b'{"a":' * 500_000, b'{"nodes": [{"id": 1}], "links"', b"{}", b"[1, 2]"]
)
def test_json_that_is_none_of_ours(content):
    with pytest.raises(InputError):
        draft_of(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n \n", "only blanks"),
        (bytes(range(256)) * 40, "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "picture"),
        (b"%PDF-1.4\n", "PDF"),
        (b"\x1f\x8b\x08" + bytes(20), "unpack"),
        (b"<html></html>", "web page"),
        (b"<?xml version='1.0'?><poem/>", "no reader knows this XML"),
        (b'<!DOCTYPE l [<!ENTITY a "aa">]><gexf><graph/></gexf>', "declare entities"),
    ],
)
def test_content_that_no_reader_takes_is_told_by_its_looks(content, why):
    with pytest.raises(InputError, match=why):
        draft_of(content)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="neither a file nor a folder"):
        draft_of(tmp_path / "pipe")


def test_an_option_that_the_reader_does_not_take_is_named():
    gexf = b'<gexf xmlns="http://gexf.net/1.3"><graph><nodes><node id="a"/></nodes></graph></gexf>'
    with pytest.raises(InputError, match="option = shape: GEXF"):
        draft_of(gexf, shape="edges")


def test_a_missing_file():
    with pytest.raises(FileError, match="no such file"):
        draft_of("no/such/file.csv")


def test_other_objects_are_refused():
    with pytest.raises(InputError, match="give a path"):
        draft_of(42)
