"""Reads a sandbox's CRM as simple-salesforce does, and prints what it found as JSON.

usage: salesforce.py ORIGIN CLIENT_ID CLIENT_SECRET VERSION
"""

import csv
import datetime
import io
import json
import sys
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest, SalesforceResourceNotFound


class ToSandbox(HTTPAdapter):
    """The library insists on https and the vendor's hosts; the sandbox has neither."""

    def __init__(self, origin):
        super().__init__()
        self.origin = urlsplit(origin)

    def send(self, request, **options):
        parts = urlsplit(request.url)
        request.url = urlunsplit(
            (self.origin.scheme, self.origin.netloc, parts.path, parts.query, ""))
        return super().send(request, **options)


def refusal(body):
    try:
        body()
    except (SalesforceMalformedRequest, SalesforceResourceNotFound) as error:
        return error.content[0]["errorCode"]
    return None


def main(origin, client_id, client_secret, version):
    session = requests.Session()
    session.mount("https://", ToSandbox(origin))
    crm = Salesforce(
        consumer_key=client_id, consumer_secret=client_secret, domain="contoso.my",
        session=session, version=version)
    query = "SELECT Id, Subject, Owner.Name FROM Case"
    cases = list(crm.query_all_iter(query))
    end = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    start = end - datetime.timedelta(days=1)
    parts = crm.bulk2.Case.query(query, max_records=7)
    rows = [row for part in parts for row in csv.DictReader(io.StringIO(part))]
    file = crm.query("SELECT Id, VersionData FROM ContentVersion WHERE IsLatest = true LIMIT 1")
    content = session.get(
        f"https://{crm.sf_instance}{file['records'][0]['VersionData']}", headers=crm.headers)
    print(json.dumps({
        "cases": [case["Id"] for case in cases],
        "with_deleted": [
            case["Id"] for case in crm.query_all_iter(query, include_deleted=True)],
        "exported": [row["Id"] for row in rows],
        "owners": sorted({case["Owner"]["Name"] for case in cases}),
        "exported_owners": sorted({row["Owner.Name"] for row in rows}),
        "objects": [object["name"] for object in crm.describe()["sobjects"]],
        "fields": [field["name"] for field in crm.Case.describe()["fields"]],
        "subject": crm.Case.get(cases[0]["Id"])["Subject"] == cases[0]["Subject"],
        "deleted": [record["id"] for record in crm.Case.deleted(start, end)["deletedRecords"]],
        "updated": crm.Case.updated(start, end)["ids"],
        "content_bytes": len(content.content),
        "quota": crm.limits()["DailyApiRequests"]["Max"],
        "usage": crm.api_usage["api-usage"].total,
        "malformed": refusal(lambda: crm.query("SELECT Id FROM Case WHERE Nothing = 1")),
        "missing": refusal(lambda: crm.Case.get("500000000000000AAA")),
    }))


main(*sys.argv[1:])
