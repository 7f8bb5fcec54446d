/// A JSON value (RFC 8259), as an endpoint sent it.
///
/// Numbers stay text, so that nothing is rounded and nothing traps; object members keep their
/// order, and of duplicate names the last one wins.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number's text, valid by RFC 8259 §6.
    case number(String)
    case string(String)
    case array([JSON])
    case object(Members)

    /// The members of an object in the order they came.
    package struct Members: Sendable, Hashable {
        package private(set) var pairs: [(name: String, value: JSON)]

        package init(_ pairs: [(name: String, value: JSON)] = []) { self.pairs = pairs }

        package static func == (left: Members, right: Members) -> Bool {
            left.pairs.count == right.pairs.count
                && zip(left.pairs, right.pairs).allSatisfy {
                    $0.name == $1.name && $0.value == $1.value
                }
        }

        package func hash(into hasher: inout Hasher) {
            for pair in pairs {
                hasher.combine(pair.name)
                hasher.combine(pair.value)
            }
        }

        /// The value of the last member of that name; setting nil removes it.
        package subscript(name: String) -> JSON? {
            get { pairs.last { $0.name == name }?.value }
            set {
                let index = pairs.lastIndex { $0.name == name }
                switch (index, newValue) {
                case (let index?, let value?): pairs[index].value = value
                case (let index?, nil): pairs.remove(at: index)
                case (nil, let value?): pairs.append((name, value))
                case (nil, nil): break
                }
            }
        }
    }
}
