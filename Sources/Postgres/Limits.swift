/// The bounds of this module, in one place.
package enum Limits {
    /// Bytes of all parameters of one statement; the protocol itself ends at 1 GiB.
    package static let parametersByteCountMax = 512 << 20
    /// Bytes of rows that are sent at a time; a piece is longer only by its last row.
    package static let copyPieceByteCount = 128 << 10
    /// Parameters of one statement; the protocol counts them in 16 bits.
    package static let bindsMax = 65_535
    /// Prepared statements kept by one connection.
    package static let statementsMax = 200
    /// Bytes of a unix socket's path, its final NUL left out.
    package static let socketPathByteCountMax = 107
    /// How much longer than the server's own statement timeout the client waits for an answer.
    package static let answerMargin: Duration = .seconds(5)
    /// How long the programs of a private cluster may take, each.
    package static let initDuration: Duration = .seconds(120)
    package static let startDuration: Duration = .seconds(120)
    package static let stopDuration: Duration = .seconds(60)
    /// How long a child that is being spawned may hold this process's descriptors.
    package static let spawnDuration: Duration = .milliseconds(250)
    package static let probeDuration: Duration = .seconds(10)
}
