"""How it is said: stance, negation, medium and addressee, in sentences written for these tests."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Polarity, Stance
from kg.nlp import make_doc
from kg.nlp.annotations import Attribution, Stretch, attributions_of, mentions_of
from kg.nlp.statements import manner
from kg.nlp.statements.lexis import verb_word
from kg.nlp.statements.report import Report
from tests.nlp.test_statements import document

# The cue stands in [], the content in {}, and a source that matters in <>.
_SPEECH = {
    Stance.ASSERTS: """
<The ministry> [said] {the dam was safe}.
{The rains will fail}, [according to] <the weather service>.
<The coach> [added] {that the striker was fit}.
<The airline> [confirmed] {that two flights were cancelled}.
<Her lawyer> [told] the court {that the evidence was thin}.
<The bishop> [made clear] {that the church would stay neutral}.
<The premier> [made it clear] {that the tax would rise}.
<The union leader> [went on to say] {that wages had fallen}.
<A resident> [wrote on Facebook] {that the power was out}.
<The chairman> [described] {the merger as a success}.
<The captain> [admitted] {that the side had played badly}.
<The regulator> [disclosed] {that three banks had failed the test}.
<The striker> [put it] {bluntly}.
<The inspector's> [account of] {the accident}.
<The minister> [answered questions about] {the budget}.
<The spokesman> [responded to accusations] {with a list of payments}.
<The envoy> [issued a statement saying] {the road was open}.
<The inquiry> [concluded] {that the pilot was tired}.
<The firm> [announced plans for] {a second mine}.
<The police chief> [reiterated] {that the march was lawful}.
<The finance minister> [predicted] {that growth would slow}.
<The prosecutor> [pointed out] {that the door was locked}.
<The senator> [touted] {the jobs figures}.
<The surgeon> [estimated] {that 40 people were hurt}.
<The deputy governor> [claimed] {that the vote was fair}.
<The nurse> [recalled] {that the lights went out}.
<The MP> [quipped] {that the bill had more holes than cheese}.
<The driver> [pleaded guilty to] {manslaughter}.
<The general> [left no doubt] {that the road was taken}.
<The mayor> [made no secret of] {his dislike of the plan}.
<The minister> [said without elaborating] {that talks had resumed}.
""",
    Stance.DENIES: """
<The army> [denied] {shelling the village}.
<The singer> [denied] {having said that the concert was cancelled}.
<The club> [rejected claims] {that the pitch was unsafe}.
<The ministry> [dismissed] {the report as fiction}.
<The chancellor> [ruled out] {a second vote}.
<Peru> [refused] {to recognise the council}.
<The bank> [disputed] {the figures}.
<The mayor> [shrugged off] {the complaints}.
<The governor> [brushed aside] {concerns about the budget}.
<The minister> [hit back at] {claims that he took bribes}.
<The agency> [refuted] {the allegations}.
<Her office's> [denial of] {the affair}.
<The board> [issued a flat denial of] {the report}.
<The captain> [distanced himself from] {the remarks}.
<The company> [took issue with] {the audit}.
<The defendant> [pleaded not guilty to] {arson}.
<The president> [laughed off] {talk of a coup}.
<The village> [turned down] {the offer}.
<The governor's> [rejection of] {the deal}.
<Kampala> [poured cold water on] {the rumours}.
<The spokesperson> [pushed back against] {the claim}.
<The airline> [went on to deny] {that the pilot had slept}.
<The firm> [rubbished] {reports of a sale}.
<The court> [threw out] {the petition}.
<The captain> [gave short shrift to] {the rumour}.
""",
    Stance.ACCUSES: """
