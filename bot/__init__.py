"""A chat bot that helps people see what kind of partnership they are in, and how to talk with everybody in it."""

__version__ = "0.1.0"
