"""Reference values of every layer, computed by PyTorch in float64 and independently of Netloom's own code."""
