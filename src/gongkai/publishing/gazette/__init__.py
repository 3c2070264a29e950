"""The monthly gazette (月度公报): compiled from items that are published, drawn by typst, recorded as a channel."""
