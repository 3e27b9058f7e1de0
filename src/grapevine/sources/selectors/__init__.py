"""Questions about sources and what they brought."""
