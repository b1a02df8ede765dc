"""Commands of `gazeti manage` for stories, some in place of Wagtail's."""
