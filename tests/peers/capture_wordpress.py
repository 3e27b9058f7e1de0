"""Capture the fixtures of the connectors `wordpress` and `feed` from a real WordPress, anonymised.

    python -m tests.peers.capture_wordpress

All people in it are Shakespeare's. The blog's address becomes blog.example, avatars' hashes are replaced.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from tests.peers.wordpress import WordPress

CONNECTORS = Path(__file__).parents[2] / "src" / "grapevine" / "connectors"
BLOG = "https://blog.example"

_ROAST = """<p>Today we open <em>Lönneberga</em>, a lighter roast.</p><!-- wp:list --><ul><li>washed beans</li>
<li>three minutes</li></ul><p>More at <a href="https://shop.example/new?a=1&amp;b=2">the shop</a>.</p>
<figure><img src="/x.jpg" alt=""></figure>"""
_MALMO = "<p>Äntligen! Kom förbi på lördag.</p><script>alert(1)</script>"
_MONDAYS = "<h2>Short answer</h2><p>Because “fresh” means <b>fresh</b>.</p>"
ARTICLES = (
    ("A new roast for the north", _ROAST, ["roast", "kaffe"], "2026-02-02T09:00:00"),
    ("Vi öppnar i Malmö &amp; Århus", _MALMO, ["malmö"], "2026-02-10T08:30:00"),
    ("Why we roast on Mondays", _MONDAYS, [], "2026-02-20T10:15:00"),
)
COMMENTS = (
    (0, 0, "Iago", "I am not what I am, but this is \"too sour\" -- sorry.", "2026-02-02T10:00:00"),
    (0, 1, "Emilia Lodovico", "He lies. It's lovely! ☕ #kaffe", "2026-02-02T10:05:00"),
    (0, 0, "Cassio", "Where is it sold?\n\nI looked at https://shop.example/find and found nothing.",
     "2026-02-03T07:00:00"),
    (1, 0, "Bianca Åkesson", "Äntligen <b>öppet</b> i stan, @maria!", "2026-02-10T09:00:00"),
    (1, 0, "Roderigo", "Buy cheap things", "2026-02-10T09:10:00"),
)  # fmt: skip


def main() -> None:
    """Start the blog, let things happen there, write down what it says of them."""
    with tempfile.TemporaryDirectory() as folder, WordPress.running(Path(folder)) as blog:
        posts = [
            blog.publish(
                title, content, date=date, tags=[blog.api("POST", "tags", name=tag)["id"] for tag in tags]
            )
            for title, content, tags, date in ARTICLES
        ]
        numbers: list[int] = []
        for article, parent, name, said, date in COMMENTS:
            above = numbers[parent - 1] if parent else 0
            status = blog.comment(posts[article], name, said, parent=above)
            assert status == 302, f"{name}: {status}"
            numbers.append(max(one["id"] for one in blog.api("GET", "comments?per_page=100")))
            blog.api("POST", f"comments/{numbers[-1]}", date=date)
        blog.api("POST", f"comments/{numbers[-1]}", status="spam")
        # what is published under an earlier date was modified just now, which no fixture should depend on
        blog.php(
            "global $wpdb; $wpdb->query('update wp_posts set post_modified=post_date, "
            f"post_modified_gmt=post_date_gmt where ID<>{posts[0]}');"
        )
        blog.php(f"global $wpdb; $wpdb->query(\"update wp_posts set post_modified='2026-02-04 12:00:00', "
                 f"post_modified_gmt='2026-02-04 11:00:00' where ID={posts[0]}\"); wp_cache_flush();")  # fmt: skip
        items = {
            "about": {name: blog_about(blog)[name] for name in ("name", "description", "url", "namespaces")},
            "posts": get(blog, "wp-json/wp/v2/posts?per_page=100&_embed=author,wp:term"),
            "comments": get(blog, "wp-json/wp/v2/comments?per_page=100"),
        }
        write(blog, "wordpress/fixtures/items.json", json.dumps(items, indent=1, ensure_ascii=False))
        write(blog, "feed/fixtures/wordpress_page.html", text(blog, ""))
        write(blog, "feed/fixtures/wordpress_feed.xml", text(blog, "feed/"))
        for post in items["posts"]:
            write(
                blog,
                f"feed/fixtures/wordpress_comments_{post['slug']}.xml",
                text(blog, f"{post['slug']}/feed/"),
            )


def blog_about(blog: WordPress) -> dict[str, object]:
    """What the interface says of the site itself."""
    about: dict[str, object] = get(blog, "wp-json/")
    return about


def get(blog: WordPress, path: str) -> Any:
    """The JSON at a path, as a visitor sees it."""
    return json.loads(text(blog, path))


def text(blog: WordPress, path: str) -> str:
    """What lies at a path, as a visitor sees it."""
    with urllib.request.urlopen(f"{blog.url}/{path}", timeout=20) as answer:
        return answer.read().decode()


def write(blog: WordPress, name: str, content: str) -> None:
    """Write a fixture, anonymised."""
    host = f"127.0.0.1:{blog.port}"
    for old, new in ((f"http://{host}", BLOG), (f"http:\\/\\/{host}", BLOG), (host, "blog.example")):
        content = content.replace(old, new)
    content = content.replace("http://127.0.0.1", BLOG).replace("127.0.0.1", "blog.example")
    content = re.sub(
        r"(?<=avatar/)[0-9a-f]{32,64}", lambda found: hashlib.blake2b(found[0].encode(), digest_size=16).hexdigest(),
        content,
    )  # fmt: skip
    (CONNECTORS / name).write_text(content.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
