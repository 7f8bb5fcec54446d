/// One place in a ``Database``: a connection, or none yet.
actor ConnectionSlot {
    private let options: ConnectionOptions
    private let executor: QueueExecutor
    private var connection: Connection?

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(_ options: ConnectionOptions, index: Int) {
        self.options = options
        executor = QueueExecutor(label: "docket.postgres.\(index)")
    }

    func run<Result: Sendable>(
        _ body: @Sendable (borrowing Connection) throws -> Result
    ) throws -> Result {
        try Task.checkCancellation()
        let connection = try takeConnection()
        let result = Swift.Result { () throws -> Result in try body(connection) }
        // Whatever state an error left the session in, a new session does not have it.
        if connection.isIdle { self.connection = consume connection }
        return try result.get()
    }

    /// The idle connection, or a new one where there is none or the server has closed it.
    private func takeConnection() throws -> Connection {
        guard let idle = connection.take(), idle.isAlive() else {
            return try Connection(options)
        }
        return idle
    }

    func close() { connection = nil }
}
