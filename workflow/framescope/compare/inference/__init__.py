"""What is estimated and how sure it is: measures, intervals, permutations, shifts, families of tests."""
