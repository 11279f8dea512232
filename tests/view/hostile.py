"""A graph whose every label and text tries to break out of the page."""

from __future__ import annotations

from kg.model import Analysis, Document, EntityKind, Event, Role, RoleName, Section, SectionKind, Span, Statement
from kg.store import Store
from tests.view.world import entity, identity_of, store_of

STRINGS = (
    "</script><script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(2)'>href</a>",
    "javascript:alert(3)",
    "<!--<script>",
    "]]></title><svg onload=alert(4)>",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp; \"quoted\" 'single'",
    "https://tracker.example/pixel.png",
    "__proto__",
    "constructor",
    "\u202egnp.exe\u2066",
    "line\u2028separator\u2029paragraph",
    "\x1b[31mred\x07",
)


def hostile_store() -> Store:
    """One document that names an entity after each string, and says each in a statement with an event."""
    text = "".join(f"{string} said {string} struck. " for string in STRINGS)
    entities, events, statements, begin = [], [], [], 0
    for string in STRINGS:
        name = Span(begin, begin + len(string))
        cue = Span(name.end + 1, name.end + 5)
        agent = Span(cue.end + 1, cue.end + 1 + len(string))
        trigger = Span(agent.end + 1, agent.end + 7)
        found = entity(string, EntityKind.PERSON, [name, agent])
        entities.append(found)
        event = Event(
            id=f"event/{trigger.begin}-{trigger.end}",
            type="assault",
            label=f"{string}: {string}",
            triggers=(trigger,),
            sentence=Span(name.begin, trigger.end),
            roles=(Role(role=RoleName.AGENT, filler=found.id, span=agent),),
            narrated=False,
        )
        events.append(event)
        statements.append(
            Statement(
                id=f"statement/{cue.begin}-{cue.end}",
                content=(Span(agent.begin, trigger.end),),
                cue=(cue,),
                speaker=found.id,
                speaker_span=name,
                medium=string,
                reports=(event.id,),
            )
        )
        begin = trigger.end + 2
    document = Document(
        id="hostile",
        text=text,
        sections=(Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text))),),
        title=STRINGS[0],
        publisher=STRINGS[1],
        date="2031-01-01",
    )
    analysis = Analysis(document=document, entities=tuple(entities), events=tuple(events), statements=tuple(statements))
    return store_of([analysis], identity_of([analysis]))
