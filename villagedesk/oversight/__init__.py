"""The villagers' eyes: reviews before anything is booked or posted, and a list of what is wrong."""
