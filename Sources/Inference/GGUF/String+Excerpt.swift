extension String {
    /// The beginning of a text from a file, printable and short enough for an error message.
    var excerpt: String {
        var excerpt = "`"
        for scalar in unicodeScalars.prefix(Limits.excerptScalars) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                excerpt += "\\u{\(String(scalar.value, radix: 16))}"
            default: excerpt.unicodeScalars.append(scalar)
            }
        }
        return excerpt + (unicodeScalars.count > Limits.excerptScalars ? "…`" : "`")
    }
}
