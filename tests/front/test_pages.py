"""Each kind of page shows what it should, once, in the newsroom's language and time zone."""

from datetime import timedelta

import pytest
from django.test import Client

from gazeti.base.actions import file_information_page, publish_information_page
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, topic_named
from gazeti.stories.models import BylineAuthor
from tests.newsroom import NOW, make_draft, make_paper, make_section, make_story

pytestmark = pytest.mark.django_db


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_story_names_authors_date_section_and_standfirst(client: Client) -> None:
    authors = [author_named("Amina Farah"), author_named("Otieno Were")]
    story = make_story(authors=authors, published_at=NOW, credit="Sample Wire", dateline="Eastleigh")
    html = html_of(client, story.address)
    assert f"<title>{story.title} – The Corner Paper</title>" in html
    assert '<a rel="author" href="/authors/amina-farah/">Amina Farah</a> and <a rel="author"' in html
    assert '<time datetime="2024-07-04T09:12+03:00">4 July 2024, 9:12 am</time>' in html
    assert '<a class="kicker" href="/city-affairs/">City Affairs</a>' in html
    assert "Sample Wire" in html
    assert "Eastleigh" in html
    assert '<p class="standfirst">It took two years and a flood to build.</p>' in html


def test_a_story_tells_search_engines_and_shared_links_what_it_is(client: Client, settings) -> None:
    settings.GAZETI_ADDRESS = "https://paper.example"
    story = make_story(published_at=NOW)
    html = html_of(client, story.address)
    for line in (
        f'<link rel="canonical" href="https://paper.example{story.address}">',
        '<meta name="description" content="It took two years and a flood to build.">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:title" content="{story.title}">',
        f'<meta property="og:url" content="https://paper.example{story.address}">',
        '<meta property="article:published_time" content="2024-07-04T09:12+03:00">',
    ):
        assert line in html
    assert 'property="og:type" content="website"' in html_of(client, "/")


def test_under_a_story_each_recent_headline_stands_once_and_its_picture_says_nothing(
    client: Client, picture: Picture
) -> None:
    story = make_story(headline="The story itself")
    others = [make_story(headline=f"Other story {number}", lead_picture=picture) for number in range(3)]
    html = html_of(client, story.address)
    rail = html[html.index('class="recent"') :]
    for other in others:
        assert rail.count(other.title) == 1
    assert rail.count('alt=""') == rail.count("<img") == 3
    assert rail.count('<time datetime="2024-07-04">4 July 2024</time>') == 3
    assert "The story itself" not in rail


def test_an_updated_story_says_when_and_why(client: Client) -> None:
    story = make_story(updated_at=NOW + timedelta(hours=2), updated_reason="adds the minister's answer")
    html = html_of(client, story.address)
    assert 'min read <span class="updated">Updated' in html  # two words also where no style parts the lines
    assert "4 July 2024, 11:12 am</time>: <span>adds the minister&#x27;s answer</span>" in html


def test_a_story_in_swahili_says_so_and_names_its_translation(client: Client) -> None:
    english = make_story(headline="The well gives water again")
    swahili = make_story(headline="Kisima chatoa maji tena", language="sw", translation_of=english)
    html = html_of(client, swahili.address)
    assert '<html lang="en-KE">' in html
    assert '<h1 class="headline" lang="sw">Kisima chatoa maji tena</h1>' in html
    assert '<div class="story-body" lang="sw">' in html
    assert '<a class="kicker" href="/city-affairs/">City Affairs</a>' in html
    assert f'<a href="{english.address}" lang="en" hreflang="en">English</a>' in html
    english_html = html_of(client, english.address)
    assert f'hreflang="sw" href="http://localhost:8000{swahili.address}"' in english_html
    assert '<h1 class="headline">' in english_html
    assert f'<a href="{swahili.address}" lang="sw">' in html_of(client, "/recent/")


