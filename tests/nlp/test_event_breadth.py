"""Verbs and nouns of every walk of news, from many countries: the starred word tells of an event of the type.

Where no type stands before the bar, the word tells of a state, and of no event.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.nlp.test_event_types import happenings

NEWS: dict[str, str] = {
    "elections": """
        vote | Turnout was low as Malians *voted* for a new parliament on Sunday.
        elect | The opposition Unity Party *won* the mayoral race in Kumasi by 900 ballots.
        campaign | The senator *launched* her campaign for governor in Recife.
        elect | A *runoff* between the two front-runners will be held in May.
        vote | Lawmakers *voted* down the pension bill by 61 to 40.
        vote | The *referendum* on the canal was postponed.
        vote | More than half of registered Latvians *cast* their ballots.
        defeat | The incumbent *lost* to a political newcomer in Kisumu.
        vote | Officials *counted* votes through the night in Tirana.
    """,
    "disasters": """
        disaster | *Floods* swept through three villages in Sylhet overnight.
        disaster | A *landslide* blocked the only road into Manali.
        disaster | The volcano *erupted* again on Tuesday, covering Goma in ash.
        destroy | A tornado *flattened* dozens of homes in Moore.
        fire-disaster | A *wildfire* burned 400 hectares outside Split.
        fire-disaster | The warehouse in Izmir *caught* fire after an explosion.
        evacuate | Authorities *evacuated* 2,000 residents of Kerala's coast.
        collapse | A bridge *collapsed* in Minas Gerais, killing two.
        disaster | The river *burst* its banks in Passau.
        disaster | A magnitude 5.9 quake *jolted* Mindanao early on Friday.
        rescue | Firefighters *freed* a child from the rubble in Izmir.
    """,
    "accidents": """
        crash | A bus *plunged* into a ravine in Cajamarca, killing 12.
        crash | A cyclist was *knocked* down by a tram in Zagreb.
        crash | The tanker *ran* aground off Mauritius.
        crash | The freight train *derailed* near Ohio's border.
        disaster | A gas *leak* at a bakery in Lyon forced people out.
        explode | A boiler *exploded* in a textile mill in Dhaka.
        die | Three hikers *drowned* in a lake in Bavaria.
        die | A miner *died* after a tunnel caved in near Johannesburg.
        collapse | A mine *caved* in near Kolwezi.
        injure | Nine workers were *hurt* when scaffolding fell in Doha.
        crash | Two ferries *collided* off Cebu.
        die | The climber *fell* to his death on Mount Kenya.
    """,
    "crime and courts": """
        crime | Thieves *stole* paintings worth a million from a Dresden museum.
        crime | Two men *robbed* a jeweller in Antwerp at gunpoint.
        crime | A burglar *broke* into the ambassador's flat in Prague.
        arrest | A court in Hanoi *jailed* the blogger for six years.
        sentence | The rapper got a two-year suspended *sentence*.
        charge | He was *indicted* on counts of wire fraud in Boston.
        trial | The former minister went on *trial* in Abuja.
        acquit | Jurors in Glasgow *cleared* the nurse of all charges.
        rule | The Supreme Court *struck* down the ban on rallies.
        trial | The broker *pleaded* guilty to insider trading.
        crime | Customs agents say the gang *smuggled* ivory through Mombasa.
        kill | A teenager was *stabbed* to death in Croydon.
        kill | A rival gang *gunned* down the dealer in Marseille.
        investigate | Anti-corruption police opened an *inquiry* into the tender.
        search-raid | Police *searched* the party's offices in Bucharest.
        crime | The clerk *embezzled* 3 million rand.
        sue | Her lawyers will *appeal* against the verdict.
    """,
    "business": """
        acquire | Brewer Halmar *bought* its rival for $2 billion.
        acquire | The two banks agreed a *merger* worth 9 billion euros.
        layoff | The carmaker will *cut* 3,000 jobs in Zaragoza.
        layoff | Airline Zephyr *laid* off 900 cabin crew.
        bankrupt | The toy chain *filed* for bankruptcy in Ohio.
        close | The steelworks in Taranto will *shut* down in June.
        open | The furniture maker *opened* a plant in Puebla.
        increase | Shares in the miner *jumped* 8 percent.
        decrease | Profits at the bank *tumbled* by a third.
        increase | The central bank *raised* interest rates to 7 percent.
        decrease | Inflation in Turkey *slowed* to 40 percent.
        finance | The start-up *raised* $30 million from investors in Lagos.
        trade | Kenya *exported* more tea last year.
        trade | The farm co-operative *sold* 500 tonnes of maize to Malawi.
        sentence | The regulator *fined* the bank 20 million crowns.
        open | The company *unveiled* a new electric van in Turin.
        trade | The shipyard *won* a contract to build two frigates.
        leave-office | Chief executive Anna Roe *stepped* down after the loss.
        suspend | The firm *halted* production at its Chennai plant.
    """,
    "protest": """
        protest | Thousands of farmers *marched* through Warsaw against the imports.
        protest | Students *rallied* outside parliament in Dhaka.
        protest | Activists *blocked* a motorway near Lyon to demand action.
        protest | Women *took* to the streets of Tehran.
        fight | Demonstrators *clashed* with riot police in Nairobi.
        riot | Youths *looted* shops in Durban.
        protest | Prisoners in Ankara began a hunger *strike*.
        protest | Taxi drivers *staged* a sit-in at the ministry.
        protest | Campaigners *chained* themselves to the gates.
        coerce | Police used tear gas to *disperse* the crowd in Tunis.
        protest | A *demonstration* against the mine drew 5,000 people in Rosia.
        sanction | Fans *boycotted* the match in protest.
        shoot | Police *fired* tear gas at marchers in Colombo.
    """,
    "diplomacy": """
        meet | The foreign ministers *met* in Doha for a second day.
        expel | Chile *expelled* two Russian diplomats.
        sanction | Bolivia *severed* ties with the kingdom.
        sanction | Paris *recalled* its ambassador from Canberra.
        recognize | Norway *recognised* the new state.
        mediate | Qatar *brokered* a prisoner swap.
        condemn | The African Union *condemned* the coup.
        join | Moldova *joined* the energy pact.
        reject | Tehran *rejected* the offer of talks.
        aid | Japan *donated* 40 ambulances to Kyiv.
        agree | Jordan *offered* its troops for the mission.
        request | Sudan *asked* the council for more peacekeepers.
        retreat | The mission *withdrew* its observers from Hodeida.
    """,
    "health": """
        infect | Twelve children *fell* ill after eating at a school in Surat.
        outbreak | Cholera has *spread* to four districts of Malawi.
        infect | Two nurses *tested* positive for the virus in Wuhan.
        treat | Doctors *operated* on the conjoined twins in Riyadh.
        treat | The health ministry *vaccinated* 40,000 children against polio.
        treat | The singer was *admitted* to hospital in Manila.
        outbreak | An *outbreak* of measles has killed 16 in Samoa.
        die-birth | The queen *gave* birth to a boy on Friday.
        treat | Surgeons performed an *operation* on the striker's knee.
        restrict | The region went into *lockdown* on Monday.
        die | Eleven patients *died* of dengue in Asuncion.
    """,
    "sport": """
        win | Kenya's Ruto *won* the women's marathon in Berlin.
        defeat | Benfica *beat* Porto 2-1 on Saturday.
        defeat | Uruguay were *knocked* out of the cup by Ghana.
        compete | The Lions *drew* 1-1 with Fulham at home.
        compete | She *scored* twice in the second half.
        compete | Nagoya will *host* the rowing championships in 2026.
        appoint | Valencia *hired* a new coach on Monday.
        appoint | Chelsea *signed* a Senegalese striker for 30 million.
        leave-office | The national team *sacked* its manager.
        win | He *broke* the world record in the javelin.
        leave-office | The champion *retired* from tennis at 31.
        restrict | The federation *banned* the sprinter for four years.
        suspend | The game was *postponed* because of snow.
        injure | The goalkeeper *tore* a ligament in training.
    """,
    "science": """
        launch-space | The capsule *docked* with the station on Friday.
        discover | Biologists *discovered* a new frog in Papua.
        discover | Archaeologists *unearthed* a Roman villa near Trier.
        publish | The team *published* its results in a journal.
        launch-space | The rover *landed* on Mars in February.
        build | Engineers in Delft *developed* a battery that charges in minutes.
        discover | Astronomers *detected* water vapour on a distant planet.
        launch-space | A rocket *lifted* off from Kourou.
        award | Two chemists *won* the Nobel Prize.
        begin | Work *began* on a new telescope in Chile.
    """,
    "culture": """
        perform | The band *played* a concert in Havana.
        open | The film *premiered* in Venice on Friday.
        open | An exhibition of Inca gold *opened* in Lima.
        perform | The director *shot* the film in Iceland.
        perform | She *recorded* her second album in Dakar.
        release | The museum *returned* two bronzes to Benin.
        trade | The painting was *sold* at auction for 4 million pounds.
        commemorate | Poles *marked* the anniversary of the uprising.
        marry | The actor *married* his co-star in Tuscany.
        die | The conductor Lars Holm has *died* at 88.
        perform | The soprano will *sing* in Verona in July.
    """,
    "weather": """
        disaster | *Hail* destroyed vineyards in Mendoza.
        disaster | The *heatwave* killed 60 people in Karachi.
        disaster | Lightning *struck* a church in Minas.
        damage | Strong winds *toppled* trees across Brittany.
        suspend | Fog *grounded* all flights at Delhi airport.
        increase | Temperatures *rose* to 49 degrees in Sindh.
        disaster | Torrential *rain* lashed the coast of Oman.
        disaster | The cyclone *battered* Vanuatu for two days.
        flee | Families *fled* as the river rose in Assam.
    """,
    "labour": """
        strike-work | Nurses in Lima *walked* out over pay.
        strike-work | Train drivers *went* on strike in Lisbon.
        suspend | Pilots *called* off a strike planned for Friday.
        agree | The union *accepted* a 6 percent pay rise.
        increase | The company *raised* wages by a tenth.
        strike-work | A four-day *stoppage* by dockers hit Santos.
        layoff | The mine *dismissed* 400 workers.
        negotiate | The teachers' union resumed *talks* with the ministry.
        strike-work | Bin men in Leeds *downed* tools.
        restrict | The owners *locked* out the weavers in Surat.
        restrict | The court *barred* the union from picketing.
        found | Workers at the depot *formed* a union.
    """,
    "conflict": """
        capture | The army *took* the town of Kidal on Friday.
        capture | Rebels *seized* an airfield near Sirte.
        capture | Government troops *recaptured* two villages in Tigray.
        advance | Tanks *pushed* into the suburbs of Khartoum.
        retreat | The militia *pulled* out of the valley.
        attack | The garrison *inflicted* heavy losses on the rebels.
        depart | The last soldiers *left* the base at dawn.
        kill | The ambush *left* nine soldiers dead.
        attack | A drone *hit* a fuel depot in Odesa.
        bomb | The jet *dropped* two bombs on a market.
        shoot | Border guards *shot* down a balloon over Brest.
        mobilize | The ministry *deployed* 300 more troops to Goma.
        kill | The raid *claimed* the lives of six villagers.
        surrender | Forty gunmen *laid* down their arms in Jos.
        move | The battalion *crossed* the frontier into Chad.
        supply | France *sent* artillery shells to Estonia.
        mobilize | Ghana *sent* 500 soldiers to the border.
        supply | Kuwait *sent* food to the flooded province.
        treat | The judge was *taken* to hospital in an ambulance.
    """,
    "no events": """
        | The committee is *made* up of five judges.
        | Only two seats were *left* in the hall.
        | The left-wing party *leads* in polls.
        | The accord runs from *March* to May.
        | The ministry *runs* forty schools in the valley.
        | Her family *lives* in Porto.
        | The canal *links* the two seas.
        | The report *covers* the years since 2010.
        | The law *applies* to all firms.
        | She *wore* a green coat.
        | The valley *stretches* to the Iraqi border.
        | The two samples did not *match*.
        | The island *lies* off Tunisia.
        | The charge *applies* to lorries from Uganda.
        | Four companies *control* the market in Peru.
        | The post *carries* a salary of 90,000 rand.
    """,
    "plain doings": """
        impede | Snow *stranded* 300 families in Van.
        capture | Rebels *retook* the town of Djibo on Friday.
        act | Ana Costa *waited* three hours at the clinic in Braga.
        act | Nineteen ships were *waiting* outside the harbour on Tuesday.
        act | Two pilgrims *slept* under a bridge in Leon.
        act | The minister *responded* to the walkout with a pay offer.
        continue | Nurses in Gulu *returned* to work on Saturday.
        continue | The levy will *stay* until October, said Kenya.
        arrive | Rescuers *reached* the hamlet of Tuy on Sunday.
        arrive | The mayor *came* at noon.
        move | Three boys *climbed* onto the roof and called Ana Ruiz.
        move | The old tram *ran* in Lodz on Sunday.
        transport | The lorry *carried* 40 migrants to Calais.
        suspend | The bank *withdrew* its offer of 3 million euros.
        suspend | Toyota *recalled* 40,000 vans in Chile.
        suspend | A brewery *tore* up its contract with the club.
        close | Two mills in Pune have *closed*.
        open | The Red Cross *opened* four shelters in Goma.
        disaster | The tremor was *felt* in Quito.
        damage | Fruit could *rot* on the quay in Beira, Ana Costa said.
        capture | Soldiers *raised* the flag over Izmir.
        increase | The port operator *raised* its offer on Monday.
        reject | Spain will *block* the takeover of the bank.
        recognize | Kofi Mensah *respected* the result.
        finance | The airline *made* a loss of 4 million dollars.
        reject | The governor *broke* his promise to Peru.
        compete | Ivan Petrov *missed* the final in Doha.
        trade | *Trade* between Chile and Peru fell in May.
        damage | A tanker ran aground and *spilled* oil off Oman.
        reject | The parliament of Norway *threw* out the budget.
        support | Amina Bello refused to *back* the law.
        leave-office | The chairman declined to *dismiss* Ivan Petrov.
        crime | Prosecutors accused the firm of *hiding* records from Peru.
        restrict | The president declared a state of *emergency* in Lima.
    """,
    "no doings": """
        | The judge ordered Ana Ruiz to pay *damages* of two million pesos.
        | The house *stood* on a hill.
        | He *feels* tired.
        | Her patience *ran* out.
        | The firm *serves* thirty countries.
        | The plan *makes* sense.
        | They *crossed* a line.
        | Officials met in the town *hall* of Turin.
        | The lake *reached* its lowest level.
    """,
}

LINES = [line for lines in NEWS.values() for line in lines.strip().splitlines()]
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_what_a_word_names(nlp: Language, kind: str, text: str) -> None:
    events, index = happenings(nlp, text)
    assert [e.type for e in events if index in e.triggers] == ([kind] if kind else [])
