"""What people who coded sentences by hand say of the lexicon: samples, agreement, accuracy, corrected shares."""
