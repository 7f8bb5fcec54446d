package import Connectors
package import Store

/// What one pass over a connector did, scope by scope.
package struct PassReport: Sendable {
    package struct Failure: Sendable {
        package let scope: String
        /// Nil where the scope as a whole failed.
        package let stream: String?
        package let kind: ConnectorError.Kind
        package let message: String
    }

    package var counts = PageCounts()
    package var scopesDone = 0
    package var failures: [Failure] = []
}
