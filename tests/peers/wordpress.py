"""A real WordPress on a free port of loopback, for tests: Debian's package, PHP's own server, a private
MariaDB.

    with WordPress.running(folder) as blog:
        post_id = blog.publish("Hello", "<p>World</p>")
        blog.comment(post_id, "Iago", "I am not what I am.")

Everything lives in `folder` and dies with the block. It also runs by itself, to try things by hand:

    python -m tests.peers.wordpress FOLDER
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.peers import processes

SOURCE = Path("/usr/share/wordpress")
PROGRAMS = ("php", "mariadbd", "mariadb-install-db", "mariadb", "mariadb-admin")
PACKAGES = "wordpress php-cli php-mysql php-xml php-mbstring php-curl mariadb-server"
PHP = ("php", "-d", "sendmail_path=/bin/true", "-d", "display_errors=stderr")


def missing() -> str:
    """What keeps WordPress from being started here, in words; empty when nothing does."""
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if not (SOURCE / "wp-load.php").is_file():
        lacking.append(str(SOURCE))
    if not lacking:
        return ""
    return f"no {', '.join(lacking)} (Debian: apt-get install --no-install-recommends {PACKAGES})"


class WordPress:
    """A running blog. `url` is its address; `admin` and `maria` (an author) are pairs of user and
    password."""

    def __init__(self, folder: Path) -> None:
        if lacking := missing():
            raise RuntimeError(lacking)
        self.folder = folder.resolve()
        self.site = self.folder / "site"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.admin = self.maria = ("", "")
        self._processes: list[subprocess.Popen[bytes]] = []
        # a socket's path may be no longer than 107 bytes, so it does not lie below the folder
        self._run = Path("/tmp") / f"gv-wp-{os.getpid()}-{self.port}"

    @classmethod
    @contextlib.contextmanager
    def running(cls, folder: Path) -> Iterator[WordPress]:
        """Start, hand out, stop."""
        blog = cls(folder)
        try:
            blog.start()
            yield blog
        finally:
            blog.stop()

    def start(self) -> None:
        """Make the database and the blog and serve it; takes some seconds."""
        self._run.mkdir(mode=0o755)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._database()
        self._files()
        made = json.loads(self.php(_INSTALL.replace("HOST", f"127.0.0.1:{self.port}"), bare=True))
        self.admin, self.maria = ("admin", made["admin"]), ("maria", made["maria"])
        self._serve(
            [*PHP, "-d", "opcache.enable_cli=1", "-S", f"127.0.0.1:{self.port}", "-t", str(self.site)]
        )
        self._until(self._answers, "the web server")

    def stop(self) -> None:
        """Stop what was started, the web server first."""
        processes.end(self._processes)
        shutil.rmtree(self._run, ignore_errors=True)

    # What visitors and editors do

    def publish(self, title: str, content: str, **more: Any) -> int:
        """Publish a post as the administrator; returns its number."""
        return int(self.api("POST", "posts", title=title, content=content, status="publish", **more)["id"])

    def comment(self, post_id: int, name: str, text: str, *, parent: int = 0) -> int:
        """Leave a comment through the blog's comment form, as a visitor does. Returns the HTTP status."""
        form = {
            "comment_post_ID": post_id,
            "author": name,
            "email": name.lower().replace(" ", ".").encode("ascii", "ignore").decode() + "@example.org",
            "comment": text,
            "comment_parent": parent,
        }
        data = urllib.parse.urlencode(form).encode()
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(f"{self.url}/wp-comments-post.php", data, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def api(self, method: str, path: str, **fields: Any) -> Any:
        """Call the REST interface as the administrator."""
        token = b64encode(":".join(self.admin).encode()).decode()
        request = urllib.request.Request(
            f"{self.url}/wp-json/wp/v2/{path}",
            data=json.dumps(fields).encode() if fields else None,
            method=method,
            headers={"Authorization": f"Basic {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def php(self, code: str, *, bare: bool = False) -> str:
        """Run PHP inside the blog (`bare`: load nothing beforehand) and return what it prints."""
        script = self.folder / "script.php"
        load = "" if bare else f"require '{self.site}/wp-load.php';"
        script.write_text(f"<?php $_SERVER['HTTP_HOST']='127.0.0.1:{self.port}'; {load}\n{code}")
        done = subprocess.run([*PHP, str(script)], capture_output=True, text=True, timeout=60, cwd=self.site)
        if done.returncode:
            raise RuntimeError(f"php failed: {done.stderr[-2000:]}")
        return done.stdout

    # How it is started

    def _database(self) -> None:
        data = self._run / "db"
        user = ["--user=mysql"] if os.geteuid() == 0 else []
        common = ["--no-defaults", *user, f"--datadir={data}"]
        # On a busy machine the first start of MariaDB, which fills the folder, was seen to break off.
        for last in (False, True):
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir()
            if user:
                shutil.chown(data, "mysql")
                shutil.chown(self._run, "mysql")
            install = ["mariadb-install-db", *common, "--skip-test-db"]
            install += ["--auth-root-authentication-method=socket"]
            made = subprocess.run(install, check=False, capture_output=True, text=True)
            if made.returncode == 0:
                break
            if last:
                raise RuntimeError(f"mariadb-install-db failed: {(made.stdout + made.stderr)[-2000:]}")
        socket_path = self._run / "db.sock"
        lean = [
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-file-size=8M",
            "--innodb-flush-log-at-trx-commit=0",
        ]
        self._serve(
            [
                "mariadbd",
                *common,
                f"--socket={socket_path}",
                f"--pid-file={self._run}/db.pid",
                "--skip-networking",
            ]
            + [*lean, "--performance-schema=OFF", "--skip-log-bin"]
        )
        client = ["--no-defaults", "-S", str(socket_path)]
        self._until(lambda: _succeeds(["mariadb-admin", *client, "ping"]), "the database")
        create = "create database wp; create user wp@localhost identified by 'wp'; grant all on wp.* to wp@localhost"
        subprocess.run(["mariadb", *client, "-e", create], check=True, capture_output=True)

    def _files(self) -> None:
        """A copy of our own, since WordPress writes beside its code (links that lead nowhere are left
        out)."""
        if not (self.site / "wp-load.php").exists():
            shutil.copytree(SOURCE, self.site, ignore_dangling_symlinks=True, dirs_exist_ok=True)
        (self.site / "wp-config.php").unlink(missing_ok=True)
        config = _CONFIG.replace("SOCKET", f"{self._run}/db.sock").replace("ADDRESS", self.url)
        (self.site / "wp-config.php").write_text(config)
        (self.site / "router.php").write_text(_ROUTER)
        plugins = self.site / "wp-content" / "mu-plugins"
        plugins.mkdir(exist_ok=True)
        # visitors of tests comment faster than the fifteen seconds that WordPress asks of an address
        (plugins / "quick.php").write_text("<?php add_filter('comment_flood_filter', '__return_false', 99);")

    def _serve(self, command: list[str]) -> None:
        if command[0] == "php":
            command = [*command, str(self.site / "router.php")]
        log = (self.folder / f"{command[0]}.log").open("wb")
        environment = os.environ | {"PHP_CLI_SERVER_WORKERS": "2"}
        with log:
            self._processes.append(
                subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, env=environment)
            )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/wp-json/", timeout=10) as answer:
                return bool(answer.status == 200)
        except (OSError, http.client.HTTPException):
            return False

    def _until(self, holds: Any, what: str) -> None:
        deadline = time.monotonic() + 60
        while not holds():
            gone = [process.args[0] for process in self._processes if process.poll() is not None]
            if gone or time.monotonic() > deadline:
                logs = "\n".join(
                    path.read_text(errors="replace")[-1500:] for path in self.folder.glob("*.log")
                )
                raise RuntimeError(f"{what} did not start ({gone or 'too slow'}):\n{logs}")
            time.sleep(0.1)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


_CONFIG = """<?php
define('DB_NAME','wp'); define('DB_USER','wp'); define('DB_PASSWORD','wp');
define('DB_HOST','localhost:SOCKET'); define('DB_CHARSET','utf8mb4');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('AUTOMATIC_UPDATER_DISABLED', true); define('DISABLE_WP_CRON', true);
define('WP_ENVIRONMENT_TYPE', 'local'); // lets application passwords be used without TLS
define('WP_HOME', 'ADDRESS'); define('WP_SITEURL', 'ADDRESS');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""

_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH); $root = $_SERVER['DOCUMENT_ROOT'];
if ($path != '/' && is_file($root . $path)) return false;
if ($path != '/' && is_file(rtrim($root . $path, '/') . '/index.php')) {
  chdir(rtrim($root . $path, '/')); require rtrim($root . $path, '/') . '/index.php'; return true;
}
$_SERVER['SCRIPT_NAME'] = '/index.php'; chdir($root); require $root . '/index.php';
"""

_INSTALL = """
define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = 'HOST';
require getcwd() . '/wp-load.php'; require_once ABSPATH . 'wp-admin/includes/upgrade.php';
if (!is_blog_installed()) wp_install('The Globe', 'admin', 'admin@example.org', true, '', 'not-used');
foreach (['permalink_structure' => '/%postname%/', 'default_comment_status' => 'open', 'comment_moderation' => '0',
  'comment_previously_approved' => '0', 'comment_registration' => '0', 'comments_notify' => '0',
  'moderation_notify' => '0', 'timezone_string' => 'Europe/Stockholm'] as $name => $value)
  update_option($name, $value);
flush_rewrite_rules(false);
wp_delete_post(1, true); wp_delete_post(2, true);
$id = wp_insert_user(['user_login' => 'maria', 'user_pass' => 'not-used', 'display_name' => 'Maria',
  'user_email' => 'maria@example.org', 'role' => 'author']);
$made = [];
foreach (['admin', 'maria'] as $name) {
  [$made[$name]] = WP_Application_Passwords::create_new_application_password(
    get_user_by('login', $name)->ID, ['name' => 'Grapevine']);
}
echo json_encode($made);
"""

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the blog is stopped in either case
    with WordPress.running(Path(sys.argv[1])) as running:
        print(
            f"{running.url} admin {running.admin[1]!r} maria {running.maria[1]!r}; Ctrl-C ends it", flush=True
        )
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
