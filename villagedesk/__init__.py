"""VillageDesk: a village's public-service maintenance projects, in the open."""

__version__ = "0.3.0.dev0"
