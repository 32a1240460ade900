"""The order of calls and transactions, nothing else."""
