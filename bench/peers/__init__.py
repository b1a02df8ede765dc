"""What newsrooms run today, as their operators run it: WordPress and Ghost, each behind nginx's cache.

Only `PEERS=1` comes here. All that is laid stands in a folder outside of the project (bench/peers/ground.py).
"""

from contextlib import AbstractContextManager

from bench.peers.ghost import NAME as GHOST
from bench.peers.ghost import ghost_side
from bench.peers.wordpress import NAME as WORDPRESS
from bench.peers.wordpress import wordpress_side
from bench.sides import Side
from bench.text import PageText


def peers(text: PageText) -> dict[str, AbstractContextManager[Side]]:
    """Each peer by its name, laid and started when it is entered."""
    return {WORDPRESS: wordpress_side(text), GHOST: ghost_side(text)}
