"""The feed connector's play: a blog as WordPress serves it, captured and anonymised."""

from __future__ import annotations

from pathlib import Path

from grapevine.connectors.testing import FakeHttp, Page, Rehearsal

FOLDER = Path(__file__).parent
FIXTURES = FOLDER / "fixtures"
BLOG = "https://blog.example"


def blog() -> dict[str, Page]:
    """The pages of the blog: its start page, its feed, the comments of its articles."""
    pages: dict[str, Page] = {
        f"{BLOG}/": (FIXTURES / "wordpress_page.html").read_bytes(),
        f"{BLOG}/feed/": (FIXTURES / "wordpress_feed.xml").read_bytes(),
    }
    for path in sorted(FIXTURES.glob("wordpress_comments_*.xml")):
        pages[f"{BLOG}/{path.stem.removeprefix('wordpress_comments_')}/feed/"] = path.read_bytes()
    return pages


def rehearsal(folder: Path) -> Rehearsal:
    """Follow the blog from its start page on."""
    return Rehearsal(settings={"url": f"{BLOG}/"}, web=lambda: FakeHttp(blog()), folder=FOLDER)
