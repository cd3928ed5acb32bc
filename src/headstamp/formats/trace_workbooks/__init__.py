"""ATF's yearly workbooks of source and recovery states: read, checked, kept."""
