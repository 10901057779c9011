"""One step, one run, one experiment: what happens becomes a stream of events, with no screen and no database in sight."""
