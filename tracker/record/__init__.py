"""The curated record and the files people write."""
