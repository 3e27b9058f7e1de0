"""How the weights that ship are learnt: `python -m training`. Needs the public sets named in `sets.py`; nothing here runs in the product."""
