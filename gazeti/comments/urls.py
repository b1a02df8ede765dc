"""The comments' addresses: below a story, of the paper as a whole, and at the desk."""

from django.urls import URLPattern, path

from gazeti.comments.views import account, acting, mine
from gazeti.comments.views import desk as moderating
from gazeti.comments.views import following as followed
from gazeti.comments.views import paper as telling
from gazeti.comments.views import reading as showing

DISCUSSION = "<slug:section>/<slug:slug>/comments/"
reading: list[URLPattern] = [
    path(DISCUSSION, showing.discussion, name="comments_discussion"),
    path(f"{DISCUSSION}<int:number>/", showing.comment, name="comments_comment"),
]
posting: list[URLPattern] = [
    path(f"{DISCUSSION}mine/", mine.mine_here, name="comments_mine_here"),
    path(f"{DISCUSSION}mine/<str:token>/", mine.mine, name="comments_mine"),
    path(f"{DISCUSSION}<int:number>/respect/", acting.respect, name="comments_respect"),
    path(f"{DISCUSSION}<int:number>/report/", acting.report, name="comments_report"),
    path("comments/reports/<str:token>/", acting.receipt, name="comments_receipt"),
]
paper: list[URLPattern] = [
    path("comments/policy/", telling.policy_page, name="comments_policy"),
    path("comments/privacy/", telling.privacy_page, name="comments_privacy"),
]
following: list[URLPattern] = [
    path(f"{DISCUSSION}follow/", followed.follow, name="comments_follow"),
    path("comments/follow/<str:token>/", followed.confirm, name="comments_confirm"),
    path("comments/stop/<str:token>/", followed.stop, name="comments_stop"),
    path("account/comments/", account.own_page, name="comments_own"),
    path(f"{DISCUSSION}<int:number>/mute/", account.mute, name="comments_mute"),
    path("account/unmute/", account.unmute, name="comments_unmute"),
    path("account/unfollow/", account.unfollow, name="comments_unfollow"),
    path("account/download/", account.download, name="comments_download"),
    path("account/erase/", account.erase, name="comments_erase"),
]
desk: list[URLPattern] = [
    path("", moderating.queue_page, name="comments_desk"),
    path("chosen/", moderating.decide_chosen, name="comments_chosen"),
    path("undo/", moderating.undo, name="comments_undo"),
    path("decided/", moderating.decided_page, name="comments_decided"),
    path("discussions/", moderating.discussions_page, name="comments_discussions"),
    path("discussions/switch/", moderating.switch, name="comments_switch"),
    path("discussions/sections/<int:number>/", moderating.section_mode, name="comments_section_mode"),
    path("discussions/stories/<int:number>/", moderating.story_mode, name="comments_story_mode"),
    path("writers/<int:number>/", moderating.writer_page, name="comments_writer"),
    path("writers/<int:number>/held/", moderating.decide_all_held, name="comments_writer_held"),
    path("writers/<int:number>/published/", moderating.decide_all_published, name="comments_writer_published"),
    path("<int:number>/", moderating.comment_page, name="comments_case"),
    path("<int:number>/reports/", moderating.reports_page, name="comments_reports"),
    path("<int:number>/decisions/", moderating.decisions_page, name="comments_decisions"),
]
urlpatterns = [*paper, *following, *posting, *reading]
