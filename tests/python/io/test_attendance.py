"""Attendance and monitoring tables as evaluators have them, told by their content."""

from __future__ import annotations

import io
import zipfile

import linkpin as lp
import pytest


def read(text: str, **options: object) -> lp.Ecosystem:
    return lp.read(text.encode(), **options)


def counted(eco: lp.Ecosystem) -> dict[tuple[str, str, str], int]:
    return {
        (r["to"], r["characteristic"], r["category"]): r["count"] for r in eco.ties.rows() if r["kind"] == "counted_at"
    }


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """Return a workbook of inline texts and numbers."""

    def cell(value: object) -> str:
        if isinstance(value, (int, float)):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    out = io.BytesIO()
    space = "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(out, "w") as archive:
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main'
            f'+xml"/>{kinds}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r" Type="{space}/'
            'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        tabs = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="s{i}"/>' for i, name in enumerate(sheets, 1))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}/spreadsheetml/2006/main" xmlns:r="{space}/officeDocument/2006/relationships">'
            f"<sheets>{tabs}</sheets></workbook>",
        )
        links = "".join(
            f'<Relationship Id="s{i}" Type="{space}/officeDocument/2006/relationships/worksheet" '
            f'Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{space}/package/2006/relationships">{links}</Relationships>',
        )
        for i, rows in enumerate(sheets.values(), 1):
            body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/sheet{i}.xml",
                f'<worksheet xmlns="{space}/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>',
            )
    return out.getvalue()


def test_a_register_keeps_every_capacity_and_quarantines_the_rest() -> None:
    eco = read(
        "Attendee,Attending as,Event,Date,Attended,Organisation,Support offered,Format,Stage\n"
        "A1,carer; researcher,Forum,2023-10-13,yes,Body,payment|respite,Zoom,design\n"
        "A2,carer,Forum,2023-10-13,no,,,,\n"
        "A3,council,Forum,13/10/2023,perhaps,,,In-person,\n"
        ",carer,Forum,,yes,,,,\n"
    )
    rows = [r for r in eco.ties.rows() if r["kind"] == "takes_part_in"]
    assert [(r["from"], r["to"], r["capacity"], r["mode"], r["stage"]) for r in rows] == [
        ("A1", "Forum", ("carer", "researcher"), "online", "design")
    ]
    assert rows[0]["support_offered"] == ("payment", "respite")
    assert rows[0]["start"] == "2023-10-13"
    assert [(i["row"], i["column"]) for i in eco.issues.rows()] == [(4, "Date"), (4, "Attended"), (5, "Attendee")]
    assert "2 rows say that the person did not attend" in eco.about["read"]
    assert {r["id"]: r["kind"] for r in eco.entities.rows()} == {
        "A1": "person", "Forum": "event", "Body": "organisation", "A2": "person", "A3": "person"
    }  # fmt: skip
    assert lp.capacities(eco).bridges["people"].tolist() == [1]


def test_one_sheet_an_event_of_blocks_as_printed() -> None:
    # The carer and gender tables of 13 and 24 October 2023 (NIHR ARC South London, February 2024).
    eco = lp.read(
        workbook(
            {
                "13 October": [["Diversity Monitoring"], ["26 people filled in forms."], ["Gender"], ["Female", 18],
                               ["Male", 7], ["Non-binary", 1], ["Carer?"], ["Yes", 5], ["No", 21]],
                "24 October": [["10 people filled in forms."], ["Gender"], ["Female", 9], ["Male", 1],
                               ["Non-binary", 0], ["Carer?"], ["Yes", 3], ["No", 6]],
            }
        )
    )  # fmt: skip
    assert len(eco.issues) == 0
    assert counted(eco)["13 October", "Carer?", "Yes"] == 5
    assert counted(eco)["24 October", "Gender", "Non-binary"] == 0
    m = lp.monitoring(eco, attended=85)
    row = next(r for r in m.table.rows() if r["event"] is None and r["characteristic"] == "Carer?")
    assert (row["count"], row["answered"]) == (8, 35)
    assert row["bound_high"] == pytest.approx(58 / 85)
    asked = next(r for r in m.questions.rows() if r["event"] == "24 October" and r["characteristic"] == "Carer?")
    assert asked["left_blank"] == 1


