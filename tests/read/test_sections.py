"""The parts of news documents in many layouts, and where the metadata is taken from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Document, SectionKind
from kg.read import discover, parse, read

LEDE = "The mayor of Tartu reopened the old stone bridge on Monday after two years of repairs and one lawsuit."
MORE = "She said that the city had paid for the work from its own budget and would not raise taxes."
END = "The bridge was built in 1784."

H, C, D, B = SectionKind.HEADLINE, SectionKind.CAPTION, SectionKind.DATELINE, SectionKind.BYLINE
S, P, X = SectionKind.SUBHEADING, SectionKind.PARAGRAPH, SectionKind.BOILERPLATE


def kinds(document: Document) -> list[SectionKind]:
    return [section.kind for section in document.sections]


def parts(document: Document) -> list[tuple[SectionKind, str]]:
    return [(section.kind, section.span.of(document.text)) for section in document.sections]


def test_a_whole_article() -> None:
    lines = [
        (H, "Mayor reopens Tartu bridge"),
        (H, "Union says drivers should stay away"),
        (C, "Workers on the old stone bridge"),
        (D, "Baltic Herald – 12 September 2022"),
        (B, "By Mari Tamm in Tartu"),
        (P, LEDE),
        (S, "A costly arch"),
        (P, MORE),
        (P, END),
        (X, "Get our weekly letter delivered to your inbox"),
        (X, "© 2022 Baltic Herald"),
    ]
    document = parse("\n\n".join(text for _, text in lines))
    assert parts(document) == lines
    assert (document.title, document.publisher, document.author) == (lines[0][1], "Baltic Herald", "Mari Tamm")
    assert (document.date, document.place) == ("2022-09-12", "Tartu")


def test_one_line_with_two_headlines_makes_two_sections_and_one_title() -> None:
    line = "Mayor: Bridge is safe for lorries; Drivers stay away from river: Union"
    document = parse(f"{line}\n\n{LEDE}")
    assert parts(document)[:2] == [(H, line.split("; ")[0]), (H, line.split("; ")[1])]
    assert document.title == line


def test_a_dateline_opens_the_first_paragraph() -> None:
    document = parse(f"Mayor reopens bridge\n\nTARTU, Estonia, Sept 12, 2022 (Baltic Wire) — {LEDE}\n\n{MORE}")
    prefix = "TARTU, Estonia, Sept 12, 2022 (Baltic Wire) —"
    assert parts(document) == [(H, "Mayor reopens bridge"), (D, prefix), (P, LEDE), (P, MORE)]
    assert (document.place, document.date, document.publisher) == ("TARTU, Estonia", "2022-09-12", "Baltic Wire")


def test_a_dateline_shows_a_headline_that_reads_like_a_sentence() -> None:
    headline = "The mayor was right when she said on Sunday that the bridge had been closed for far too long."
    assert kinds(parse(f"{headline}\n\nTARTU (Baltic Wire) — {LEDE}")) == [H, D, P]


def test_the_year_comes_from_the_copyright_line_and_never_from_the_clock() -> None:
    body = f"Mayor reopens bridge\n\nTARTU, Sept 12 (Baltic Wire) — {LEDE}\n\n{END}"
    assert parse(body).date == ""
    assert parse(f"{body}\n\n(c) 2022 Baltic Wire. All rights reserved.").date == "2022-09-12"
    assert parse(f"{body}\n\nCopyright 2019-2022 Baltic Wire").date == ""


def test_a_masthead_names_the_publisher() -> None:
    document = parse(f"THE BALTIC HERALD\nMonday, 12 September 2022\n\nMayor reopens bridge\n\n{LEDE}\n\n{MORE}")
    assert kinds(document) == [D, D, H, P, P]
    assert (document.publisher, document.title) == ("THE BALTIC HERALD", "Mayor reopens bridge")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LEDE, [P]),
        (f"{LEDE} {MORE}", [P]),
        (f"{LEDE}\n{MORE}\n{END}", [P, P, P]),
        (f"{LEDE}\n\n{MORE}", [P, P]),
        ("Mayor reopens bridge", [P]),
        ("Mayor reopens bridge\nUnion warns of lorries", [H, P]),
        ("Is the old bridge safe?\n\n" + LEDE, [H, P]),
        ("Mayor Reopens the Old Bridge After Two Years.\n\n" + LEDE, [H, P]),
        ("Mayor reopens bridge;\nRepairs took two long years and a lawsuit.\n\n" + LEDE, [H, H, P]),
        (f"Mayor reopens bridge\n\nIt took two years.\n\n{LEDE}", [H, P, P]),
        (f"Mayor reopens bridge\n\n{LEDE}\n\nWhat now?\n\n{MORE}", [H, P, S, P]),
        (f"Mayor reopens bridge\n\n{LEDE}\n\n“Of course,” she said\n\n{MORE}", [H, P, P, P]),
        (f"Mayor reopens bridge\n\n{LEDE}\n\nThe facts:\n\n{MORE}", [H, P, P, P]),
        (f"Mayor reopens bridge\n\n{LEDE}\n\n- first arch\n- second arch\n\n{MORE}", [H, P, P, P, P]),
        (f"# Mayor reopens bridge\n\n{LEDE}\n\n## The second arch\n\n{MORE}", [H, P, S, P]),
    ],
)
def test_layouts(text: str, expected: list[SectionKind]) -> None:
    assert kinds(parse(text)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter",
        "Get the best of the Herald emailed to you every morning",
        "© Baltic Herald 2022",
        "Copyright 2022 Baltic Herald. All rights reserved.",
        "(Reporting by Mari Tamm; editing by Jaan Lill)",
        "Additional reporting by Jaan Lill.",
        "Lill reported from Riga.",
        "Read more: Why bridges fall",
        "Follow us on Twitter @balticherald",
        "Photo credit: Baltic Herald",
        "Contact: desk@herald.example",
        "https://herald.example/bridge",
        "Advertisement",
        "This story has been updated to add the mayor’s comment.",
        "Editor’s note: the author lives near the bridge.",
        "Do you live near the bridge? Tell us your story: desk@herald.example",
    ],
)
def test_boilerplate_at_the_foot_and_between_paragraphs(line: str) -> None:
    assert parts(parse(f"Mayor reopens bridge\n\n{LEDE}\n\n{line}\n\n{MORE}"))[2] == (X, line)
    assert parts(parse(f"Mayor reopens bridge\n\n{LEDE}\n\n{MORE}\n\n{line}"))[3] == (X, line)


@pytest.mark.parametrize(
    "paragraph",
    [
        "“Read more books,” the mayor told the pupils of the school by the river on Monday morning.",
        "''Tell that to your neighbours,'' the mayor said, ''and to all of us.''",
        "The mayor urged drivers to follow the signs and to share the bridge with cyclists.",
        "The newsletter of the bridge club had warned of the cracks in the arch for many years.",
        "Police asked people who had seen the fire to get in touch, but nobody did.",
        "The law of copyright was the subject of the second lawsuit, and the mayor lost it.",
    ],
)
def test_news_that_sounds_like_boilerplate(paragraph: str) -> None:
    assert kinds(parse(f"Mayor reopens bridge\n\n{LEDE}\n\n{paragraph}\n\n{END}")) == [H, P, P, P]


def test_a_list_of_links_is_boilerplate_to_its_end() -> None:
    foot = "Related stories\nWhy the old bridge had to close\nMap: where the new road will run\nWho is the mayor?"
    assert kinds(parse(f"Mayor reopens bridge\n\n{LEDE}\n\n{foot}\n\n{MORE}")) == [H, P, X, X, X, X, P]


def test_corrections_at_the_foot() -> None:
    note = "Correction:\n\nAn article last week named the wrong river."
    text = f"Mayor reopens bridge\n\n{LEDE}\n\n{MORE}\n\n{END}\n\n{note}"
    assert kinds(parse(text)) == [H, P, P, P, X, X]


@pytest.mark.parametrize(
    "line",
    [
        "Workers on the old stone bridge",
        "Photo: Workers carry stones to the old bridge",
        "Workers carry stones to the bridge on Sunday. (Photo: Mari Tamm/Baltic Herald)",
        "The mayor is pictured at the bridge in 2019.",
        "![Workers on the bridge](bridge.jpg)",
    ],
)
def test_captions_under_the_headline(line: str) -> None:
    assert kinds(parse(f"Mayor reopens bridge\n\n{line}\n\n{LEDE}")) == [H, C, P]


def test_a_deck_with_a_verb_is_a_headline() -> None:
    assert kinds(parse(f"Mayor reopens bridge\n\nUnion warns drivers of cracks\n\n{LEDE}")) == [H, H, P]


def test_non_breaking_spaces_and_curly_quotes_move_no_offset() -> None:
    text = f"Mayor\u00a0reopens “bridge”\n\nTARTU,\u00a0Sept\u00a012 (Baltic\u00a0Wire)\u00a0— {LEDE}\u00a0\n"
    document = parse(text)
    assert document.text == text
    assert parts(document)[0] == (H, "Mayor\u00a0reopens “bridge”")
    assert parts(document)[2] == (P, LEDE)
    assert document.publisher == "Baltic Wire"


def test_a_hard_wrapped_paragraph_is_one_section() -> None:
    wrapped = "The mayor of Tartu reopened the old stone bridge\non Monday after two years of repairs."
    after = "The bridge is the oldest in the country and it\nwas built in 1784."
    document = parse(f"Mayor reopens bridge\n\n{wrapped}\n\n{after}")
    assert parts(document)[1] == (P, wrapped)
    assert kinds(document) == [H, P, P]


@pytest.mark.parametrize(
    ("header", "expected", "told"),
    [
        (
            "Mayor reopens bridge\nPublished\n12 September 2022\nShare\nImage caption,\nThe mayor cuts a ribbon\n"
            "By Mari Tamm\nHerald News, Tartu",
            [H, X, D, X, C, C, B, D],
            ("Herald News", "Tartu", "2022-09-12", "Mari Tamm"),
        ),
        (
            "Mayor reopens bridge\nBy MARI TAMM and JAAN LILL\nSeptember 12, 2022\n\nTARTU, Estonia (AP) —",
            [H, B, D, D],
            ("AP", "TARTU, Estonia", "2022-09-12", "MARI TAMM, JAAN LILL"),
        ),
        (
            "Mayor reopens bridge\nUnion fears more cracks.\nBy Mari Tamm\nPublished On 12 Sep 202212 Sep 2022\n"
            "Tartu, Estonia –",
            [H, H, B, D, D],
            ("", "Tartu, Estonia", "2022-09-12", "Mari Tamm"),
        ),
        (
            "Mayor reopens bridge\n\nThe union says that the repairs took far too long.\n\n"
            "Mon 12 Sep 2022 14.05 BST\n\n",
            [H, H, D],
            ("", "", "2022-09-12", ""),
        ),
        (
            "Mayor reopens bridge\nBy Mari Tamm, Herald News\nUpdated 2:14 PM EDT, Mon September 12, 2022\n\n"
            "(Herald News) —",
            [H, B, D, D],
            ("Herald News", "", "2022-09-12", "Mari Tamm"),
        ),
        (
            "FOR IMMEDIATE RELEASE\n\nMayor reopens bridge\n\nTARTU, 12 September 2022 —",
            [X, H, D],
            ("", "TARTU", "2022-09-12", ""),
        ),
        ("Estonia | Roads\n\nMayor reopens bridge\n\nSept 12 (Reuters) -", [X, H, D], ("Reuters", "", "", "")),
    ],
)
def test_headers_as_they_come_from_sites(
    header: str, expected: list[SectionKind], told: tuple[str, str, str, str]
) -> None:
    document = parse(f"{header} {LEDE}\n{MORE}\n{END}" if header[-1] in "—–-" else f"{header}\n{LEDE}\n{MORE}\n{END}")
    assert kinds(document) == [*expected, P, P, P]
    assert (document.publisher, document.place, document.date, document.author) == told
    assert document.title == "Mayor reopens bridge"


@pytest.mark.shared
def test_the_article_the_project_started_from(shared: Path) -> None:
    (path,) = discover([shared / "seeds" / "kharkiv-2022-09-11.txt"])
    document = read(path, Settings())
    assert kinds(document) == [H, H, C, D, *[P] * 7, S, P, P, P, X]
    assert (document.publisher, document.date) == ("Press TV", "2022-09-11")


@pytest.mark.shared
def test_real_articles_are_mostly_paragraphs_and_cover_their_text(shared: Path) -> None:
    paths = list(discover([shared / "corpora" / "polnear" / "dev" / "text"]))
    assert paths
    for path in paths:
        document = read(path, Settings())
        covered = sum(len(section.span) for section in document.sections)
        assert covered >= 0.97 * len(" ".join(document.text.split()))
        body = sum(len(s.span) for s in document.sections if s.kind in (P, H, S))
        assert body >= 0.8 * covered, path.name
