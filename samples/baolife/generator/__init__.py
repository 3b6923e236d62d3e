"""Makes the sample's saves. Nothing here is part of the game; that is in ../model."""
