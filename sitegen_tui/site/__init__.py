"""Sites as data: snapshots, editing by source range, the edit protocol, differences."""
