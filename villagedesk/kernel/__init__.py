"""The ground everything stands on: money, dates, ids, findings, errors, progress. No file, no window, no rule."""
