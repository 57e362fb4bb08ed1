"""Walks every operation with boto3, or with the AWS CLI: walk.py boto3|cli ENDPOINT WALK.json; ends with "N passed, N failed"."""

import contextlib
import io
import json
import os
import re
import socket
import subprocess
import sys

kind, endpoint, file = sys.argv[1:4]
with open(file, encoding="utf-8") as text:
    walk = json.load(text)
account = {"boto3": "111111111102", "cli": "111111111103"}[kind]
known = {"client": f"{kind}-{os.getpid()}", "role": f"arn:aws:iam::{account}:role/r"}
counts = {"passed": 0, "failed": 0}
hosts = set()


class Refused(Exception):
    """An answer that is an error: its name."""


def check(what, holds):
    if holds is True:
        counts["passed"] += 1
    else:
        counts["failed"] += 1
        print(f"FAILED: {kind}: {what}: {holds}")


def filled(value):
    if isinstance(value, str):
        def known_or_defined(match):
            name = match.group(1)
            if name in walk["definitions"]:
                return filled(json.dumps(walk["definitions"][name], separators=(",", ":")))
            return known[name]

        return re.sub(r"\$\{(\w+)\}", known_or_defined, value)
    if isinstance(value, list):
        return [filled(each) for each in value]
    if isinstance(value, dict):
        return {name: filled(each) for name, each in value.items()}
    return value


def at(answer, path):
    for name in path.split("."):
        answer = (answer or {}).get(name)
    return answer


class Boto3:
    """Calls through boto3; every name leads to the loopback, so that the sync- host is met as well."""

    def __init__(self):
        import boto3

        resolve = socket.getaddrinfo

        def loopback(host, *rest, **more):
            hosts.add(host)
            return resolve("127.0.0.1" if str(host).endswith(".localhost") else host, *rest, **more)

        socket.getaddrinfo = loopback
        self.client = boto3.client(
            "stepfunctions",
            endpoint_url=endpoint.replace("127.0.0.1", "gradus.localhost"),
            region_name="us-east-1",
            aws_access_key_id=account,
            aws_secret_access_key="any",
        )
        self.names = {operation: method for method, operation in self.client.meta.method_to_api_mapping.items()}

    def operations(self):
        return set(self.names)

    def call(self, operation, given):
        from botocore.exceptions import ClientError

        try:
            return getattr(self.client, self.names[operation])(**given)
        except ClientError as error:
            name = error.response["Error"]["Code"]
            modelled = getattr(self.client.exceptions, name, None) if name in dir(self.client.exceptions) else ClientError
            if not isinstance(error, modelled or ClientError):
                raise
            raise Refused(name) from error

    def items(self, operation, given, member):
        method = self.names[operation]
        if self.client.can_paginate(method):
            pages = self.client.get_paginator(method).paginate(**given, PaginationConfig={"PageSize": 1})
            return [item for page in pages for item in page[member]]
        return walked_pages(self, operation, given, member)


class Cli:
    """Calls through the command line: its own code in this process where it can be imported, else one process a call."""

    def __init__(self):
        self.environment = {
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
            "AWS_PAGER": "",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
        }
        try:
            from awscli.clidriver import create_clidriver

            os.environ.update(self.environment)
            self.driver = create_clidriver()
        except ImportError:
            self.driver = None

    def command(self, arguments):
        if self.driver is None:
            done = subprocess.run(
                ["aws", *arguments],
                env={**os.environ, **self.environment}, capture_output=True, text=True, timeout=100, check=False,
            )
            return done.returncode, done.stdout, done.stderr
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = self.driver.main(arguments)
        return code, out.getvalue(), err.getvalue()

    def operations(self):
        return {step["call"] for step in walk["steps"]} | set(walk["later"])

    def call(self, operation, given, *more):
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", operation).lower()
        code, out, err = self.command(
            ["stepfunctions", name, "--endpoint-url", endpoint, "--cli-input-json", json.dumps(given), "--output", "json", *more]
        )
        if code != 0:
            named = re.search(r"\((\w+)\)", err)
            raise Refused(named.group(1) if named else err.strip())
        return json.loads(out or "{}")

    def items(self, operation, given, member):
        return self.call(operation, given, "--page-size", "1")[member] if operation in (
            "ListStateMachines", "ListExecutions", "ListActivities", "GetExecutionHistory"
        ) else walked_pages(self, operation, given, member)


def walked_pages(client, operation, given, member):
    items, token = [], {}
    while True:
        page = client.call(operation, {**given, "maxResults": 1, **token})
        items += page[member]
        if "nextToken" not in page:
            return items
        token = {"nextToken": page["nextToken"]}


def run(client, step):
    given = filled(step["with"])
    try:
        if "pages" in step:
            count = len(client.items(step["call"], given, step["pages"]))
            return count >= step["least"] or f"{count} items"
        answer = client.call(step["call"], given)
    except Refused as refused:
        return str(refused) == step.get("error") or str(refused)
    if "error" in step:
        return f"no {step['error']}"
    for name, path in step.get("save", {}).items():
        known[name] = at(answer, path)
    for path, value in filled(step.get("expect", {})).items():
        if at(answer, path) != value:
            return f"{path} is {at(answer, path)!r}"
    return True


walker = Boto3() if kind == "boto3" else Cli()
for each in walk["steps"]:
    check(each["call"] + (f" ({each['error']})" if "error" in each else ""), run(walker, each))
left = walker.operations() - {step["call"] for step in walk["steps"]} - set(walk["later"]) - {"CanPaginate", "GetPaginator"}
check("every operation is walked", not left or sorted(left))
if kind == "boto3":
    check("two operations go to the sync- host", "sync-gradus.localhost" in hosts or sorted(map(str, hosts)))
print(f"{kind}: {counts['passed']} passed, {counts['failed']} failed")
sys.exit(1 if counts["failed"] else 0)
