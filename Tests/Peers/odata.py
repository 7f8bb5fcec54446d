"""Reads the sandbox's SAP side with SAP's own client of OData services, and compares.

usage: odata.py BASE_URL USER PASSWORD CLIENT
"""
import sys

import pyodata
import requests

base, user, password, client = sys.argv[1:]


def service(name):
    session = requests.Session()
    session.auth = (user, password)
    session.params = {"sap-client": client}
    return pyodata.Client(f"{base}/sap/opu/odata/sap/{name}", session)


def check(what, is_so):
    print("ok  " if is_so else "FAIL", what)
    if not is_so:
        sys.exit(1)


orders = service("API_SALES_ORDER_SRV")
schema = orders.schema
check("the metadata has sets, keys and navigations",
      [key.name for key in schema.entity_set("A_SalesOrderItem").entity_type.key_proprties]
      == ["SalesOrder", "SalesOrderItem"]
      and schema.entity_type("A_SalesOrderType").nav_proprty("to_Item") is not None)

set_ = orders.entity_sets.A_SalesOrder
count = set_.get_entities().count().execute()
check("a count is a number", count > 10)
first = set_.get_entities().top(3).execute()
check("top limits", len(first) == 3)
key = first[1].SalesOrder
one = set_.get_entity(SalesOrder=key).execute()
check("an entity is found by its key", one.SalesOrder == key)
check("and is the same as in the list", one.TotalNetAmount == first[1].TotalNetAmount)
found = set_.get_entities().filter(f"SalesOrder eq '{key}'").execute()
check("a filter finds it", [order.SalesOrder for order in found] == [key])
counted = set_.get_entities().count(inline=True).top(2).execute()
check("a count comes along", counted.total_count == count and len(counted) == 2)
full = set_.get_entity(SalesOrder=key).expand("to_Item").execute()
items = one.nav("to_Item").get_entities().execute()
check("navigation and expansion show the same items",
      [item.SalesOrderItem for item in full.to_Item] == [item.SalesOrderItem for item in items]
      and len(items) > 0)
item = orders.entity_sets.A_SalesOrderItem.get_entity(
    SalesOrder=key, SalesOrderItem=items[0].SalesOrderItem).execute()
check("a key of two properties is a key", item.Material == items[0].Material)

seen, page = [], set_.get_entities().execute()
seen += [order.SalesOrder for order in page]
while page.next_url is not None:
    page = set_.get_entities().next_url(page.next_url).execute()
    seen += [order.SalesOrder for order in page]
check("pages show everything once", len(seen) == len(set(seen)) == count)

for name in ["API_BUSINESS_PARTNER", "API_PRODUCT_SRV"]:
    sets = service(name).schema.entity_sets
    check(f"{name} has sets", len(sets) > 0)
