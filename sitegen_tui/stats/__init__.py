"""Statistics: pure functions on numbers; scipy is imported where it is used, never before."""
