import Domain
import YAML

extension Form where Value == Template {
    /// A request's address or a header's value with names in braces.
    static var template: Form {
        Form(.text(name: "a template such as `/users/{user}`", pattern: nil)) { node, reader in
            if let template = Template(node.scalar) { return template }
            reader.error(at: node.location, "a brace is not closed, or there is no name in it")
            return nil
        }
    }

    /// A path into a record that may name attributes of the scope in braces.
    static var pathTemplate: Form {
        Form(.text(name: "a path such as `from/address`", pattern: nil)) { node, reader in
            guard let template = Template(node.scalar) else {
                reader.error(at: node.location, "a brace is not closed, or there is no name in it")
                return nil
            }
            if template.names.isEmpty, Path(node.scalar) == nil {
                reader.error(at: node.location, "a name in the path is empty")
                return nil
            }
            return template
        }
    }
}

extension Form where Value == Path {
    /// Where in a record or answer something is.
    static var jsonPath: Form {
        Form(.text(name: "a path such as `from/address`", pattern: nil)) { node, reader in
            if let path = Path(node.scalar) { return path }
            reader.error(at: node.location, "a name in the path is empty")
            return nil
        }
    }
}

extension Form {
    /// A list, or one element written without brackets.
    static func oneOrMore<Element>(_ element: Form<Element>) -> Form
    where Value == [Element] {
        Form<[Element]>.list(of: element).or(element.map { [$0] })
    }
}
