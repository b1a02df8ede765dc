"""The sample edition of `make demo`: an invented paper, its stories as data, its pictures drawn by program."""
