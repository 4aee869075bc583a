"""ODD: the model described element by element (Grimm et al. 2020), generated from the code that runs."""
