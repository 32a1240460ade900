"""Measurements, run by hand or by ``make bench``; no test has a timed assertion."""
