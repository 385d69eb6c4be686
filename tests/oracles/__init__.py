"""The design's hand-computed oracles X3 to X13 as problems, and the laws that hold for all priced structures."""
