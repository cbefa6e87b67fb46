"""The file: one desk in a folder, one way to change it, and the journal that proves every change."""
