"""The look and behaviour shared by all rooms: templates, components, tokens, scripts. No tables."""
