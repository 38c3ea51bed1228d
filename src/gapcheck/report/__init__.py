"""Reports: table, JSON, CSV and SARIF from the findings; documents of blocks for every other face. All say the same, in the
same words."""
