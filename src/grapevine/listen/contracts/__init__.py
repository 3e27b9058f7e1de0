"""What rooms above may know of listen: plain values, no models."""
