"""Annual reports in and out of txt, html, docx, xlsx, pdf and json (no Django; used by the CLI alone too)."""
