"""Events told in several documents: which accounts are of one occurrence."""
