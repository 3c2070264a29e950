"""Messages of the public (咨询、投诉、建议): intake, clock, answer with review, publication after redaction."""
