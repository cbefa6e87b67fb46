"""The books: day book, ledgers, cash and bank, opening balances; what a closed month holds."""
