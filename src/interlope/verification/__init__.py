"""Verify: does the simulated system behave as its sources say?"""
