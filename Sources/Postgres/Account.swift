import Glibc

/// The user that runs a private cluster: this process's own, or `postgres` in place of root.
struct Account: Equatable {
    let name: String
    let userID: uid_t
    let groupID: gid_t
    /// Whether programs have to change to it.
    let isOther: Bool

    static func forServer(effective: uid_t = geteuid()) throws(ClusterError) -> Account {
        guard effective == 0 else {
            return Account(
                name: "\(effective)", userID: effective, groupID: getegid(), isOther: false)
        }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        let status = getpwnam_r("postgres", &entry, &buffer, buffer.count, &found)
        guard status == 0, found != nil else { throw .noAccount("postgres") }
        return Account(
            name: "postgres", userID: entry.pw_uid, groupID: entry.pw_gid, isOther: true)
    }

    /// A program and its arguments, run as this account.
    ///
    /// `setpriv` and not `su`: no login session, no password files, no shell.
    func command(_ program: String, _ arguments: [String]) -> [String] {
        guard isOther else { return [program] + arguments }
        return [
            "/usr/bin/setpriv", "--reuid=\(userID)", "--regid=\(groupID)", "--init-groups", "--",
            program,
        ] + arguments
    }
}
