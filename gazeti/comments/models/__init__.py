"""What readers say and what is decided about it.

Rows that are never rewritten hold ids, times, kinds and reasons; words and people's data stand in rows of their own,
which the law can erase (house decision 4).
"""

from gazeti.comments.models.comments import Comment, CommentText, CommentTrace, Discussion, Respect, SectionMode
from gazeti.comments.models.decisions import Decision, Evidence, ReaderStanding
from gazeti.comments.models.following import Appearance, Follow, Mute
from gazeti.comments.models.policy import CommentPolicy, PolicyNumbers
from gazeti.comments.models.reports import Report, ReportText

__all__ = [
    "Appearance",
    "Comment",
    "CommentPolicy",
    "CommentText",
    "CommentTrace",
    "Decision",
    "Discussion",
    "Evidence",
    "Follow",
    "Mute",
    "PolicyNumbers",
    "ReaderStanding",
    "Report",
    "ReportText",
    "Respect",
    "SectionMode",
]
