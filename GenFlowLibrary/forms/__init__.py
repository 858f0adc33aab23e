"""Filling a form by what its fields mean.

see -> match -> plan -> check values -> fill in one script -> read back -> table
"""
