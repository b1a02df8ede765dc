"""Caddy's configuration (2.6 or newer): a Caddyfile, with which Caddy fetches the certificate by itself."""

from collections.abc import Iterator

from gazeti.edge.proxies.facts import AGAIN, CLOSED, LARGEST_BODY, Facts
from gazeti.edge.store.kinds import Kind

OPENING = """\
# Caddy before Gazeti, for {host}. Printed by `gazeti doctor --caddy`: print it again after an upgrade and when the
# address, the theme or the settings change. Until then Caddy finds no file and asks Gazeti, which is slower and right.
# Let gazeti.toml say `trusted_proxies = ["127.0.0.1"]`: until then all readers are one address to Gazeti, which its
# limits take for a flood, and none seems to come by TLS.
({name}) {{
	reverse_proxy 127.0.0.1:{port} {{
		transport http {{
			# Gazeti compresses, once, for those that ask for it.
			compression off
		}}
	}}
}}
{site} {{
	request_body {{
		max_size {largest}MB
	}}
	handle {closed} {{
		respond 403
	}}
"""
FILED = """
	# {title}
	@{name} {{
		method GET HEAD
		expression `{{uri}}.matches("{pattern}")`
		file {{
			root "{root}"
			try_files {place}
		}}
	}}
	handle @{name} {{
		header {{
{headers}
			-Accept-Ranges
			defer
		}}
		request_header -Range
		rewrite * {place}
		file_server {{
			root "{root}"
			precompressed br gzip
		}}
	}}
"""
CLOSING = """
	handle {{
		import {name}
	}}
	handle_errors {{
		@taken expression `{{http.error.status_code}} in [403, 404, 503]`
		handle @taken {{
			# Taken away between being found and being opened, or not to be opened at all.
			rewrite * {{http.request.orig_uri}}
			import {name}
		}}
		handle {{
			header Cache-Control no-store
			header Retry-After {again}
			header Content-Type "text/plain; charset=utf-8"
			respond "{sorry}" 503
		}}
	}}
}}
"""


def caddy(facts: Facts) -> str:
    """The whole file."""
    site = f"{'' if facts.is_tls else 'http://'}{facts.site}{facts.at_door}"
    known = {"name": facts.name, "port": facts.port}
    opening = OPENING.format(host=facts.host, site=site, largest=LARGEST_BODY, closed=CLOSED, **known)
    sorry = "\\n".join(line.replace('"', '\\"') for line in facts.sorry)
    closing = CLOSING.format(again=AGAIN, sorry=sorry, **known)
    return "".join([opening, *_filed(facts), closing])


def _filed(facts: Facts) -> Iterator[str]:
    for kind in facts.kinds if facts.root else ():
        yield FILED.format(
            title=kind.name.capitalize(),
            name=kind.name.replace(" ", "_"),
            pattern=_pattern(kind),
            place="{path}index.html" if "" in kind.types else "{path}",
            root=facts.root,
            headers="\n".join(_headers(kind)),
        )


def _pattern(kind: Kind) -> str:
    """The addresses of a kind, as Gazeti spells them and without a query (RE2)."""
    if kind.is_one_file:
        return f"^{kind.under.replace('.', '[.]')}$"
    endings = "|".join(sorted(ending for ending in kind.types if ending))
    last = f"[A-Za-z0-9_-]+[.]({endings})" if endings else ""
    return f"^{kind.under}([A-Za-z0-9_-]+/)*{last}$"


def _headers(kind: Kind) -> Iterator[str]:
    types = set(kind.types.values())
    for field, value in kind.headers().items():
        yield f"\t\t\t{field} `{value}`"
    if len(types) == 1:
        yield f"\t\t\tContent-Type `{types.pop()}`"
