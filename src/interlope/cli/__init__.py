"""Command line: one file for each verb; every verb prints for people, or one JSON envelope with --json."""
