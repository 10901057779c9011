"""How pictures of templates are drawn: one file a template, and what they share."""
