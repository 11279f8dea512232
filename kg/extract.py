"""An annotated spaCy Doc -> an ``Analysis``: the one place where tokens become characters and ids.

Past this module nothing knows spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from spacy.tokens import Doc

from kg.model import (
    Analysis,
    Entity,
    EntityKind,
    Event,
    Mention,
    MentionKind,
    Quantity,
    Relation,
    Role,
    RoleName,
    Span,
    Statement,
    Time,
)
from kg.nlp.annotations import (
    Attribution,
    Bond,
    Cluster,
    Happening,
    MentionNote,
    QuantityNote,
    RoleNote,
    Stretch,
    TimeNote,
    attributions_of,
    cluster_at,
    clusters_of,
    document_of,
    mentions_of,
)

T = TypeVar("T")

_LABEL_ROLES = (RoleName.AGENT, RoleName.PATIENT)


def extract(doc: Doc) -> Analysis:
    """Records of everything that the components found in `doc`."""
    return _Extraction(doc).run()


class _Extraction:
    """Ids first, then the records that refer to one another by them."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.document = document_of(doc)
        self.notes: list[MentionNote] = mentions_of(doc)
        self.clusters: list[Cluster] = clusters_of(doc)
        self.cluster_of = cluster_at(doc)
        self.attributions: list[Attribution] = attributions_of(doc)
        self.happenings: list[Happening] = list(doc._.happenings)
        self.bonds: list[Bond] = list(doc._.bonds)
        self.entity_ids = [self._entity_id(cluster) for cluster in self.clusters]
        self.event_ids = [_id("event", self._token(h.triggers[0])) for h in self.happenings]
        self.statement_ids = _distinct([_id("statement", self._anchor(a)) for a in self.attributions])
        self.innermost = self._innermost(range(len(self.attributions)))
        claims = [i for i, attribution in enumerate(self.attributions) if not attribution.vouched]
        self.claimed_by = self._innermost(claims)
        self.speaking = self._speaking()

    def run(self) -> Analysis:
        events = [self._event(i, h) for i, h in enumerate(self.happenings)]
        statements = [self._statement(i, a) for i, a in enumerate(self.attributions)]
        relations = _unique(self._relation(bond) for bond in self.bonds if self._resolved(bond))
        used = _used(events, statements, relations)
        entities = [
            self._entity(i, cluster)
            for i, cluster in enumerate(self.clusters)
            if self.entity_ids[i] in used or self._worth_keeping(cluster)
        ]
        return Analysis(
            document=self.document,
            entities=tuple(entities),
            events=tuple(events),
            statements=tuple(statements),
            relations=tuple(relations),
        )

    # -- offsets -------------------------------------------------------------------------------------------

    def _span(self, stretch: Stretch) -> Span:
        """Characters of `stretch` without white space at its edges; never empty for a stretch that holds a word."""
        start, end = stretch
        while start < end - 1 and self.doc[start].is_space:
            start += 1
        while end > start + 1 and self.doc[end - 1].is_space:
            end -= 1
        last = self.doc[end - 1]
        return Span(self.doc[start].idx, last.idx + len(last))

    def _spans(self, stretches: Iterable[Stretch]) -> tuple[Span, ...]:
        return tuple(self._span(stretch) for stretch in stretches)

    def _token(self, index: int) -> Span:
        return self._span(Stretch(index, index + 1))

    def _sentence(self, index: int) -> Span:
        sentence = self.doc[index].sent
        return self._span(Stretch(sentence.start, sentence.end))

    # -- who stands inside whose words ----------------------------------------------------------------------

    def _innermost(self, among: Iterable[int]) -> dict[int, int]:
        """Token -> the one of `among` with the smallest content around it, so that nesting is told inside out."""
        sizes = {i: sum(end - start for start, end in self.attributions[i].content) for i in among}
        inside: dict[int, int] = {}
        for index in sorted(sizes, key=lambda i: (-sizes[i], i)):
            for stretch in self.attributions[index].content:
                inside.update(dict.fromkeys(range(*stretch), index))
        return inside

    def _speaking(self) -> set[int]:
        """Clusters that speak or are spoken to: a place among them stands for whoever governs it."""
        mentions = (m for a in self.attributions for m in (a.speaker, a.addressee) if m is not None)
        return {self.cluster_of[mention] for mention in mentions}

    def _within(self, tokens: Iterable[int], own: int | None = None) -> tuple[str, ...]:
        found = (self.claimed_by.get(token) for token in tokens)
        return tuple(dict.fromkeys(self.statement_ids[i] for i in found if i is not None and i != own))

    def _narrated(self, tokens: Iterable[int]) -> bool:
        return any(token not in self.claimed_by for token in tokens)

    def _anchor(self, attribution: Attribution) -> Span:
        return self._span((attribution.cue or attribution.content)[0])

    def _cue_tokens(self, attribution: Attribution) -> list[int]:
        """Where the saying itself stands: the cue's head, else the source, else the first word of the content."""
        if attribution.cue_head is not None:
            return [attribution.cue_head]
        places = attribution.cue or attribution.source
        return [places[0].start] if places else []

    # -- records -----------------------------------------------------------------------------------------------

    def _entity_id(self, cluster: Cluster) -> str:
        anchor = next((m for m in cluster.mentions if self.notes[m].form != MentionKind.PRONOUN), None)
        if anchor is None:
            return ""  # an unresolved pronoun is nobody
        note = self.notes[anchor]
        suffix = "-adj" if note.form == MentionKind.ADJECTIVAL else ""
        return _id("entity", self._span(note.stretch)) + suffix

    def _worth_keeping(self, cluster: Cluster) -> bool:
        return any(self.notes[m].form in (MentionKind.NAME, MentionKind.ADJECTIVAL) for m in cluster.mentions)

    def _entity(self, index: int, cluster: Cluster) -> Entity:
        notes = [self.notes[m] for m in cluster.mentions]
        names = [n for n in notes if n.form in (MentionKind.NAME, MentionKind.NOMINAL)]
        by_name = [n for n in notes if n.form in (MentionKind.NAME, MentionKind.ADJECTIVAL) and not n.metonym]
        places = [place for note in by_name for place in note.places[:1]]
        aliases = dict.fromkeys(n.name or _squeezed(self._span(n.stretch).of(self.document.text)) for n in names)
        aliases.pop(cluster.label, None)
        kind = EntityKind.GPE if cluster.kind == EntityKind.PLACE and index in self.speaking else cluster.kind
        located = kind in (EntityKind.GPE, EntityKind.PLACE)
        return Entity(
            id=self.entity_ids[index],
            kind=kind,
            label=cluster.label,
            mentions=tuple(self._mention(n) for n in notes),
            aliases=tuple(aliases),
            named=self._worth_keeping(cluster),
            geo=places[0] if places and located else None,
            country=cluster.country,
            known=next((n.known for n in notes if n.known), ""),
        )

    def _mention(self, note: MentionNote) -> Mention:
        return Mention(span=self._span(note.stretch), head=self._token(note.head), kind=note.form)

    def _event(self, index: int, happening: Happening) -> Event:
        roles = _unique(r for r in map(self._role, happening.roles) if r is not None)
        return Event(
            id=self.event_ids[index],
            type=happening.type,
            label=self._event_label(happening),
            lemma=self.doc[happening.triggers[0]].lemma_.lower(),
            triggers=tuple(self._token(t) for t in happening.triggers),
            sentence=self._sentence(happening.triggers[0]),
            roles=tuple(roles),
            time=self._time(happening.time),
            quantities=tuple(self._quantity(q, roles) for q in happening.quantities),
            polarity=happening.polarity,
            modality=happening.modality,
            narrated=self._narrated(happening.triggers),
            within=self._within(happening.triggers),
        )

    def _event_label(self, happening: Happening) -> str:
        word = self.doc[happening.triggers[0]].text
        fillers = {
            role: [self._filler_label(n) for n in happening.roles if n.role == role and self._filler_id(n)]
            for role in _LABEL_ROLES
        }
        agents, patients = (", ".join(dict.fromkeys(fillers[role])) for role in _LABEL_ROLES)
        parts = [agents, word, patients]
        return _squeezed(" ".join(part for part in parts if part))

    def _filler_label(self, note: RoleNote) -> str:
        return (
            self.doc[self.happenings[note.filler].triggers[0]].text if note.event else self.clusters[note.filler].label
        )

    def _filler_id(self, note: RoleNote) -> str:
        return self.event_ids[note.filler] if note.event else self.entity_ids[note.filler]

    def _role(self, note: RoleNote) -> Role | None:
        filler = self._filler_id(note)
        if not filler:
            return None
        return Role(role=note.role, filler=filler, span=self._span(note.stretch), basis=note.basis)

    def _time(self, note: TimeNote | None) -> Time | None:
        if note is None or not (note.value or note.start or note.end):
            return None
        span = self._span(note.stretch) if note.stretch.end > note.stretch.start else None
        return Time(value=note.value, start=note.start, end=note.end, span=span)

    def _quantity(self, note: QuantityNote, roles: list[Role]) -> Quantity:
        """A quantity; of joined mentions, the one that gives the number may not be the one that fills the role."""
        filler = "" if note.filler is None else self.entity_ids[note.filler]
        filled = any(role.role is note.role and role.filler == filler for role in roles)
        return Quantity(
            span=self._span(note.stretch),
            value=note.value,
            minimum=note.minimum,
            maximum=note.maximum,
            unit=note.unit,
            counts=note.counts,
            role=note.role if filled else None,
            filler=filler if filled else "",
        )

    def _statement(self, index: int, attribution: Attribution) -> Statement:
        speaker = self._mentioned(attribution.speaker)
        source = attribution.source[0] if attribution.source else None
        if source is None and speaker and attribution.speaker is not None:
            source = self.notes[attribution.speaker].stretch
        return Statement(
            id=self.statement_ids[index],
            content=self._spans(attribution.content),
            cue=self._spans(attribution.cue),
            speaker=speaker,
            speaker_span=self._span(source) if source else None,
            quotation=attribution.quotation,
            stance=attribution.stance,
            polarity=attribution.polarity,
            medium=attribution.medium,
            addressee=self._mentioned(attribution.addressee),
            time=self._time(attribution.time),
            reports=self._reported(index),
            within=self._within(self._cue_tokens(attribution), own=index),
        )

    def _mentioned(self, mention: int | None) -> str:
        return "" if mention is None else self.entity_ids[self.cluster_of[mention]]

    def _reported(self, index: int) -> tuple[str, ...]:
        """Events and statements directly inside the content; what a nested statement reports is left to it.

        Who speaks in what the publisher vouches for speaks to the publisher, not inside another's words.
        """
        events = [
            self.event_ids[i]
            for i, happening in enumerate(self.happenings)
            if any(self.innermost.get(t) == index for t in happening.triggers)
        ]
        statements = [
            self.statement_ids[i]
            for i, other in enumerate(self.attributions)
            if i != index and any(self.claimed_by.get(t) == index for t in self._cue_tokens(other))
        ]
        return tuple(dict.fromkeys(events + statements))

    def _resolved(self, bond: Bond) -> bool:
        named_object = bond.object is None or bool(self.entity_ids[bond.object])
        return bool(self.entity_ids[bond.subject]) and named_object

    def _relation(self, bond: Bond) -> Relation:
        subject = self.entity_ids[bond.subject]
        target = "" if bond.object is None else self.entity_ids[bond.object]
        evidence = self._span(bond.evidence)
        far_end = target.removeprefix("entity/") or f"{evidence.begin}-{evidence.end}"
        return Relation(
            id=f"relation/{bond.predicate}-{subject.removeprefix('entity/')}-{far_end}",
            subject=subject,
            predicate=bond.predicate,
            object=target,
            literal=_squeezed(bond.literal),
            evidence=evidence,
            polarity=bond.polarity,
            modality=bond.modality,
            ended=bond.ended,
            start=bond.start,
            end=bond.end,
            started_by="" if bond.started_by is None else self.event_ids[bond.started_by],
            ended_by="" if bond.ended_by is None else self.event_ids[bond.ended_by],
            narrated=self._narrated(range(*bond.evidence)),
            within=self._within(range(*bond.evidence)),
        )


def _used(events: list[Event], statements: list[Statement], relations: list[Relation]) -> set[str]:
    """Ids of the entities that something refers to; only membership is asked of this set."""
    used = {role.filler for event in events for role in event.roles}
    used |= {i for s in statements for i in (s.speaker, s.addressee)}
    used |= {i for r in relations for i in (r.subject, r.object)}
    return used - {""}


def _id(kind: str, span: Span) -> str:
    return f"{kind}/{span.begin}-{span.end}"


def _distinct(ids: list[str]) -> list[str]:
    """Number the repeats, so that two statements under one cue keep their own ids."""
    seen: dict[str, int] = {}
    result = []
    for one in ids:
        seen[one] = seen.get(one, 0) + 1
        result.append(one if seen[one] == 1 else f"{one}-{seen[one]}")
    return result


def _unique(records: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(records))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
