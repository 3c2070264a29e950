"""Open data (数据开放): every ledger that is public, as whole tables to download.

``tables`` says what the tables are and reads their rows, ``writing`` turns rows into CSV, XLSX or JSON, ``views`` is the
page of the portal and ``api`` the same through the open interface.
"""
