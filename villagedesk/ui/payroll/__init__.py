"""报酬: pay sheets, the bank's files and answers, until everybody is paid."""
