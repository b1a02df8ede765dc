"""Twenty comments as readers write them, 90 to 320 characters, none like another: what they weigh means something."""

WRITTEN = """
Njoroge:
I would like to know what this means for traders at the port. Every time a delegation comes we hear of
cooperation, and a year later the same containers stand for three weeks because one scanner is broken.

Amina Yusuf:
My brother served in Kismayo for fourteen months. When he came home nobody had told him where to go with his
knee, and the form he was given asked for a unit number that no longer exists. Before we talk about equipment
from abroad, could somebody please answer the phone in Nakuru? He rang nine times last week alone.

Wafula:
A fair summary. One thing is missing: what parliament has been asked to approve, and by which date.

Chebet K.:
Tatizo si mkataba. Tatizo ni kwamba hakuna anayetuambia ni pesa ngapi, na nani atakayehesabu. Wananchi wana
haki ya kujua kabla ya kutia saini, sio baada ya miaka mitano.

Old Reader:
In 1998 I stood on Haile Selassie Avenue an hour after the blast. I have followed every announcement since,
and I can report that the adjectives get longer while the ambulances stay the same number. Thank you for
printing the names of those who lost their homes this time; most papers stopped at the ministers.

Otieno:
Source for the figure in the fourth paragraph? The treasury's own table says something else.

Hodan:
Waxaan jeclaan lahaa in la waydiiyo dadka xuduudda ku nool. Annaga ayaa maalin walba aragna waxa dhacaya, mana
jiro qof noo yimid oo nala hadlay.

Mwende:
To those who say this is none of our business: the price of cooking gas in Mlolongo went up twelve shillings
the week after. Security is a kitchen matter too. I run a small hotel by the weighbridge, eleven tables, and I
can show anyone my receipts from May, June and July.

Peter M.:
Why is the interim period eighteen months? Other agreements of this kind had six, with a review.

Kiprono:
Good that the paper explains the abbreviations. My mother reads everything aloud to my grandfather, and she
usually skips whatever is in capitals. Yesterday they finished the page without me.

Zuleikha:
Respectfully, I disagree. Training officers in forensic accounting is worth more than another pair of patrol
boats. Follow the money and the boats will have less to do. We learnt that with charcoal, then with sugar, and
we shall learn it with fuel if somebody is patient enough to read ledgers for two years.

Baraka:
Lini tutapata hospitali ya kijeshi ambayo inahudumia pia raia wa Garissa? Tuliahidiwa mwaka wa 2019.

Dr. Ndegwa:
As somebody who treated burns in that ward: the gloves ran out on the second night. Condolences are welcome
and I mean that. A standing order for dressings would be welcome as well, and costs less than the flags.

Faith:
Could the reporter ask whether women officers are among those who will train? In the last course there were
two out of sixty, and both had to pay for their own transport from Embakasi.

Samatar:
I live between two roadblocks. Each has different rules about the same identity card. If this framework brings
one rule, written down, that a grandmother can read, then I shall be the first to clap.

Jane W.:
Please keep the comments open on stories like these. Elsewhere they vanish exactly when readers have something
to add, and one is left shouting in the matatu.

Mutiso:
Nobody mentions the fishermen of Kiunga. For six years they have been forbidden to go out at night, which is
when fish are caught. They were promised licences in exchange, and phones with a satellite link; the phones
came without batteries. A small thing, perhaps, next to global peace. But they vote, and they remember.

Akinyi:
Well written. I had to read the second paragraph twice, though: who exactly offered what to whom?

Hassan Ali:
The drought took our goats and the flood took the road. We are tired of being a background in photographs.
Send the engineers first; soldiers can come along afterwards over a bridge that holds.

Lucy:
Has anyone seen the full text? I looked on both ministries' sites. One links to a page from 2021, the other
asks for a password. If the newsroom has a copy, please put it up beside the story.
"""
SAID = tuple(
    (name, " ".join(body.split()))
    for name, _, body in (block.partition(":\n") for block in WRITTEN.strip().split("\n\n"))
)