<Rebels> [accused] {the army of burning crops}.
<The opposition leader> [blamed] {the power cuts on the regulator}.
<The envoy> [pointed the finger at] {neighbouring troops}.
<The manager> [slammed] {the referee}.
<Prosecutors> [alleged] {that the banker had lied}.
<The union> [condemned] {the layoffs}.
<The minister> [hit out at] {the tabloids}.
<The striker> [lashed out at] {the fans}.
<The bloc> [levelled accusations of] {fraud at the commission}.
<The lawyer's> [allegation] {that the files were burnt}.
<Critics> [took aim at] {the tariff}.
<The senator> [called out] {the bank over its fees}.
<The editor> [lambasted] {the ruling}.
<The widow's> [complaint] {that nobody had called}.
<The activist> [complained] {that the water was foul}.
<The premier> [is highly critical of] {the plan}.
<MPs> [rounded on] {the regulator}.
<The auditor> [faulted] {the ministry for delays}.
<The column> [tore into] {the budget}.
<Farmers> [voiced criticism of] {the levy}.
<The pundit> [panned] {the film}.
<The captain> [took a swipe at] {the selectors}.
<The watchdog> [launched a scathing attack on] {the rail firm}.
<The rights group> [decried] {the arrests}.
<The minister> [responded by accusing] {the reporters of bias}.
<The court> [pulled up] {the officials over the clogged drains}.
<The columnist> [poured scorn on] {the plan}.
""",
    Stance.WARNS: """
<Engineers> [warned] {that the wall could fall}.
<The bank> [warned of] {a slump}.
<The navy> [threatened] {to close the strait}.
<The miners' union> [threatened] {a strike}.
<The health agency> [issued a warning] {that the water was unsafe}.
<The general's> [threat] {to bomb the bridge}.
<Doctors> [raised the alarm over] {the fever}.
<The broker> [cautioned] {that prices may fall}.
<The coastguard> [alerted] {ships to the storm}.
<Aid groups> [sounded the alarm about] {hunger}.
<The embassy> [warned] {citizens to leave the country}.
<The union> [gave an ultimatum] {that pay be raised by Friday}.
<The institute> [struck a cautious note on] {growth}.
""",
    Stance.PROMISES: """
<The minister> [promised] {to rebuild the school}.
<The president> [vowed] {that the killers would be caught}.
<The EU> [pledged] {10 million euros}.
<Kenya> [agreed] {to send police officers}.
<The owner> [offered] {to pay for the repairs}.
<The team> [swore] {to win the cup}.
<The lender> [committed to] {halving its fees}.
<The candidate's> [promise] {that taxes would fall}.
<The premier> [gave assurances] {that nobody would be evicted}.
<The railway> [guaranteed] {that the line would open}.
<The general> [made a pledge] {to free the men}.
<The regulator> [undertook] {to publish the files}.
<The minister> [assured] {farmers that aid would come}.
<The governor> [gave his word] {that the road would open}.
""",
    Stance.DEMANDS: """
<The opposition> [called for] {an inquiry}.
<The pope> [called on] {both sides to lay down arms}.
<The judge> [ordered] {the firm to pay}.
<Villagers> [demanded] {that the quarry be shut}.
<The minister> [urged] {people to stay home}.
<The captain> [asked] {the crowd to leave}.
<The charity> [appealed for] {blankets}.
<The owner> [told] {staff to go home}.
<The panel> [recommended] {that the rule be dropped}.
<The union> [renewed its call for] {a pay rise}.
<The mother's> [plea for] {help}.
<The senator> [insisted on] {a vote}.
<Lawyers> [filed a petition seeking] {his release}.
<The watchdog> [issued a demand] {that the data be deleted}.
<The bishop> [implored] {the men to go home}.
<The group> [lobbied for] {a ban}.
<The council> [put pressure on] {the firm to move}.
<The court> [directed] {the state to file a reply}.
<The board> [summoned] {the coach to explain the loss}.
<The committee> [advised] {patients to wear masks}.
<The deputy president> [dared] {the opposition to table a motion}.
<The emir> [charged] {youths to be patient}.
<The governor> [enjoined] {drivers to slow down}.
""",
    Stance.ASKS: """
<The judge> [asked] {whether the treaty was valid}.
<The reporter> [wondered] {why the gate was open}.
<The MP> [inquired about] {the contract}.
<The panel> [questioned] {the need for a dam}.
<The jury> [raised questions about] {the tape}.
<The parents> [want to know] {why the bus was late}.
<The auditor's> [question] {whether the sum was paid}.
<The committee> [posed a question about] {the fees}.
<Lawyers> [queried] {the date of the will}.
<The senator> [demanded to know] {who signed the order}.
""",
    Stance.BELIEVES: """
