"""Stock Wagtail with the same story, laid as its documentation does: a cold render is compared with it.

Nothing in it is slow on purpose: lists prefetch images and renditions, as Wagtail's page on performance says.
"""
