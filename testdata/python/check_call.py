"""Holds the parameters of a call to the model of the AWS service that botocore ships.

Reads {"service": ..., "operation": ..., "parameters": {...}, "pascal": false} from standard input and prints the parameters as
they go over the wire. With "pascal", they are written as EventBridge Scheduler takes them: members begin with a capital. What
the model does not know is told on standard error, and the program ends with 1.
"""

import json
import sys

import botocore.session
from botocore.validate import ParamValidator


def from_pascal(value, shape):
    """Names the members of structures as the model does. Keys of maps are the caller's own."""
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {name[0].upper() + name[1:]: name for name in shape.members}
        unknown = sorted(set(value) - set(names))
        if unknown:
            sys.exit(f"{shape.name} has no {', '.join(unknown)}")
        return {names[k]: from_pascal(v, shape.members[names[k]]) for k, v in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [from_pascal(v, shape.member) for v in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {k: from_pascal(v, shape.value) for k, v in value.items()}
    return value


def misspelt(value, shape, path):
    """Yields values that are none of an enumeration, which botocore itself leaves to the service."""
    if shape.type_name == "structure":
        for name, member in value.items():
            yield from misspelt(member, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for i, member in enumerate(value):
            yield from misspelt(member, shape.member, f"{path}[{i}]")
    elif shape.type_name == "map":
        for key, member in value.items():
            yield from misspelt(member, shape.value, f"{path}.{key}")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield f"{path} is {value!r}, none of {', '.join(shape.enum)}"


def main():
    call = json.load(sys.stdin)
    model = botocore.session.Session().get_service_model(call["service"])
    shape = model.operation_model(call["operation"]).input_shape
    parameters = call["parameters"]
    if call.get("pascal"):
        parameters = from_pascal(parameters, shape)
    report = ParamValidator().validate(parameters, shape)
    if report.has_errors():
        sys.exit(report.generate_report())
    problems = list(misspelt(parameters, shape, call["operation"]))
    if problems:
        sys.exit("\n".join(problems))
    json.dump(parameters, sys.stdout)


if __name__ == "__main__":
    main()
