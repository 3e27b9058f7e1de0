"""What is wrong with a graph that was given."""

from __future__ import annotations

from grapevine.engine.graph.sentences import Sentence


class GraphError(ValueError):
    """Told to a person: it says what is wrong, in which line where there are lines, and what would be right. `str` is the English sentence;
    whoever tells it in another language takes `sentence`."""

    def __init__(self, template: str, /, **facts: object) -> None:
        self.sentence = Sentence(template, **facts)
        super().__init__(str(self.sentence))
