"""HTTP and bytes: addresses in, entries out."""
