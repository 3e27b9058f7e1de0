"""What the engine says of a text, batch by batch. Pure: arrays and strings in, arrays out."""
