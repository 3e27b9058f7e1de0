"""A contact form of our own, to link to or to embed."""