<Farmers> [believe] {that the dam is unsafe}.
<Villagers> [fear] {the river will flood}.
<The coach> [is confident] {that the side will win}.
<The analyst> [is sceptical] {that the deal will hold}.
<The mayor> [remains hopeful] {that the factory will open}.
<Residents> [are afraid of] {another quake}.
<Aid workers> [expressed fears] {that cholera would spread}.
<The broker> [voiced concern about] {the debt}.
<The study> [cast doubt on] {the tale}.
<The family's> [hope] {that she is alive}.
<The pilot> [thought] {the runway was clear}.
<Traders> [expect] {the bank to cut rates}.
<Officials> [suspect] {that the fire was set}.
<The minister> [expressed confidence] {that the vote would pass}.
<The bishop> [opposes] {the bill}.
<Investors> [are betting on] {a cut}.
<The winger> [is sure] {that he was fouled}.
<The envoy> [expressed regret over] {the deaths}.
<The author> [reckons] {the trade is doomed}.
<The village> [is worried about] {the wells}.
<The minister> [holds the view] {that the rule is fair}.
<The firm> [hopes] {to open a plant}.
<The lender> [is optimistic about] {growth}.
<The owners> [plan] {to sell the club}.
<The peer> [feels] {that the law is wrong}.
<Neighbours> [felt] {that the noise was too loud}.
<The court> [took the view] {that the ban was void}.
<The widow> [is convinced] {that he was killed}.
<The veteran> [looks forward to] {the match}.
<The coach> [was hoping] {to rest the captain}.
<World leaders> [expressed outrage over] {the test}.
<The elders> [frowned on] {the match}.
""",
}
_SILENCE = {
    Stance.ASSERTS: """
<The ministry> [did not say] {how many soldiers had died}.
<The firm> [never said] {that the plant was safe}.
<The minister> [declined] {to comment}.
<The minister> [declined to comment on] {the arrests}.
<The envoy> [refused] {to confirm that talks had begun}.
<The envoy> [refused] {to confirm the deal}.
<The bank> [declined to provide details about] {the loan}.
<The chief executive> [declined] {to give guidance for next year}.
<No one> [said] {the bridge was weak}.
<Nobody> [told] the crew {that the ship was sinking}.
<None of the officials> [confirmed] {that the ship had sunk}.
<Neither Rome nor Paris> [confirmed] {that the envoys had met}.
<No official> [explained] {why the gate was shut}.
<Not one of the ministers> [admitted] {that the sums were wrong}.
<The president> [has yet to comment on] {the strike}.
<The agency> has yet to [announce] {that the drug is safe}.
<The general> [stopped short of saying] {the war was lost}.
<The judge> stopped short of [saying] {that he had lied}.
<The firm> [failed to say] {that it had lost money}.
<The company> failed to [disclose] {that it was broke}.
<The owner> left without [saying] {that the club was sold}.
Nor did <the ministry> [say] {whether the men were alive}.
<The army> neither [confirmed] nor denied {that the base was hit}.
At no point did <the doctor> [say] {that the drug was safe}.
<The police> [would not say] {whether the man was armed}.
<The palace> [kept silent on] {the rumours}.
<The singer> [kept mum about] {the wedding}.
<The report> [makes no mention of] {the fire}.
<The club> [has not commented on] {the transfer}.
<The minister> refrained from [saying] {that the vote was rigged}.
<The spokesman> [could not confirm] {that the plane had landed}.
""",
    Stance.DENIES: """
<The minister> [did not deny] {that he met the banker}.
<The general> [did not rule out] {a second strike}.
<The bank> [has not disputed] {the sum}.
""",
    Stance.ACCUSES: """
<The police> [did not accuse] {the driver of murder}.
<The bishop> stopped short of [condemning] {the raid}.
""",
    Stance.PROMISES: """
<The owner> [never promised] {to pay for the repairs}.
""",
    Stance.DEMANDS: """
<The union> [has not called for] {a strike}.
""",
    Stance.BELIEVES: """