def test_sources_method_topics_and_plain_share_links_stand_under_a_story(client: Client) -> None:
    story = make_story(
        sources="County records of June.", method_note="We counted twice.", topics=[topic_named("Water")]
    )
    html = html_of(client, story.address)
    assert "County records of June." in html
    assert "We counted twice." in html
    assert '<a href="/topics/water/">Water</a>' in html
    for host in ("https://wa.me/", "https://www.facebook.com/sharer.php", "https://x.com/intent/post", "mailto:?"):
        assert f'href="{host}' in html


def test_a_lead_picture_shows_its_words_for_this_story(client: Client, picture: Picture) -> None:
    story = make_story(lead_picture=picture, lead_alt="Tomatoes in wooden crates", lead_caption="Before sunrise.")
    html = html_of(client, story.address)
    assert 'alt="Tomatoes in wooden crates"' in html
    assert "Before sunrise." in html
    assert "Picture: Amina Farah" in html
    plain = html_of(client, make_story(lead_picture=picture).address)
    assert 'alt="Traders set out tomatoes before sunrise"' in plain
    decorative = html_of(client, make_story(lead_picture=picture, lead_decorative=True).address)
    assert "Traders set out" not in decorative


def test_the_front_leads_with_the_newest_where_no_lead_is_chosen(client: Client) -> None:
    stories = [make_story(headline=f"Story number {number}") for number in range(3)]
    html = html_of(client, "/")
    assert html.index(stories[0].title) < html.index(stories[1].title) < html.index(stories[2].title)


def test_the_front_shows_the_editors_choice_first_and_no_story_twice(client: Client) -> None:
    from gazeti.stories.actions import lay_out_front
    from gazeti.stories.models import Front

    make_paper()
    sections = [make_section(title=title) for title in ("City Affairs", "Business", "Health")]
    stories = [make_story(sections[number % 3], headline=f"Story number {number:02}") for number in range(24)]
    lay_out_front(Front.objects.get(), lead=stories[20], slots=[stories[17], stories[3]])
    html = html_of(client, "/")
    main = html[html.index("<main") :]
    assert [main.count(f">{story.title}</a>") for story in stories if story.title in main].count(1) == len(
        [story for story in stories if story.title in main]
    )
    assert (
        main.index(stories[20].title)
        < main.index(stories[17].title)
        < main.index(stories[3].title)
        < main.index(stories[0].title)
    )


def test_a_withdrawn_lead_gives_way_to_the_newest(client: Client) -> None:
    from gazeti.stories.actions import lay_out_front
    from gazeti.stories.models import Front

    newest, lead = make_story(headline="The newest"), make_story(headline="The lead")
    lay_out_front(Front.objects.get(), lead=lead)
    lead.unpublish()
    html = html_of(client, "/")
    assert "The lead" not in html
    assert newest.title in html[html.index('class="lead"') :]


def test_an_empty_paper_says_so(client: Client) -> None:
    make_paper()
    assert "No story is out yet." in html_of(client, "/")
    assert "No story is out yet." in html_of(client, "/recent/")


def test_a_section_shows_its_own_stories_and_stands_in_the_navigation(client: Client) -> None:
    city, health = make_section(title="City Affairs"), make_section(title="Health")
    mine, other = make_story(city, headline="About the city"), make_story(health, headline="About health")
    html = html_of(client, "/city-affairs/")
    assert mine.title in html
    assert other.title not in html
    assert '<a href="/city-affairs/" aria-current="page">City Affairs</a>' in html
    assert '<a href="/health/">Health</a>' in html
    assert '<a href="/city-affairs/" aria-current="true">' in html_of(client, mine.address)


def test_a_section_out_of_the_menu_is_not_in_the_navigation(client: Client) -> None:
    from gazeti.stories.actions import file_section

    front = make_paper()
    file_section(front, title="Recovered", in_navigation=False)
    assert "Recovered" not in html_of(client, "/")
    assert client.get("/recovered/").status_code == 200


