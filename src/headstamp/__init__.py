"""Headstamp: the open workbench of a crime gun strike force."""

__version__ = "0.2.0"
