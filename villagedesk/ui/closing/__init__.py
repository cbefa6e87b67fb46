"""结账: months as cards, what is to be seen to, closing and opening again."""
