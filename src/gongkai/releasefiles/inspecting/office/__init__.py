"""Word, Excel and PowerPoint files since 2007 (ECMA-376)."""
