package import Foundation
import Postgres

/// One incarnation of a daemon.
///
/// Made at start and never used again: after a lapsed lease there is a new one.
package struct Instance: Sendable, Equatable {
    package let id: UUID
    package let host: String
    package let version: String

    package init(id: UUID, host: String, version: String) {
        (self.id, self.host, self.version) = (id, host, version)
    }
}

extension Store {
    /// Announces an instance; its leases hold for ``Limits/leaseDuration`` from now.
    package func register(_ instance: Instance) async throws(StoreError) {
        try await run { connection in
            try connection.run(
                """
                INSERT INTO docket.instances (instance_id, lease_until, host, version)
                VALUES (\(instance.id)::uuid, now() + \(Limits.leaseDuration)::interval,
                    \(instance.host), \(instance.version))
                """)
        }
    }

    /// Extends the lease by ``Limits/leaseDuration``, unless it has lapsed.
    ///
    /// - Throws: ``StoreError/instanceLost`` when it has: others may hold what it held.
    package func heartbeat(_ instance: Instance) async throws(StoreError) {
        let isHeld = try await run { connection in
            // Not waited for until it is on the disk: one that a crash loses is one that was missed.
            try connection.runTogether([
                "SELECT set_config('synchronous_commit', 'off', true)",
                """
                UPDATE docket.instances SET lease_until = now() + \(Limits.leaseDuration)::interval
                WHERE instance_id = \(instance.id)::uuid AND lease_until > now()
                RETURNING 1 AS held
                """,
            ]).last?.isEmpty == false
        }
        guard isHeld else { throw .instanceLost }
    }

    /// Gives back everything the instance holds, and forgets it: the end of an orderly stop.
    package func unregister(_ instance: Instance) async throws(StoreError) {
        try await transaction { connection in
            try connection.run(
                "DELETE FROM docket.instances WHERE instance_id = \(instance.id)::uuid")
            try connection.run(
                """
                UPDATE docket.runs r SET state = 'lost', finished_at = now()
                FROM docket.streams s
                WHERE s.instance_id = \(instance.id)::uuid AND r.run_id = s.run_id
                    AND r.state = 'running'
                """)
            try connection.run(
                """
                UPDATE docket.streams SET token = NULL, instance_id = NULL, run_id = NULL
                WHERE instance_id = \(instance.id)::uuid
                """)
            // An attempt that was cut short by a stop is none.
            try connection.run(
                """
                UPDATE docket.jobs SET state = 'available', claim = NULL, instance_id = NULL,
                    took = NULL, attempt = attempt - 1
                WHERE state = 'running' AND instance_id = \(instance.id)::uuid
                """)
        }
    }
}
