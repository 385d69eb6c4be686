"""A workbook as Excel of today leaves it: threaded comments, and a slicer on a table.

Written from [MS-XLSX], sections 2.1 (parts) and 2.6 (extensions), onto the rich workbook of `books`.
"""

from tests.sheets.ooxml.books import HEAD, MAIN, RELATIONS, parts_of, rich, zipped

_MICROSOFT = "http://schemas.microsoft.com/office"
_X14 = f"{_MICROSOFT}/spreadsheetml/2009/9/main"
_X15 = f"{_MICROSOFT}/spreadsheetml/2010/11/main"
_THREADS = f"{_MICROSOFT}/spreadsheetml/2018/threadedcomments"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_FIRST, _REPLY = "{6B7D2B0F-5C57-4E0E-9C3B-0F3F5D1C8A01}", "{0C0F9A43-8D0B-4B8F-8E8C-2B1B9C2E7D02}"
_ADA, _BO = "{A1A1A1A1-0000-4000-8000-000000000001}", "{B2B2B2B2-0000-4000-8000-000000000002}"

PARTS = {
    "xl/threadedComments/threadedComment1.xml": f'{HEAD}<ThreadedComments xmlns="{_THREADS}" xmlns:x="{MAIN}">'
    f'<threadedComment ref="B3" dT="2026-07-03T10:00:00.12" personId="{_ADA}" id="{_FIRST}"><text>Is @Bo sure?</text>'
    f'<mentions><mention mentionpersonId="{_BO}" mentionId="{{C3C3C3C3-0000-4000-8000-000000000003}}" startIndex="3" '
    f'length="3"/></mentions></threadedComment><threadedComment ref="B3" dT="2026-07-03T10:05:00.00" '
    f'personId="{_BO}" id="{_REPLY}" parentId="{_FIRST}"><text>Yes</text></threadedComment></ThreadedComments>',
    "xl/persons/person.xml": f'{HEAD}<personList xmlns="{_THREADS}" xmlns:x="{MAIN}"><person displayName="Ada" '
    f'id="{_ADA}" userId="S::ada@example.org::1" providerId="AD"/><person displayName="Bo" id="{_BO}" userId="Bo" '
    'providerId="None"/></personList>',
    "xl/slicers/slicer1.xml": f'{HEAD}<slicers xmlns="{_X14}" xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="x" '
    f'xmlns:x="{MAIN}"><slicer name="Done" cache="Slicer_Done" caption="Done" rowHeight="241300"/></slicers>',
    "xl/slicerCaches/slicerCache1.xml": f'{HEAD}<slicerCacheDefinition xmlns="{_X14}" xmlns:mc="{_COMPATIBILITY}" '
    f'mc:Ignorable="x" xmlns:x="{MAIN}" name="Slicer_Done" sourceName="Done"><extLst><x:ext '
    f'uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" xmlns:x15="{_X15}"><x15:tableSlicerCache tableId="1" '
    'column="5"/></x:ext></extLst></slicerCacheDefinition>',
}
_TYPES = {
    "xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel.threadedcomments+xml",
    "xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
    "xl/slicers/slicer1.xml": "application/vnd.ms-excel.slicer+xml",
    "xl/slicerCaches/slicerCache1.xml": "application/vnd.ms-excel.slicerCache+xml",
}
SHEET_EXTENSION = (
    f'<ext xmlns:x15="{_X15}" uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}"><x14:slicerList xmlns:x14="{_X14}">'
    '<x14:slicer r:id="rId91"/></x14:slicerList></ext>'
)
BOOK_EXTENSION = (
    f'<ext xmlns:x15="{_X15}" uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}"><x15:slicerCaches xmlns:x14="{_X14}">'
    '<x14:slicerCache r:id="rId91"/></x15:slicerCaches></ext>'
)
_ANCHOR = (
    '<xdr:twoCellAnchor editAs="oneCell"><xdr:from><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>'
    "<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>12</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row>"
    f'<xdr:rowOff>0</xdr:rowOff></xdr:to><mc:AlternateContent xmlns:mc="{_COMPATIBILITY}" '
    f'xmlns:sle15="{_MICROSOFT}/drawing/2012/slicer"><mc:Choice Requires="sle15"><xdr:graphicFrame macro="">'
    '<xdr:nvGraphicFramePr><xdr:cNvPr id="9" name="Done"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>'
    f'<a:off xmlns:a="{_DRAWING}/main" x="0" y="0"/><a:ext xmlns:a="{_DRAWING}/main" cx="0" cy="0"/></xdr:xfrm>'
    f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_MICROSOFT}/drawing/2010/slicer"><sle:slicer '
    f'xmlns:sle="{_MICROSOFT}/drawing/2010/slicer" name="Done"/></a:graphicData></a:graphic></xdr:graphicFrame>'
    "</mc:Choice><mc:Fallback/></mc:AlternateContent><xdr:clientData/></xdr:twoCellAnchor>"
)


def modern() -> bytes:
    """The rich workbook with a thread on Tasks!B3 and a slicer on its table's column "Done"."""
    parts = {
        name: content.decode() if name.endswith((".xml", ".rels")) else content
        for name, content in parts_of(rich()).items()
    }

    def put(name: str, before: str, text: str) -> None:
        content = parts[name]
        assert isinstance(content, str)
        assert before in content, (name, before)
        parts[name] = content.replace(before, text + before, 1)

    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    put("[Content_Types].xml", "</Types>", overrides)
    threaded = _relationship(90, "2017/10", "threadedComment", "../threadedComments/threadedComment1.xml")
    slicer = _relationship(91, "2007", "slicer", "../slicers/slicer1.xml")
    put("xl/worksheets/_rels/sheet1.xml.rels", "</Relationships>", threaded + slicer)
    person = _relationship(90, "2017/10", "person", "persons/person.xml")
    cache = _relationship(91, "2007", "slicerCache", "slicerCaches/slicerCache1.xml")
    put("xl/_rels/workbook.xml.rels", "</Relationships>", person + cache)
    put("xl/workbook.xml", "</definedNames>", '<definedName name="Slicer_Done">#N/A</definedName>')
    put("xl/workbook.xml", "</workbook>", f"<extLst>{BOOK_EXTENSION}</extLst>")
    put("xl/worksheets/sheet1.xml", "</extLst>", SHEET_EXTENSION)
    put("xl/drawings/drawing1.xml", "</xdr:wsDr>", _ANCHOR)
    put("xl/comments1.xml", "</authors>", f"<author>tc={_FIRST}</author>")
    assert f'xmlns:r="{RELATIONS}"' in parts["xl/worksheets/sheet1.xml"]
    return zipped({**parts, **PARTS})


def _relationship(number: int, year: str, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_MICROSOFT}/{year}/relationships/{kind}" Target="{target}"/>'
