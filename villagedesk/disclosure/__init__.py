"""What the villagers are shown: five slots, notices from the books, issued once and posted on the board."""
