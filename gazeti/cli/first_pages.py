"""What a new newsroom begins with: its front, one section, and drafts that ask an editor what readers should know."""

from gazeti.base.actions import file_information_page, name_newspaper
from gazeti.stories.actions import file_section, make_front
from gazeti.stories.models import Front

SECTION = "News"
PROMPTS: dict[str, tuple[str, ...]] = {
    "About": (
        "Write here who you are. Three short answers are enough, and each builds trust.",
        "<b>Which place do you cover, and for whom?</b> “We report on the wards of …, for the people who live there.”",
        "<b>Who owns the paper, and who pays for it?</b> Name them. Say what they may not decide.",
        "<b>Who works here?</b> Names and what each does. Link to their author pages.",
    ),
    "Ethics": (
        "Write here what readers may hold you to. Promise only what you will do on a bad day, too.",
        "<b>How do you check a fact before it goes out?</b> How many sources, and who reads a story before readers do?",
        "<b>How do you put a mistake right?</b> Say how fast, where readers see it, and how they can tell you of one.",
        "<b>When do you leave a name out?</b> Children, victims, people who would be in danger.",
        "<b>What do you take from those you write about?</b> Gifts, travel, payment: say no, or say it in the story.",
        "<b>Do you use programs that write or draw?</b> For what, and who answers for it?",
    ),
    "Contact": (
        "Write here how to reach you. A reader with news, a complaint or a thank-you should need one minute.",
        "<b>News tips:</b> a phone or WhatsApp number, and when somebody answers.",
        "<b>Mistakes and complaints:</b> the name and email address of the person who decides.",
        "<b>If it is dangerous to be seen talking to you:</b> the safest way, and what you do to protect the person.",
        "<b>Where you are:</b> street, building, opening hours.",
    ),
    "Privacy": (
        "Write here what you keep of readers. Gazeti itself sets no cookie for readers and calls no other site.",
        "<b>What do you store?</b> Email addresses of accounts and comments; for how long?",
        "<b>Who else sees it?</b> Your host, and whoever sends your mail: name them.",
        "<b>How does somebody see, change or delete what you keep of them?</b> An address, and how many days it takes.",
        "<b>Who answers for it?</b> The name your law asks for.",
    ),
}
"""The pages of every paper, as drafts: what to answer, so that nobody faces an empty page."""


def make_front_page(*, name: str) -> Front:
    """Name the paper and make its front; what is there already stays."""
    name_newspaper(name=name)
    return make_front(title=name)


def make_drafts(front: Front) -> None:
    """Make one section, and the pages that an editor completes."""
    file_section(front, title=SECTION)
    for title, prompts in PROMPTS.items():
        file_information_page(front, title=title, slug=title.lower(), body=[draft_text(prompts)])


def draft_text(prompts: tuple[str, ...]) -> dict[str, str]:
    """The prompts as one raw text block."""
    return {"type": "text", "value": "".join(f"<p>{prompt}</p>" for prompt in prompts)}
