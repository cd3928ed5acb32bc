"""Murders and populations of large cities that come with the program, each with its source."""

from headstamp.formats.city_reference.loading import city_years

__all__ = ["city_years"]
