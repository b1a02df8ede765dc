"""nginx with its module nchan, the streams that Gazeti's are measured beside."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.cores import NotMeasurable, program
from bench.servers import stopped, wait_for

MODULES = (Path("/usr/lib/nginx/modules/ngx_nchan_module.so"), Path("/usr/share/nginx/modules/ngx_nchan_module.so"))
CONFIG = """load_module {module};
daemon off; worker_processes 1; pid {folder}/pid; error_log stderr error; worker_rlimit_nofile {files}; {user}
events {{ worker_connections {files}; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=1024;
    location = /stream/ {{
      nchan_subscriber eventsource; nchan_channel_id coverage; nchan_subscriber_first_message newest;
      nchan_eventsource_ping_interval 15;
    }}
    location = /publish {{ nchan_publisher; nchan_channel_id coverage; nchan_message_buffer_length 100; }}
  }}
}}
"""


@contextmanager
def nchan(port: int, folder: Path, *, streams: int) -> Iterator[int]:
    """Run it until the end; gives its process. Raises NotStarted, NotMeasurable."""
    module = next((path for path in MODULES if path.exists()), None)
    if module is None:
        raise NotMeasurable("no nchan found (on Debian: apt-get install nginx-light libnginx-mod-nchan)")
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is closed to others
    config = folder / "nginx.conf"
    told = CONFIG.format(module=module, folder=folder, port=port, files=streams + streams // 2 + 500, user=user)
    config.write_text(told, encoding="utf-8")
    server = subprocess.Popen([program("nginx"), "-p", str(folder), "-e", "stderr", "-c", str(config)])
    try:
        wait_for(server, port, "nginx")
        yield server.pid
    finally:
        stopped(server)
