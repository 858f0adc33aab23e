"""Documents as people keep them: text, Word, PDF, e-mail, HTML, CSV and Excel, read into blocks with their places and tables of rows."""
