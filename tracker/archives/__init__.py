"""Readers of archives: JSON Lines, Parquet, WARC, captured feeds in folders and git histories."""
