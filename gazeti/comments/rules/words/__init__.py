"""Words that a comment is looked through for: whole words, however they are disguised, told as they stand there."""

from gazeti.comments.rules.words.asking import asks_in
from gazeti.comments.rules.words.listed import found_in
from gazeti.comments.rules.words.spans import disguised
from gazeti.comments.rules.words.starter import starter_words

__all__ = ["asks_in", "disguised", "found_in", "starter_words"]
