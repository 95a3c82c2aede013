"""Whether something is as a JSON Schema says, of the words that the tools' schemas use."""

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def fits(said, schema, whole=None):
    whole = whole or schema
    if "$ref" in schema:
        return fits(said, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "anyOf" in schema:
        return any(fits(said, one, whole) for one in schema["anyOf"])
    if "type" not in schema:
        return True
    if not isinstance(said, KINDS[schema["type"]]) or (said is True and schema["type"] == "integer"):
        return False
    if isinstance(said, dict):
        return _object_fits(said, schema, whole)
    return not isinstance(said, list) or all(fits(one, schema["items"], whole) for one in said)


def _object_fits(said, schema, whole):
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    return set(schema.get("required", ())) <= said.keys() and all(
        fits(value, known[name], whole)
        if name in known
        else bool(others) and fits(value, others if isinstance(others, dict) else {}, whole)
        for name, value in said.items()
    )
