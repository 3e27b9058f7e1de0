"""What rooms above may know of sources: plain values and the step they may add to the way of a post."""
