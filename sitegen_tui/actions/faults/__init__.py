"""What can go wrong in each action: violations planted in its good result, in three grades."""
