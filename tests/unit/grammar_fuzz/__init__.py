"""Random JSON Schemas, instances for and against them, and an exact judge.

`schemas` draws schemas, `instances` values that are likely to be valid and values that are likely
not to be, `parts` reads a schema as the converter does, and `judge` is `jsonschema` made exact.
`worlds` has few values, so that every one can be tried.
"""
