"""What the program writes, opened by the programs that people use."""
