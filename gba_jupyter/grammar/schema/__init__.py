"""JSON Schema to rules, keyword by keyword."""
