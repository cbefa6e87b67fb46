"""支出: the register of claims, a claim with its course, the forms about it."""