def test_an_author_and_a_topic_have_pages_with_their_stories(client: Client) -> None:
    author = author_named("Otieno Were", role="Health reporter", about="Writes about clinics.")
    story = make_story(authors=[author], topics=[topic_named("Water", description="Wells and pipes.")])
    other = make_story(headline="Somebody else's")
    for path, words in (("/authors/otieno-were/", "Writes about clinics."), ("/topics/water/", "Wells and pipes.")):
        html = html_of(client, path)
        assert words in html
        assert story.title in html
        assert other.title not in html
    assert client.get("/authors/nobody/").status_code == 404
    assert client.get("/topics/nothing/").status_code == 404


def test_the_paper_tells_about_itself_in_the_footer(client: Client) -> None:
    front = make_paper()
    page = file_information_page(
        front, title="Ethics", slug="ethics", body=[{"type": "text", "value": "<p>We check.</p>"}]
    )
    assert client.get("/ethics/").status_code == 404
    publish_information_page(page)
    assert "<p>We check.</p>" in html_of(client, "/ethics/")
    assert '<a href="/ethics/">Ethics</a>' in html_of(client, "/")


def test_no_address_of_the_house_that_is_not_built_answers_or_is_linked(client: Client) -> None:
    story = make_story()
    unbuilt = [
        "/corrections/",
        "/sw/",
        "/so/",
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/recent/rss.xml",
        f"{story.address}history/",
        f"{story.address}ninjs.json",
        "/.well-known/gazeti-record.json",
    ]
    pages = [html_of(client, path) for path in ("/", story.address, "/recent/")]
    for path in unbuilt:
        assert client.get(path).status_code == 404, path
        assert not [html for html in pages if f'href="{path}"' in html], path


def test_a_title_that_is_a_script_stays_text(client: Client) -> None:
    story = make_story(headline="<script>alert(1)</script> & more", standfirst='"><img src=x onerror=alert(1)>')
    for path in (story.address, "/", "/recent/"):
        html = html_of(client, path)
        assert "<script" not in html
        assert "<img src=x" not in html
    assert make_draft(headline="<script>").slug == "script"


def test_words_of_the_paper_stay_in_its_language_around_a_story_in_another(client: Client, picture: Picture) -> None:
    """WCAG 3.1.2: each part says the language it is in."""
    english = make_story(headline="The well gives water again")
    facts = {"lead_picture": picture, "dateline": "Kitui", "updated_reason": "maji ya pili", "sources": "Kumbukumbu."}
    body = [("text", "<p>Maji.</p>"), ("related", english)]
    html = html_of(client, make_story(headline="Kisima chatoa maji", language="sw", body=body, **facts).address)
    assert '<span class="credit" lang="en-KE">Picture: Amina Farah</span>' in html
    assert '<span lang="sw">Kitui</span>' in html
    assert '<span lang="sw">maji ya pili</span>' in html
    assert '<div lang="sw"><p>Kumbukumbu.</p></div>' in html
    assert '<span class="label" lang="en-KE">Related</span>' in html
    assert f'<a href="{english.address}" lang="en">The well gives water again</a>' in html
    assert "<article>" in html


def test_on_the_front_only_the_words_of_a_story_are_in_its_language(client: Client) -> None:
    stories = [make_story(headline=f"Habari {number}", language="sw") for number in range(2)]
    html = html_of(client, "/")
    for story in stories:
        assert f'<a href="{story.address}" lang="sw">{story.title}</a>' in html
    assert 'class="card">' in html
    assert '<p class="standfirst" lang="sw">' in html


def test_where_only_the_day_is_known_no_time_is_invented(client: Client) -> None:
    story = make_story(published_at=NOW, day_only=True)
    for path in (story.address, "/"):
        html = html_of(client, path)
        assert '<time datetime="2024-07-04">4 July 2024</time>' in html
        assert "9:12 am" not in html
    assert 'property="article:published_time" content="2024-07-04"' in html_of(client, story.address)


def test_a_story_that_went_out_without_a_byline_before_there_was_a_preflight_starts_with_its_date(
    client: Client,
) -> None:
    story = make_story()
    BylineAuthor.objects.filter(story=story).delete()
    assert '<p class="byline"><time' in html_of(client, story.address)
