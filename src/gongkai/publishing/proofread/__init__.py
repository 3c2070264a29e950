"""An item and the proofreader: its texts and files as parts, its links, and a suggestion put into the draft."""
