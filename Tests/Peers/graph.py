"""Reads the sandbox's mail and files with O365, a client that others wrote.

    graph.py READY_FILE

READY_FILE is what docket-sandbox announced. Prints how many mails and files O365 found, where that
is exactly what the sandbox says it holds; else ends with what differs.
"""

import json
import sys
import tempfile
import urllib.parse
import urllib.request

import requests
from O365 import Account, MSGraphProtocol

facts = dict(line.split(": ", 1) for line in open(sys.argv[1]).read().splitlines() if ": " in line)
origin = facts["base_url"].removesuffix("/v1.0")


def control(path):
    with urllib.request.urlopen(f"{origin}/sandbox/{path}") as answer:
        return json.load(answer)


counts = {}


def same(what, theirs, ours):
    if sorted(theirs) != sorted(ours):
        missing, extra = set(ours) - set(theirs), set(theirs) - set(ours)
        sys.exit(f"{what}: missing {sorted(missing)[:3]}, unexpected {sorted(extra)[:3]}")
    counts[what] = len(ours)


form = {
    "grant_type": "client_credentials",
    "client_id": facts["client_id"],
    "client_secret": facts["client_secret"],
    "scope": facts["base_url"] + "/.default",
}
with urllib.request.urlopen(facts["token_url"], urllib.parse.urlencode(form).encode()) as answer:
    token = json.load(answer)["access_token"]


class Sandbox(MSGraphProtocol):
    _protocol_url = origin + "/"


account = Account(
    (facts["client_id"], facts["client_secret"]),
    auth_flow_type="credentials",
    tenant_id=facts["tenant"],
    protocol=Sandbox(api_version="v1.0"),
)
# O365 signs in at Microsoft only; from here on the requests are its own.
session = requests.Session()
session.headers["Authorization"] = f"Bearer {token}"
session.headers["Prefer"] = 'IdType="ImmutableId"'
account.con.session = session


def folders(parent):
    for folder in parent.get_folders(limit=200):
        yield folder
        yield from folders(folder)


truth = [row for row in control("mail/truth") if row["kind"] == "mail"]
for address in facts["mailboxes"].strip("[]").split(", "):
    wanted = {(row["folder"], row["title"]) for row in truth if row["scope"] == address}
    names = {row["key"]: row["id"] for box in control("state")["mailboxes"]
             if box["address"] == address for row in box["folders"]}
    keys = {identifier: key for key, identifier in names.items()}
    found = {
        (keys[folder.folder_id], message.subject)
        for folder in folders(account.mailbox(resource=address))
        if keys.get(folder.folder_id) in {key for key, _ in wanted}
        for message in folder.get_messages(limit=500, batch=50)
    }
    same(f"mails of {address}", found, wanted)


def files(folder, path=""):
    for item in folder.get_items(limit=500):
        if item.is_folder:
            yield from files(item, f"{path}/{item.name}")
        elif item.is_file:
            yield f"{path}/{item.name}", item


truth = control("drives/truth")
for address in facts["drive_users"].strip("[]").split(", "):
    drive = account.storage(resource=address).get_default_drive(request_drive=True)
    wanted = {row["path"] for row in truth if row["scope"] == drive.object_id}
    found = dict(files(drive.get_root_folder()))
    # Notebooks and items of other drives have no bytes of their own.
    own = [path for path, item in found.items() if item.mime_type and "(shared)" not in path]
    same(f"files of {address}", own, wanted)
    with tempfile.TemporaryDirectory() as folder:
        item = next(iter(found.values()))
        if not item.download(to_path=folder):
            sys.exit(f"{item.name} cannot be downloaded")

print(json.dumps(counts))
