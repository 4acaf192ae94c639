"""The PyTorch engine: runs an exported module step by step as it is asked to."""
