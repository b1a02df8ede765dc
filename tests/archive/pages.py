"""Pages made up for these tests, in the shapes that news sites print."""

BRIDGE = """Transport

New footbridge at Kona Mbaya opens after two years of work

By Wanjiku Otieno | KNA

Thursday, July 4, 2024

Pedestrians will no longer cross six lanes of traffic on foot.

Engineers opened the footbridge at Kona Mbaya on Thursday morning, two years late by its builder’s contract.

“We have waited for this since my daughter started school,” said Halima Abdi, who sells tomatoes beside the road.

The recent stories of accidents at the crossing had moved residents to collect four thousand signatures in March.

The county says that a second bridge will follow at the market before the long rains, if the money is found.

Reader comments

First! Good work.

Recent Stories

Tea prices rise for a third week at the Mombasa auction

Tea prices rise for a third week at the Mombasa auction

Wednesday, July 3, 2024
Governor’s car park is 'nobody's land', court hears

Governor's car park is ‘nobody’s land’, court hears

Wednesday, July 3, 2024

Live Updates
"""

HEADLINE = "New footbridge at Kona Mbaya opens after two years of work"
STANDFIRST = "Pedestrians will no longer cross six lanes of traffic on foot."
PARAGRAPHS = (
    "Engineers opened the footbridge at Kona Mbaya on Thursday morning, two years late by its builder’s contract.",
    "“We have waited for this since my daughter started school,” said Halima Abdi, who sells tomatoes beside the road.",
    "The recent stories of accidents at the crossing had moved residents to collect four thousand signatures in March.",
    "The county says that a second bridge will follow at the market before the long rains, if the money is found.",
)

SWAHILI = """Afya

Hospitali mpya ya Garissa yafunguliwa kwa wagonjwa wote

Na Amina Hassan na Juma Ali

Imechapishwa: Alhamisi, 4 Julai 2024

Waziri wa Afya amesema kwamba hospitali mpya ya wilaya imefunguliwa mjini Garissa na itahudumia watu wa kaunti tatu.

“Tunataka kila mtu apate huduma karibu na nyumbani kwake,” alisema waziri huyo katika hafla ya ufunguzi.

Maoni ya wasomaji

Habari za hivi karibuni

Bei ya mahindi yapanda kwa wiki ya pili mfululizo

3 Julai 2024
"""

SOMALI = """Bulsho

Buundo cusub oo laga furay magaalada Baydhabo

Waxaa qoray Axmed Cali iyo Faadumo Nuur | SONNA

Khamiis, Luulyo 4, 2024

Buundada cusub ee magaalada Baydhabo ayaa la furay maanta, waxaana ka qaybgalay dad badan oo ka mid ah bulshada.

“Waxaan sugeynay muddo laba sano ah oo ay shaqadu socotay,” ayay sheegtay Halimo oo ka ganacsata suuqa.

Faallooyinka akhristayaasha

Wararkii ugu dambeeyay

Roobab lagu soo dhaweeyay deegaannada Bay iyo Bakool
"""


def page(*, head: str = "", text: tuple[str, ...] = PARAGRAPHS, foot: str = "") -> str:
    """Return a page of these parts, a blank line between them."""
    return "\n\n".join(part for part in (head, *text, foot) if part)
