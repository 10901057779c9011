"""The parts that screens are put together from; they are told what to show and post messages."""
