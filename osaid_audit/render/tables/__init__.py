"""Rows of cells -> files that tables are made of.

to_csv      one line a row, harmless in a spreadsheet
to_parquet  the same columns for programs (extra `parquet`)
"""
