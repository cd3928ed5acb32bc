"""Headstamp: the open workbench of a crime gun strike force."""

__version__ = "0.1.0"
