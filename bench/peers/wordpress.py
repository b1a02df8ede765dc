"""Debian's WordPress in its own theme under php-fpm, and nginx's cache holding its compressed pages for ten minutes."""

import getpass
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.cores import SERVER, NotMeasurable, on_core, program
from bench.peers.cached import KEPT_AS, cached
from bench.peers.database import listens, mariadb
from bench.peers.ground import done, ground, laid, wait_until
from bench.servers import stopped
from bench.sides import Side
from bench.text import PageText

NAME = "WordPress behind nginx's cache"
PACKAGED = Path("/usr/share/wordpress")
THEME = "twentytwentythree"
POSTS = Path(__file__).with_name("posts.php")
PACKAGES = "wordpress wordpress-theme-twentytwentythree php-fpm php-mysql mariadb-server"
CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('BENCH_SOCKET')); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', 'http://wordpress.localhost'); define('WP_SITEURL', WP_HOME); define('WP_DEBUG', false);
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
"""It asks nobody outside, and nothing runs beside the page."""
POOL = """[global]
error_log = {runs}/php.log
daemonize = no
[www]
listen = {runs}/php
{user}
pm = static
pm.max_children = 4
env[BENCH_SOCKET] = {database}
php_admin_flag[zlib.output_compression] = on
"""
"""PHP compresses, since nginx keeps what it is given and does not compress it once for all."""
CACHE = f"""fastcgi_cache_path {{cache}} levels=1:2 keys_zone=peer:10m use_temp_path=off;
server {{
  listen 127.0.0.1:{{port}}; root %(site)s; index index.php;
  location / {{ try_files $uri $uri/ /index.php?$args; }}
  location ~ \\.php$ {{
    include /etc/nginx/fastcgi_params;
    fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
    fastcgi_param HTTP_HOST wordpress.localhost; fastcgi_param SERVER_PORT 80;
    fastcgi_pass unix:%(php)s;
    fastcgi_cache peer; fastcgi_cache_key "$request_method$request_uri"; fastcgi_cache_valid 200 10m;
    fastcgi_cache_use_stale updating error timeout; fastcgi_cache_background_update on; fastcgi_cache_lock on;
    add_header {KEPT_AS} $upstream_cache_status;
  }}
}}"""


@contextmanager
def wordpress_side(text: PageText) -> Iterator[Side]:
    """Run it whole, laid the first time, until the end. Raises NotMeasurable, NotStarted, WrongAnswer."""
    packaged()
    folder = ground("wordpress")
    path = laid(folder, text, lambda: lay(folder, text))
    with mariadb(folder / "data", name="wordpress") as database, php(database) as heard:
        servers = CACHE % {"site": folder / "site", "php": heard}
        with cached(NAME, path, text, servers=servers) as side:
            yield side


def packaged() -> None:
    """Raises NotMeasurable unless Debian's packages are here."""
    missing = [str(one) for one in (PACKAGED / "wp-load.php", themes() / THEME) if not one.exists()]
    if missing:
        raise NotMeasurable(f"no {missing[0]} found (apt-get install {PACKAGES})")


def themes() -> Path:
    """Where Debian puts the themes."""
    return PACKAGED / "wp-content" / "themes"


def lay(folder: Path, text: PageText) -> str:
    """A copy of the packaged files with a configuration of its own, and the posts; the story's path."""
    site = folder / "site"
    shutil.copytree(PACKAGED, site)
    (site / "wp-config.php").write_text(CONFIG, encoding="utf-8")
    words = {
        "theme": THEME,
        "story": {"title": text.headline, "excerpt": text.standfirst, "text": [text.standfirst, *text.paragraphs]},
        "recent": list(text.recent),
    }
    with mariadb(folder / "data", name="wordpress") as database:
        command = [program("php"), str(POSTS), str(site)]
        return done(command, folder=site, says=json.dumps(words), variables={"BENCH_SOCKET": str(database)})


@contextmanager
def php(database: Path) -> Iterator[Path]:
    """Run php-fpm with four workers on the servers' core; gives its socket. Raises NotMeasurable, NotStarted."""
    with tempfile.TemporaryDirectory(prefix="gazeti-bench-php-") as runs:
        config, heard = Path(runs) / "fpm.conf", Path(runs) / "php"
        root = os.geteuid() == 0
        user = f"user = {getpass.getuser()}" if root else ""
        config.write_text(POOL.format(runs=runs, user=user, database=database), encoding="utf-8")
        command = [fpm(), "--nodaemonize", "--fpm-config", str(config), *(["--allow-to-run-as-root"] if root else [])]
        server = subprocess.Popen(on_core(SERVER, command), stderr=subprocess.DEVNULL)
        try:
            wait_until(server, lambda: listens(heard), name="php-fpm")
            yield heard
        finally:
            stopped(server)


def fpm() -> str:
    """The newest php-fpm of this machine; Debian puts the version into its name. Raises NotMeasurable."""
    found = sorted(Path("/usr/sbin").glob("php-fpm*"))
    return str(found[-1]) if found else program("php-fpm")
