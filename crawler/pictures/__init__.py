"""K-line pictures and charts: planned, fetched, checked, drawn and stored, by one stage for both doors."""
