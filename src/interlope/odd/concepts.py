"""Concepts: the eleven design concepts of the protocol in words; every name in backticks is one of the code's own names."""

from __future__ import annotations

CONCEPTS: tuple[tuple[str, str], ...] = (
    (
        "Basic principles",
        "An illicit market is a contested market. Clients choose a guide by discrete choice and sellers answer with the prices "
        "of a logit oligopoly (`prices`, `choices`). Groups that share ground fight by a contest success function and answer "
        "blow with blow, additively (`clashes`). They grow by recruitment and shrink by loss, arrest and saturation (`growth`). "
        "Police meet people by chance and members by intelligence (`raids`). Names can be borrowed, and are diluted by those who "
        "borrow them (`symbols`), or lent for a fee (`franchise`). An organisation may be paid without commanding anybody (`tribute`), and "
        "one chain of boats or equipment may limit all groups together (`supply`). Where one unit of groups is strong "
        "and police are few, it takes the place of the state by degrees "
        "(`governance`). The rival explanations are values of parameters, never switches in the code: a mechanism is "
        "absent where its rate is zero.",
    ),
    (
        "Emergence",
        "Prices, shares of the market, concentration, who holds which sector, cycles of war and truce, the number of groups, "
        "the level of violence and the flow of people to other routes are not prescribed: they follow from choices, contests "
        "and policing. Arrivals, their season and mix, imposed operations and known factors on trying are prescribed.",
    ),
    (
        "Adaptation",
        "Groups adapt prices to demand, cost and risk (`price`, `shadow`), move to ground that they believe rich and little "
        "contested (`value_belief`, `contest_belief`), and put on or drop a name (`symbol`). People adapt whether and with whom "
        "they try. Guards move to where interceptions were (`guard`). States adapt force to what it has cost them (`restraint`).",
    ),
    (
        "Objectives",
        "A seller's price is the one that earns most given the others' prices, scarcity of guides included. A person chooses by "
        "utility: price, believed success, danger and, as far as clients know it, a name that is shown. A group weighs a name's "
        "gain in clients and deterrence against its risks, and pays or refuses a demand by what it believes of who makes it "
        "(`extortion`). Nobody plans ahead further than the discount in `truces`.",
    ),
    (
        "Learning",
        "Beliefs follow experience at finite rates: of success with a group (`reputation`), of risk in a sector (`risk`), of "
        "ground (`value_belief`, `contest_belief`), of whether a name is genuine (clients `belief`, groups `fear`), upstream of "
        "whether the way is "
        "shut (`upstream`). No rule of behaviour changes.",
    ),
    (
        "Prediction",
        "Implicit only: those who choose take the present belief for the future. A truce holds while breaking it would not pay "
        "at the discount that the lag of noticing a break gives.",
    ),
    (
        "Sensing",
        "Groups see their own takings, the clashes and the prices of the border. People see prices, a group's record "
        "(`reputation`), remembered clashes (`clash_memory`) and shown names. Police see publicised lethal clashes "
        "(`publicity`), not hidden ones. No group sees another's money or beliefs. Nobody senses a person's nationality, nor the "
        "origin of a group: classes are counted after everything has happened (`classes`).",
    ),
    (
        "Interaction",
        "Direct: clients hire guides, groups fight, extort, make truces, absorb and split, organisations command, tax "
        "and lend their name, police stop and "
        "arrest. Indirect: through prices, scarce guides, a shared supply, swamped guards, remembered clashes and "
        "broken truces (`grudge`), and "
        "publicity. The table below is "
        "read off the source: who writes what others read.",
    ),
    (
        "Stochasticity",
        "Every draw has a name: seed, stream id, day, stream and index, so that the same draw stands in every run that asks for it. "
        "Chance stands for what the model does not explain: who arrives, who is stopped, when two groups clash and who dies. "
        "Replicates with the same stream id share their random numbers (common random numbers), which is how options and parameters "
        "are compared.",
    ),
    (
        "Collectives",
        "Groups are collectives of members with one price list, one purse and one belief; members are counted, not told apart. "
        "Groups under one command (`owner`, `tie`) set prices as one seller and do not fight each other. People on the move are "
        "counted; drawing them by multinomials has exactly the distribution of as many independent choosers, and of which class those were "
        "who came, tried or left is drawn from the numbers afterwards.",
    ),
    (
        "Observation",
        "The series below are recorded every day, some by sector and by class. Evidence is only ever compared with them: what "
        "the press, the police and agencies count is itself modelled (`reports`), with its own ascertainment.",
    ),
)
