"""How dates and numbers are written, where Django's own ways would surprise our readers."""
