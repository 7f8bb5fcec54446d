package let x = PackageResources.outlook_yaml
