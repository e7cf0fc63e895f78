"""How what is known, thought and done moves along the ties: diffusion, opinions, cognitive maps."""
