package let x = PackageResources.summary_yaml
