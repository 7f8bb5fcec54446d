package let x = PackageResources._001_schema_sql
