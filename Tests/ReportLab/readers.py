"""Reads reports with the programs that other people read them with, and tells what each of them saw as JSON.

    readers.py junit FILE       junitparser, xunitparser and junit2html
    readers.py sarif FILE SCHEMA      jsonschema and sarif-tools
    readers.py codequality FILE
    readers.py markdown FILE    cmarkgfm with the extensions of GitHub
"""

import contextlib
import html.parser
import io
import json
import os
import re
import sys
import tempfile


def junit(path):
    return {"junitparser": junitparser_cases(path), "xunitparser": xunitparser_cases(path), "junit2html": junit2html(path)}


def junitparser_cases(path):
    import junitparser

    kinds = {junitparser.Failure: "failure", junitparser.Error: "error", junitparser.Skipped: "skipped"}
    document = junitparser.JUnitXml.fromfile(path)
    cases = []
    for suite in document:
        counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        for case in suite:
            outcome = kinds[type(case.result[0])] if case.result else "passed"
            counts["tests"] += 1
            if outcome != "passed":
                counts[{"failure": "failures", "error": "errors", "skipped": "skipped"}[outcome]] += 1
            cases.append({"class": case.classname, "name": case.name, "outcome": outcome})
        stated = {name: getattr(suite, name) for name in counts}
        assert stated == counts, f"{suite.name}: {stated} is stated, {counts} is there"
    return cases


def xunitparser_cases(path):
    import xunitparser

    names = {"success": "passed", "failure": "failure", "error": "error", "skipped": "skipped"}
    with open(path, encoding="utf-8") as file:
        suites, _ = xunitparser.parse(file)
    return [
        {"class": case.classname, "name": case.methodname, "outcome": names[case.result]}
        for suite in suites for case in (suite if hasattr(suite, "__iter__") else [suite])
    ]


def junit2html(path):
    import junit2htmlreport.parser

    report = junit2htmlreport.parser.Junit(path)
    outcomes = {"passed": 0, "failed": 0, "skipped": 0}
    for suite in report.suites:
        for test_class in suite.classes.values():
            for case in test_class.cases:
                outcomes["failed" if case.failed() else "skipped" if case.skipped else "passed"] += 1
    assert "<html" in report.html()
    return outcomes


def sarif(path, schema):
    import jsonschema
    from sarif import loader
    from sarif.operations import codeclimate_op, csv_op, html_op, summary_op

    with open(path, encoding="utf-8") as file:
        log = json.load(file)
    with open(schema, encoding="utf-8") as file:
        rules = json.load(file)
    jsonschema.Draft7Validator.check_schema(rules)
    problems = [f"{list(error.path)}: {error.message[:300]}" for error in jsonschema.Draft7Validator(rules).iter_errors(log)]
    read = loader.load_sarif_files(path)
    read.init_default_line_number_1()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        for operation, name in [(csv_op, "a.csv"), (html_op, "a.html"), (summary_op, "a.txt"), (codeclimate_op, "a.json")]:
            arguments = (read, os.path.join(folder, name), False)
            operation.generate_html(read, None, arguments[1], False) if operation is html_op else \
                operation.generate_csv(*arguments) if operation is csv_op else \
                operation.generate_summary(*arguments) if operation is summary_op else operation.generate(*arguments)
            assert os.path.getsize(arguments[1]) > 0
    return {
        "problems": problems,
        "records": [
            {"rule": record["Code"].split(" ")[0] if record["Code"] else "", "severity": record["Severity"],
             "file": record["Location"], "line": record["Line"]}
            for record in read.get_records()
        ],
    }


def codequality(path):
    with open(path, "rb") as file:
        data = file.read()
    assert not data.startswith(b"\xef\xbb\xbf"), "GitLab takes no byte-order mark"
    issues = json.loads(data)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}, issue
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}, issue
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"]), issue
        assert issue["location"]["path"] and not issue["location"]["path"].startswith("./"), issue
        assert issue["location"]["lines"]["begin"] >= 1, issue
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return [issue["check_name"] for issue in issues]


class Page(html.parser.HTMLParser):
    """The tags of a page, its text, and the text that is in no code span."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.prose, self.code = set(), set(), [], [], 0

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(f"{tag}.{name}" for name, _ in attributes)
        self.code += tag == "code"

    def handle_endtag(self, tag):
        self.code -= tag == "code"

    def handle_data(self, data):
        self.text.append(data)
        if not self.code:
            self.prose.append(data)

    def handle_comment(self, data):
        self.tags.add("!--")

    def handle_decl(self, data):
        self.tags.add("!")


def markdown(path):
    import cmarkgfm
    from cmarkgfm.cmark import Options

    with open(path, encoding="utf-8") as file:
        text = file.read()
    page = Page()
    page.feed(cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE))
    page.close()
    prose = " ".join(page.prose)
    return {
        "tags": sorted(page.tags), "attributes": sorted(page.attributes), "text": "".join(page.text),
        # What GitHub links in prose by itself: people and teams, issues, commits, addresses.
        "references": re.findall(r"@[A-Za-z0-9]\S*|#[0-9]+|GH-[0-9]+|\b[0-9a-f]{40}\b|https?://\S+|www\.\S+|:[a-z_]+:", prose),
    }


if __name__ == "__main__":
    readers = {"junit": junit, "sarif": sarif, "codequality": codequality, "markdown": markdown}
    json.dump(readers[sys.argv[1]](*sys.argv[2:]), sys.stdout)
