extension ERPTenant {
    /// Its part of the control interface.
    static let controls = #"""

        the ERP system, OData under /sap/opu/odata and /sap/opu/odata4; KEY is 'TG11' or TG11, or
        SalesOrder='4712',SalesOrderItem='10':
          GET    /sandbox/erp/state       services, sets, sessions, wrong passwords
          GET    /sandbox/erp/truth       source_id, scope and title of every entity
          POST   /sandbox/erp/entities/SERVICE/SET      {"Product": "X1", ...}; of an attachment
                                                        its bytes too, as "content"
          PATCH  /sandbox/erp/entities/SERVICE/SET/KEY  {"GrossWeight": "1.5", ...}
          DELETE /sandbox/erp/entities/SERVICE/SET/KEY  with all that is part of it
          POST   /sandbox/erp/generate    {"set": "A_SalesOrderText", "count": 1000,
                                           "body_bytes": 2500}
          POST   /sandbox/erp/mutate      {"count": 10, "seed": 1}
          POST   /sandbox/erp/expire-feeds   every skip and delta token is unknown
          POST   /sandbox/erp/token-lifetime {"seconds": 60}
          POST   /sandbox/erp/unlock      the user after too many wrong passwords
          POST   /sandbox/erp/close-sessions
          GET    /sandbox/erp/switches
          POST   /sandbox/erp/switches    any of (null takes a limit off):
                   server_paging, page_size, expand_page_size,
                   links ("absolute", "relative" or an origin), skiptoken_seconds,
                   token_status (400, 404, 410), delta, json_tombstones,
                   removed_form ("auto", "4.0", "4.01"), before_images, unstable_order,
                   odd_namespaces, escaped_dates, date_offset (minutes), client_check, logon_page,
                   down, sessions_max, missing_key_status (200, 400, 404),
                   error_form ("auto", "json", "xml", "html"), message (a severity),
                   locked (["A_SalesOrder('4712')", "A_Product"]), media_without_length
        """#
}

extension IDocOrder {
    /// Its part of the control interface.
    static let controls = #"""

        the ERP system's file port, with --idoc-directory; TYPE is MATMAS05, DEBMAS07, ORDERS05,
        INVOIC02 or DELVRY07:
          GET    /sandbox/idocs/state       files, their encodings and document numbers
          GET    /sandbox/idocs/truth       every document that arrived, once
          POST   /sandbox/idocs/documents   {"type": TYPE, "count": 1, "per_file": 1,
                                             "encoding": "utf-8", "iso-8859-1" or "utf-16"}
          POST   /sandbox/idocs/resend      {"docnum": "0000000001000001"}: in a new file
          POST   /sandbox/idocs/rewrite     {"file": NAME}: the same bytes once more
          DELETE /sandbox/idocs/files/NAME
          POST   /sandbox/idocs/half-write  {"type": TYPE}: the first half of a file
          POST   /sandbox/idocs/complete    {"file": NAME}, or all that are half-written
          POST   /sandbox/idocs/mutate      {"count": 10, "seed": 1}
        """#
}
