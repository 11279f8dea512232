"""What the words of news name: the starred word, in its sentence, tells of an event of the type."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.model import Document, Section, SectionKind, Span
from kg.nlp import make_doc
from kg.nlp.annotations import Happening

NO_EVENT = ""

TYPES: dict[str, str] = {
    "shoot": """
        Soldiers *fired* on the crowd in Lima.
        A sniper *shot* a nurse in Quito.
        Rebels *fired* guns at the bus.
    """,
    "leave-office": """
        The president *fired* the minister.
        The governor *resigned* on Monday.
        The bank *sacked* its chairman.
        The club *dismissed* the coach.
        The general *stepped* down in May.
    """,
    "strike-work": """
        The teachers' *strike* in Lyon went on.
        The dockers *downed* tools in Gdansk.
    """,
    "bomb": """
        Jets carried out an air *strike* near Mosul.
        The army *shelled* the village of Dara.
        Planes *dropped* bombs on the port.
        A suicide *bombing* killed nine people in Kabul.
    """,
    "attack": """
        Militants *attacked* a base in Mali.
        Guards *beat* the prisoners.
        Rebels *raided* the barracks in Chad.
        A man *stabbed* two tourists in Rome.
    """,
    "search-raid": """
        Police *raided* the bank in Vienna.
        Detectives *searched* the flat of the mayor.
    """,
    "charge": """
        Prosecutors *charged* the broker with fraud.
        The senate *impeached* the judge.
    """,
    "disaster": """
        A hurricane *hit* Cuba on Sunday.
        An *earthquake* shook Peru.
        A gale *shook* the coast of Wales.
        A *cloudburst* drowned the market in Nice.
    """,
    "crash": """
        A lorry *hit* two cyclists in Oslo.
        Two trains *collided* near Turin.
        A ferry *sank* off Java.
        The plane *crash* killed eleven people.
    """,
    "finance": """
        The firm *raised* ten million dollars.
        The bank *lent* the builder a million.
    """,
    "increase": """
        The council *raised* taxes.
        Sales *grew* by a tenth.
        The *rise* in prices worried voters in Ghana.
    """,
    "decrease": """
        The ministry *cut* spending.
        Shares *fell* on Monday.
    """,
    "supply": """
        The plane *dropped* food near the camp.
        Trucks *delivered* blankets to the camp.
    """,
    "suspend": """
        Prosecutors *dropped* the case against the clerk.
        The airline *cancelled* flights to Delhi.
        The *recall* of cars cost the firm a fortune.
    """,
    "launch-space": """
        India *launched* a satellite on Friday.
        North Korea *tested* a missile.
    """,
    "open": """
        The bank *launched* a card in Kenya.
        The king *opened* a museum in Bonn.
    """,
    "publish": """
        The ministry *released* a report on Monday.
        The clerk *leaked* documents to a newspaper.
        The army issued a *statement*.
        The bank *published* its accounts.
    """,
    "release": """
        The court *released* the reporter.
        Kidnappers *freed* the engineer.
        The *exchange* of prisoners began in Aden.
    """,
    "compete": """
        The team *played* against Brazil.
        The cup *final* took place in Rio.
    """,
    "win": """
        Spain *won* the match.
        The sprinter *broke* the record in Doha.
    """,
    "elect": """
        The socialists *won* the election.
        Voters *elected* a new mayor in Porto.
        The snap *election* surprised the party.
    """,
    "defeat": """
        Ghana *beat* Togo in the final.
        The party *lost* the election.
    """,
    "acquire": """
        The brewer *bought* its rival.
        The *merger* made the bank the largest in Spain.
        The firm *took* over its rival.
    """,
    "trade": """
        The ministry *bought* six ferries.
        The *auction* of the painting raised a million.
    """,
    "layoff": """
        The mill *laid* off ninety workers.
        The bank *cut* jobs in Leeds.
    """,
    "bankrupt": """
        The airline went *bankrupt* in March.
        The shop *filed* for bankruptcy on Monday.
    """,
    "agree": """
        The ministers reached a *deal* on fishing.
        The firm *promised* the miners a raise.
    """,
    "sign": """
        The islands signed a *treaty*.
        The islands signed an *agreement* on fishing.
        The ministers *struck* a deal on fishing.
        The parliament *ratified* the pact.
    """,
    "concede": """
        The government *lifted* the curfew.
        The ministry *eased* the ban on travel.
        The king *allowed* the rebels to leave the fort.
    """,
    "sanction": """
        Brazil imposed *sanctions* on Peru.
        The bloc *severed* ties with the island.
        The kingdom *cut* ties with its neighbour.
        The republic *withdrew* its ambassador.
    """,
    "expel": """
        Norway *expelled* two diplomats.
        The state *deported* the singer.
    """,
    "mobilize": """
        The army *deployed* tanks in the valley.
        Kenya *sent* troops to the border.
        The navy *strengthened* its forces in the strait.
    """,
    "coerce": """
        Police *dispersed* the crowd.
        The junta imposed martial *law*.
        The *crackdown* on students in Minsk went on.
    """,
    "restrict": """
        The city *banned* lorries at night.
        The army *blockaded* the port.
    """,
    "impede": """
        The guards *foiled* the robbery.
        The coastguard *intercepted* a boat.
    """,
    "seize-goods": """
        Customs *seized* cocaine in Rotterdam.
        The state *nationalised* the mine.
    """,
    "arrest": """
        Police *arrested* a priest in Cairo.
        The court *jailed* the smuggler.
    """,
    "convict": "A jury *convicted* the banker of fraud.",
    "acquit": "The court *cleared* the nurse of murder.",
    "sentence": "The judge *sentenced* the forger to two years.",
    "execute": "The state *hanged* two prisoners.",
    "trial": """
        The *trial* of the general opened in Lagos.
        The broker *testified* in court.
    """,
    "sue": """
        The miners *sued* the company.
        The baker *appealed* the verdict.
    """,
    "rule": """
        The court *overturned* the ban.
        The court *struck* down the law.
    """,
    "investigate": """
        The police are *investigating* the fire.
        The agency opened an *inquiry* into the spill.
    """,
    "crime": """
        Thieves *stole* a painting in Bruges.
        A clerk *embezzled* the funds.
        The *heist* shocked Antwerp in June.
    """,
    "cyberattack": "Hackers *hacked* the ministry in Tallinn.",
    "kill": """
        A bomb *killed* nine people.
        A mob *lynched* a shepherd.
        The *murder* of the editor shook Malta.
    """,
    "die": """
        Two climbers *died* on Monday.
        A sailor was found *dead* in Cork.
    """,
    "injure": """
        Glass *injured* four people.
        Three miners *broke* their legs.
    """,
    "abduct": """
        Pirates *kidnapped* the crew.
        Gunmen *seized* a priest in Jos.
    """,
    "invade": "The kingdom *invaded* the islands.",
    "capture": """
        The rebels *captured* the town of Gao.
        The city *fell* to the rebels.
    """,
    "overthrow": """
        Officers *toppled* the president.
        The *coup* ended the rule of the king.
    """,
    "retreat": """
        The army *withdrew* from the valley.
        The brigade *pulled* back from the ridge.
    """,
    "ceasefire": "The *truce* held in Aden on Friday.",
    "surrender": "The gunman *surrendered* to police.",
    "protest": """
        Students *marched* against the fees in Santiago.
        Farmers *blocked* roads with tractors.
        The hunger *strike* of the monks worried the abbot.
    """,
    "riot": "Fans *rioted* in Naples.",
    "consult": "The premier *discussed* the drought with farmers.",
    "meet": """
        The chancellor *met* the king in Oslo.
        The premier *hosted* the king of Jordan.
        The *summit* took place in Doha.
    """,
    "visit": "The pope *visited* Chad in May.",
    "negotiate": "The *talks* with the rebels began in Geneva.",
    "mediate": "Norway *brokered* a truce.",
    "recognize": "Three states *recognised* the republic.",
    "cooperate": "The navies *share* intelligence with Kenya.",
    "join": "The island *joined* the union in May.",
    "aid": "The charity *donated* tents to the camp.",
    "rescue": "Divers *rescued* nine sailors.",
    "shelter": "The monks *sheltered* forty families in the abbey.",
    "train": "Officers *trained* the recruits.",
    "legislate": """
        The assembly *passed* the water bill.
        The *repeal* of the law pleased farmers in Utah.
    """,
    "vote": "Parliament *voted* on the budget.",
    "campaign": "She is *running* for governor.",
    "appoint": """
        The board *named* a new chairman.
        The bank *hired* a new director.
        The *inauguration* of the president took place in Accra.
    """,
    "found": "Two engineers *founded* the firm.",
    "close": "The firm *closed* the factory.",
    "build": "The province *built* a dam.",
    "discover": "Divers *found* the bodies of two boys.",
    "move": "Hundreds *crossed* the river.",
    "arrive": "The envoy *arrived* in Quito.",
    "depart": "The convoy *left* the port of Aden.",
    "flee": "Villagers *fled* the lava.",
    "evacuate": "Crews *evacuated* the tower.",
    "transport": "A helicopter *carried* two nurses to Bern.",
    "outbreak": "Cholera *spread* in the camps of Goma.",
    "infect": "Nine nurses *contracted* the virus.",
    "treat": "Doctors *treated* the survivors in a tent.",
    "marry": "The heir *married* a teacher.",
    "award": "The academy *awarded* the poet a medal.",
    "perform": "The choir *sang* in the square.",
    "commemorate": "Thousands *mourned* the singer.",
    "explode": "A boiler *exploded* in the mill.",
    "fire-disaster": "The *blaze* destroyed a market in Dhaka.",
    "collapse": "A bridge *collapsed* in Genoa.",
    "destroy": "Floods *destroyed* the archive.",
    "damage": "Hail *damaged* the orchards of Murcia.",
    "act": """
        The crowd *surrounded* the car of the envoy.
        The nurse *hugged* the minister.
    """,
    NO_EVENT: """
        The firm *posted* a profit.
        The plan *poses* a risk to banks.
        Farmers *harbour* doubts about the plan.
        The price *hit* a record low.
        Children *grow* vegetables in the yard.
        The court *heard* that he was ill.
        She *seems* tired, the baker thought.
        The owner *called* the strike unlawful.
        The *Bush* administration was unpopular.
        The *end* of the year was wet.
        The *party* of the mayor is small.
    """,
}

CASES = [(line.strip(), kind) for kind, lines in TYPES.items() for line in lines.strip().splitlines() if line.strip()]


def happenings(nlp: Language, text: str) -> tuple[list[Happening], int]:
    """The events of `text` and the index of its starred word."""
    before, word, _ = text.split("*")
    plain = text.replace("*", "")
    whole = Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(plain)))
    doc = nlp(make_doc(nlp, Document(id="d", text=plain, sections=(whole,), date="2022-09-11")))
    found: list[Happening] = doc._.happenings
    return found, next(t.i for t in doc if t.idx == len(before) and t.text == word)


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_what_a_word_names(nlp: Language, text: str, kind: str) -> None:
    events, index = happenings(nlp, text)
    assert [e.type for e in events if index in e.triggers] == ([kind] if kind else [])
