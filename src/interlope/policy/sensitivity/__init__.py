"""Sensitivity: which parameters drive which outcomes, by Morris screening first and Sobol' indices for those that matter."""
