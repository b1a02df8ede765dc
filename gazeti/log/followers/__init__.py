"""Durable followers: what must follow what happened, once, also after the server was down or killed.

Apps register them in `AppConfig.ready`; `run` deals with the log for all of them, in the clock's process.
"""

from gazeti.log.followers.advance import advance
from gazeti.log.followers.registry import FOLLOWERS, Follower, passed, register
from gazeti.log.followers.running import Running

__all__ = ["FOLLOWERS", "Follower", "Running", "advance", "passed", "register"]
