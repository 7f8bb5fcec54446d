extension Options {
    /// The CRM's part of the control interface.
    static let crmControls = #"""

        the CRM's control interface; OBJECT is a name such as Case, ID an id of either form:
          GET    /sandbox/crm/state             records by object, jobs, quota, switches
          GET    /sandbox/crm/truth             source_id, scope and title of every live document
          POST   /sandbox/crm/mutate            {"count": 100, "seed": 1}: changes at random
          POST   /sandbox/crm/expire-feeds      every query locator is unknown
          POST   /sandbox/crm/expire-sessions   every session has expired
          POST   /sandbox/crm/reset-quota       no call counts any more
          GET    /sandbox/crm/records/OBJECT[/ID]
          POST   /sandbox/crm/records/OBJECT    {"fields": {"Subject": "..."}, "commit": true,
                   "stamp_age": 0}: seconds its stamps are old; without commit nobody sees it
          PATCH  /sandbox/crm/records/OBJECT/ID {"fields": {...}, "system": false, "stamp_age"}
          DELETE /sandbox/crm/records/OBJECT/ID[?hard=true&age=0]  so many seconds ago
          POST   /sandbox/crm/records/OBJECT/ID/undelete
          POST   /sandbox/crm/records/OBJECT/ID/commit
          POST   /sandbox/crm/records/OBJECT/ID/merge  {"loser": ID}
          POST   /sandbox/crm/files             {"title", "path", "content", "document": ID for a
                   new version, "location": ID of a record, "description"}
          POST   /sandbox/crm/attachments       {"parent": ID, "name", "content_type", "content"}
          POST   /sandbox/crm/hide              {"object", "field", "hidden": true}
          POST   /sandbox/crm/generate          {"object": "Case", "count": 1000,
                   "body_bytes": 2500, "seconds": 0}: spread over so many; 0: all of one stamp
          GET    /sandbox/crm/switches          DELETE sets them as they were; POST sets some:
                   session_calls, session_seconds, instance_url, page_size, child_page_size,
                   null_subqueries, locator_seconds, quota_max, quota_window, replication_lag,
                   earliest_available, refuse_earlier, bulk_polls, bulk_outcome (JobComplete,
                   Failed, Aborted), bulk_page_size, bulk_empty_body, bulk_refuses ([OBJECT]),
                   file_bytes; null sets one as it was
        """#
}
