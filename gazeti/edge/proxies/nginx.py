"""nginx's configuration (1.18 or newer): a file that goes into `sites-available`."""

from collections.abc import Iterable, Iterator

from gazeti.edge.proxies.facts import AGAIN, CLOSED, LARGEST_BODY, Facts
from gazeti.edge.store.kinds import Kind

OPENING = """\
# nginx before Gazeti, for {host}. Printed by `gazeti doctor --nginx`: print it again after an upgrade and when the
# address, the theme or the settings change. Until then nginx finds no file and asks Gazeti, which is slower and right.
upstream {name} {{
    # Twice the same: what a worker that dies leaves unanswered is asked of another.
    server 127.0.0.1:{port} max_fails=0;
    server 127.0.0.1:{port} max_fails=0;
    keepalive 32;
}}
"""
MAPS = """\
# Which file answers: to GET and HEAD alone, at an address that is spelt as Gazeti spells it and has no query.
map "$request_method $request_uri" ${name}_page {{
    default /-;
    "~^(?:GET|HEAD) (?<{name}_folder>/(?:[A-Za-z0-9_-]+/)*)$" "${{{name}_folder}}index.html";
}}
map "$request_method $request_uri" ${name}_file {{
    default /-;
    "~^(?:GET|HEAD) (?<{name}_name>/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+[.][a-z0-9]+)$" "${name}_name";
}}
"""
REDIRECT = """\
server {{
    listen 80;
    listen [::]:80;
    server_name {site};
    server_tokens off;
    # In a location, so that certbot's own, which proves that the address is yours, comes before it.
    location / {{ return 301 https://{site}{at_door}$request_uri; }}
}}
"""
BY_TLS = """\
server {{
    listen {door} ssl http2;
    listen [::]:{door} ssl http2;
    server_name {site};
    # The certificate that certbot fetched and renews.
    ssl_certificate {certificate}/fullchain.pem;
    ssl_certificate_key {certificate}/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:{name}:10m;
    ssl_session_tickets off;
"""
PLAIN = """\
server {{
    listen {door};
    listen [::]:{door};
    server_name {site};
"""
NO_CERTIFICATE = """\
    # No certificate lies in {certificate} yet: fetch one with
    # `certbot certonly --nginx --deploy-hook "systemctl reload nginx" --cert-name {host} -d {host}`,
    # and print this again.
"""
SERVER = """
    client_max_body_size {largest}m;
    server_tokens off;
    # Gazeti compresses, once.
    gzip off;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    # Gazeti believes these two only if gazeti.toml says `trusted_proxies = ["127.0.0.1"]`: until then all readers
    # are one address to it, which its limits take for a flood, and none seems to come by TLS.
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_next_upstream error;
    recursive_error_pages on;
"""
FILES = """\
    root "{root}";
    gzip_static on;
    gzip_http_version 1.0;
    gzip_proxied any;
    gzip_vary off;
    # With Debian's libnginx-mod-http-brotli-static:
    # brotli_static on;
    etag on;
    if_modified_since exact;
    max_ranges 0;
    charset off;
    log_not_found off;
    # A purge takes the files away: one that is kept open would be served all the same.
    open_file_cache off;
"""
ASK = """\
    location {at} {{
        proxy_pass http://{name};
        error_page 502 504 = @{name}_away;
    }}
"""
NAMED = """\
    location @{name} {{
        proxy_pass http://{name}$request_uri;
        error_page 502 504 = @{name}_away;
    }}
"""
AWAY = """\
    location @{name}_away {{
        default_type "text/plain; charset=utf-8";
        add_header Cache-Control no-store always;
        add_header Retry-After {again} always;
        add_header X-Content-Type-Options nosniff always;
        return 503 "{sorry}\\n";
    }}
"""
FILED = """\
    # {title}
    location {at} {{
        types {{{types}}}
        default_type "{default}";
{headers}
        try_files ${name}_{what} @{name};
        # Taken away between being found and being opened, or not to be opened at all.
        error_page 403 404 500 = @{name};
    }}
"""


def nginx(facts: Facts) -> str:
    """The whole file."""
    name = facts.name
    known = {"name": name, "host": facts.host, "port": facts.port, "largest": LARGEST_BODY, "root": facts.root}
    known |= {"certificate": facts.certificate, "site": facts.site, "at_door": facts.at_door, "door": _door(facts)}
    opening = [OPENING, MAPS] if facts.root else [OPENING]
    parts = [*opening, *_listening(facts), SERVER, *([FILES] if facts.root else [])]
    closed = f"    location = {CLOSED} {{ return 403; }}\n"
    away = AWAY.format(name=name, again=AGAIN, sorry="\\n".join(map(_escaped, facts.sorry)))
    return "\n".join([*(part.format(**known) for part in parts), closed, *_locations(facts, name), away]) + "}\n"


def _door(facts: Facts) -> int:
    """The port for readers; certbot proves an address at 80, so until there is a certificate it is that one."""
    if facts.is_tls:
        return (facts.door or 443) if facts.has_certificate else 80
    return facts.door or 80


def _listening(facts: Facts) -> list[str]:
    """How readers come: by TLS once there is a certificate, so that printing it again never takes it away."""
    if not facts.is_tls:
        return [PLAIN]
    return [REDIRECT, BY_TLS] if facts.has_certificate else [PLAIN + NO_CERTIFICATE]


def _locations(facts: Facts, name: str) -> Iterator[str]:
    if not facts.root:
        yield ASK.format(at="/", name=name)
        return
    for prefix in facts.passing:
        yield ASK.format(at=f"^~ {prefix}" if prefix.endswith("/") else f"= {prefix}", name=name)
    for kind in facts.kinds:
        yield _filed(kind, name)
    if not any(kind.under == "/" for kind in facts.kinds):
        yield ASK.format(at="/", name=name)
    yield NAMED.format(name=name)


def _filed(kind: Kind, name: str) -> str:
    at = f"= {kind.under}" if kind.is_one_file else "/" if kind.under == "/" else f"^~ {kind.under}"
    types = {ending: content_type for ending, content_type in kind.types.items() if ending}
    listed = "".join(f' "{_escaped(content_type)}" {ending};' for ending, content_type in sorted(types.items()))
    return FILED.format(
        title=kind.name.capitalize(),
        at=at,
        types=listed + " " if listed else "",
        default=_escaped(kind.types.get("", "application/octet-stream")),
        headers="\n".join(_headers(kind.headers().items())),
        name=name,
        what="page" if "" in kind.types else "file",
    )


def _headers(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f'        add_header {field} "{_escaped(value)}" always;' for field, value in headers)


def _escaped(text: str) -> str:
    """A text between double quotes; nginx has no way to write a dollar sign, and none of ours has one."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