<The mayor> [does not believe] {that the dam will hold}.
<The coach> [is not sure] {that the striker is fit}.
<Few owners and no tenants> [do not expect] {rents to fall}.
""",
}
# What looks like a negation, or negates twice.
_NOT_SILENT = """
<The minister> [not only said] {that the road was shut}.
<No. 10> [said] {the talks went well}.
<No fewer than ten witnesses> [said] {the light was red}.
<The union> [did not fail to mention] {that pay had fallen}.
<The nurse> [said] {that nobody came}.
{"Nor would I sell the farm,"} <the widow> [wrote].
<The envoy> [did not hesitate to say] {that the talks were dead}.
[A common refrain is] {that the roads are bad}.
<The minister> [said] {he would not resign}.
"""


@pytest.fixture(scope="module")
def nlp(fast: Language) -> Language:
    """What the rules make of these texts."""
    return fast


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


_ROWS = [
    *[(line, stance, Polarity.AFFIRMED) for stance, block in _SPEECH.items() for line in lines(block)],
    *[(line, stance, Polarity.NEGATED) for stance, block in _SILENCE.items() for line in lines(block)],
    *[(line, Stance.ASSERTS, Polarity.AFFIRMED) for line in lines(_NOT_SILENT)],
]


def parse(nlp: Language, marked: str) -> tuple[Doc, dict[str, Stretch]]:
    """The document without marks, and the stretches that were marked."""
    bounds, plain = {}, ""
    for piece in re.split(r"([\[\]{}<>])", marked):
        if piece and piece in "[]{}<>":
            bounds[piece] = len(plain)
        else:
            plain += piece
    with nlp.select_pipes(disable=["kg_coref", "kg_times", "kg_events", "kg_relations"]):
        doc = nlp(make_doc(nlp, document(plain)))
    stretches = {}
    for left, right in ("[]", "{}", "<>"):
        if left in bounds:
            span = doc.char_span(bounds[left], bounds[right], alignment_mode="expand")
            assert span is not None
            stretches[left] = Stretch(span.start, span.end)
    return doc, stretches


def by_hand(doc: Doc, marks: dict[str, Stretch]) -> Report:
    """The report as a trained tagger gives it: spans and no frame of the lexicon."""
    head = doc[marks["["].start : marks["["].end].root
    word = verb_word(head) if head.pos_ in ("VERB", "AUX") else head.lemma_.lower()
    source = [marks["<"]] if "<" in marks else []
    speaker = doc[source[0].start : source[0].end].root if source else None
    return Report(head.i, word, marks["["], [marks["{"]], source, speaker, certain=True)


def by_rules(doc: Doc, marks: dict[str, Stretch]) -> Attribution | None:
    """What the rules find at the same cue."""
    found = [note for note in attributions_of(doc) if note.cue and note.cue_head in marks["["]]
    return found[0] if found else None


class TestStance:
    @pytest.mark.parametrize(("marked", "stance", "polarity"), _ROWS)
    def test_of_a_cue_given_as_spans(self, nlp: Language, marked: str, stance: Stance, polarity: Polarity) -> None:
        doc, marks = parse(nlp, marked)
        report = by_hand(doc, marks)
        said = manner.stance(doc, report, report.content), manner.polarity(doc, report, report.content)
        assert said == (stance, polarity)

    @pytest.mark.parametrize(("marked", "stance", "polarity"), _ROWS)
    def test_of_a_cue_that_the_rules_find(self, nlp: Language, marked: str, stance: Stance, polarity: Polarity) -> None:
        doc, marks = parse(nlp, marked)
        note = by_rules(doc, marks)
        if note is not None:
            assert (note.stance, note.polarity) == (stance, polarity)


def only(nlp: Language, text: str) -> tuple[Doc, Attribution]:
    """The last statement of `text`."""
    doc, _ = parse(nlp, text)
    return doc, attributions_of(doc)[-1]


class TestAddressee:
    @pytest.mark.parametrize(
        ("text", "hearer"),
        [
            ("The minister told reporters on Friday that the road was shut.", "reporters"),
            ("The coach told Smith that he was dropped.", "Smith"),
            ("The banker said to the committee that the loan was safe.", "the committee"),
            ("Police warned residents that the river was rising.", "residents"),
            ("The union urged the council to reopen the library.", "the council"),
            ("The minister asked farmers to plant trees.", "farmers"),
            ("The president called on the army to return to barracks.", "the army"),
            ("Asked by a journalist whether he would resign, Peter Okoro said he would not.", ""),
            ("In a letter to Judge Ellen Moss, the company said the files were lost.", "Ellen Moss"),
            ("The general testified before the committee that the base was empty.", "the committee"),
            ("The lawyer argued before the High Court that the law was void.", "High Court"),
            ("The striker told BBC Sport that he was fit.", "BBC Sport"),
            ("“We are ready,” the captain told the Guardian.", "Guardian"),
            ("“You must leave,” the officer told them.", "them"),
            ("The mayor wrote to the governor that the bridge was unsafe.", "the governor"),
            ("The chief executive assured investors that the dividend was safe.", "investors"),
            ("Speaking to journalists in Delhi, Mr Singh said the train was late.", "journalists"),
            ("Speaking to the BBC, the minister said the plan was dead.", "BBC"),
            ("Addressing supporters in Lagos, the candidate said the vote was stolen.", "supporters"),
            ("The ministry informed families that the men had died.", "families"),
            ("The spokesman said in an interview with the BBC that talks had failed.", "BBC"),
            ("The director said in remarks to staff that jobs were safe.", "staff"),
            ("The chairman said in a letter to shareholders that the sale was off.", "shareholders"),
            ("The manager admitted to reporters that the team was poor.", "reporters"),
            ("The chancellor told MPs in the Commons that borrowing would fall.", "MPs"),
            ("The judge told the defendant he would go to jail.", "the defendant"),
            ("Farmers were told that the dam was safe.", "Farmers"),
            ("The captain likened the pitch to the Sahara.", ""),
            ("The mayor said before the match that the ground was full.", ""),
            ("The engineer said the dam was safe.", ""),
        ],
    )
    def test_who_is_told(self, nlp: Language, text: str, hearer: str) -> None:
        doc, note = only(nlp, text)
        stretch = mentions_of(doc)[note.addressee].stretch if note.addressee is not None else Stretch(0, 0)
        assert doc[stretch.start : stretch.end].text == hearer

    def test_who_is_asked(self, nlp: Language) -> None:
        doc, _ = parse(nlp, "Asked by reporters about the ban, Ms Rao said it was legal.")
        asked = attributions_of(doc)[0].addressee
        assert asked is not None
        assert mentions_of(doc)[asked].name == "Rao"


class TestMedium:
    @pytest.mark.parametrize(
        ("text", "medium"),
        [
            ("The bank told Reuters in an email that the loan was repaid.", "email"),
            ("In a letter to Judge Ellen Moss, the company said the files were lost.", "letter"),
            ("He told a news conference in Nairobi that the vote was fair.", "news conference"),
            ("The president told the nation in a televised address that the war was over.", "televised address"),
            ("The spokesman said in an interview with the BBC that talks had failed.", "interview with the BBC"),
            ("The minister wrote on X that the road was open.", "X"),
            ("The firm said via email that the plant was safe.", "email"),
            ("The actor said in a post on Facebook that he was ill.", "post on Facebook"),
            ("The general said on state television that the coup had failed.", "state television"),
            ("Prosecutors said in court papers that the banker had lied.", "court papers"),
            ("At a news conference on Monday, the doctor said the virus was gone.", "news conference"),
            ("The ambassador said by phone that the talks were off.", "phone"),
            ("The singer announced on Instagram that she was pregnant.", "Instagram"),
            ("The company said in a regulatory filing on Tuesday that profit fell.", "regulatory filing"),
            ("The minister said during a radio programme that fees would rise.", "radio programme"),
            ("In a video posted on Telegram, the commander said the town had fallen.", "video posted on Telegram"),
            ("The ministry said in a post on X, formerly Twitter, that two men died.", "post on X"),
            ("The premier said in an interview published on Sunday that he would quit.", "interview"),
            ("The priest said in his sermon that greed was a sin.", "sermon"),
            ("The king said in his Christmas message that hope was alive.", "Christmas message"),
            ("The director said in remarks to staff that jobs were safe.", "remarks"),
            (
                "The rebel leader said in a voice message on WhatsApp that the town was his.",
                "voice message on WhatsApp",
            ),
            ("The club said on its website that the game was off.", "website"),
            ("The mayor said in a speech on the war that peace was near.", "speech"),
            ("The foreign minister said through a spokesman that the talks were on.", ""),
            ("“We are ready,” the captain told the Washington Post.", ""),
        ],
    )
    def test_what_carried_the_words(self, nlp: Language, text: str, medium: str) -> None:
        assert only(nlp, text)[1].medium == medium
