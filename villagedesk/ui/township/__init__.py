"""The township as its clerk sees it: the villages, what they sent, and the claims to rule on."""
