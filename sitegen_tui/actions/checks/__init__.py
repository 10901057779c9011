"""What each action is judged by, over files and over what a browser saw (`*_seen`); shares nothing with the reference edits."""
