"""The configuration of the server in front, printed for an operator: nginx or Caddy serve what is filed by themselves.

With a CDN that purges by tag everything passes through to the edge, whose headers tell the CDN what to keep.
"""

from gazeti.edge.proxies.caddy import caddy
from gazeti.edge.proxies.facts import Facts, facts
from gazeti.edge.proxies.nginx import nginx

__all__ = ["Facts", "caddy", "facts", "nginx"]
