"""Bodies are made from simple values into what the database keeps."""

from types import SimpleNamespace

from gazeti.stories.blocks import Body
from gazeti.stories.formats import raw_body


def test_ids_stand_for_things() -> None:
    picture = SimpleNamespace(pk=7)
    (block,) = raw_body([("picture", {"picture": picture, "alt": "Crates"})])
    assert block["value"] == {"picture": 7, "alt": "Crates"}
    assert raw_body([("related", SimpleNamespace(pk=3))])[0]["value"] == 3


def test_a_column_of_figures_is_told_from_one_of_words() -> None:
    table = {
        "caption": "",
        "header": ["Good", "Price", "Change"],
        "rows": [["Maize", "60", "+2"], ["Beans", "1,200", "-3"]],
    }
    raw = raw_body([("table", table)])[0]["value"]
    assert [column["type"] for column in raw["columns"]] == ["words", "figures", "figures"]


def test_every_block_has_an_id_of_its_own() -> None:
    blocks = raw_body([("text", "<p>a</p>"), ("text", "<p>a</p>")])
    assert blocks[0]["id"] != blocks[1]["id"]


def test_the_desk_reads_what_is_made() -> None:
    raw = raw_body(
        [
            ("text", "<p>a</p>"),
            ("heading", "What next"),
            ("list", {"ordered": True, "items": ["One", "Two"]}),
            ("table", {"caption": "C", "header": ["A"], "rows": [["1"]]}),
            ("facts", {"title": "T", "body": "<p>x</p>"}),
            ("quotation", {"text": "It leaks.", "speaker": "Halima Noor", "role": ""}),
            ("card", {"url": "https://www.iptc.org/", "title": "IPTC", "description": ""}),
        ]
    )
    block = Body()
    value = block.to_python(raw)
    assert [child.block_type for child in value] == [one["type"] for one in raw]
    assert value[2].value["items"][1].source == "Two"
    assert value[3].value.caption == "C"
    block.clean(value)