def test_blocks_in_a_text_have_attendance_and_refused_counts() -> None:
    eco = read(
        "Attended,40\nForms returned,30\nGender\nFemale,18\nMale,many\nPrefer not to say,2\nCarer?\nYes,5\nNo,21\n"
    )
    assert [(i["row"], i["column"], i["value"]) for i in eco.issues.rows()] == [(5, "Gender", "many")]
    event = next(r for r in eco.entities.rows() if r["kind"] == "event")
    assert (event["attendance"], event["monitoring_forms"]) == (40, 30)
    asked = next(r for r in lp.monitoring(eco).questions.rows() if r["event"] == event["id"])
    assert (asked["answered"], asked["prefer_not_to_say"], asked["left_blank"], asked["not_returned"]) == (
        18,
        2,
        10,
        10,
    )


def test_counts_say_their_question_once_and_keep_the_reasons_apart() -> None:
    eco = read(
        "Event,Question,Answer,Number\nForum,Carer?,Yes,5\nForum,,No,21\nForum,,Prefer not to say,2\n"
        "Forum,,Form not returned,7\nForum,Age,16-24,-1\nForum,Age,,3\n"
    )
    assert counted(eco) == {
        ("Forum", "Carer?", "Yes"): 5,
        ("Forum", "Carer?", "No"): 21,
        ("Forum", "Carer?", "Prefer not to say"): 2,
        ("Forum", "Carer?", "Form not returned"): 7,
    }
    assert [i["row"] for i in eco.issues.rows()] == [6, 7]
    asked = next(lp.monitoring(eco).questions.rows())
    assert (asked["prefer_not_to_say"], asked["not_returned"], asked["attended"]) == (2, 7, 35)


def test_forms_row_by_row_are_counted_and_blanks_are_blanks() -> None:
    eco = read(
        "Event,Gender,Carer,Age\nA,Female,Yes,25-39\nA,Male,,prefer not to say\nB,Female,No,40-59\n,Male,No,75+\n"
    )
    assert counted(eco)["A", "Carer", "left blank"] == 1
    assert [i["row"] for i in eco.issues.rows()] == [5]
    asked = {(r["event"], r["characteristic"]): r for r in lp.monitoring(eco).questions.rows()}
    assert asked["A", "Carer"]["left_blank"] == 1
    assert asked["A", "Age"]["prefer_not_to_say"] == 1
    assert asked[None, "Gender"]["answered"] == 3
    assert not [r for r in eco.entities.rows() if r["kind"] == "person"]  # counts, nobody's form


@pytest.mark.parametrize(
    "text",
    [
        "from,to,weight\na,b,1\nb,c,2\n",
        "id,gender,age\na,f,3\nb,m,4\n",
        "name,size\na,5\nb,\nc,3\n",
        ",a,b\na,0,1\nb,1,0\n",
    ],
)
def test_other_tables_stay_what_they_are(text: str) -> None:
    eco = read(text)
    assert "register" not in eco.about["read"]
    assert "monitoring form" not in eco.about["read"]
    assert not [r for r in eco.ties.rows() if r.get("kind") == "counted_at"]


def test_a_shape_asked_for_and_not_there_is_refused() -> None:
    with pytest.raises(lp.InputError, match="attendee"):
        read("from,to\na,b\n", shape="attendance")
    assert len(read("Participant,Role\nA1,carer\n", shape="attendance", wave="2023").ties) == 1


def test_hostile_names_stay_text() -> None:
    name = "<script>alert(1)</script>"
    eco = read(f'Attendee,Event,Role\n"{name}","=1+1","carer|<b>"\n')
    assert eco.ties["capacity"].tolist() == [("carer", "<b>")]
    assert name in eco.entities["id"].tolist()
    assert name not in lp.capacities(eco)._repr_html_()
