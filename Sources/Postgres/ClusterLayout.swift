import Glibc

/// The files of a private cluster, and whose they are.
struct ClusterLayout: Sendable {
    let options: ClusterOptions
    let account: Account

    init(_ options: ClusterOptions) throws(ClusterError) {
        self.options = options
        account = try Account.forServer()
        try makeDirectory()
        try checkTraversable()
    }

    var data: String { options.directory + "/data" }
    var partialData: String { options.directory + "/data.partial" }
    var log: String { options.directory + "/server.log" }
    var startLock: String { options.directory + "/start.lock" }
    var usersLock: String { options.directory + "/users.lock" }
    var guardLock: String { options.directory + "/guard.lock" }
    /// Names the socket's directory when that is not below `directory`.
    var socketRecord: String { options.directory + "/socket_directory" }

    /// The directory of the socket, made when absent.
    ///
    /// Below the cluster's own directory where the path fits into a socket address; else a
    /// directory with a random name, used again by whoever comes later.
    func makeSocketDirectory() throws(ClusterError) -> String {
        let own = options.directory + "/socket"
        let fits = own.utf8.count + "/.s.PGSQL.5432".utf8.count <= Limits.socketPathByteCountMax
        // The setting is a list with quotes of its own; such a path is rarer than it is worth.
        if fits, !own.contains(where: { "\"',\\\n".contains($0) }) {
            try makeOwned(own)
            return own
        }
        if let recorded = readFile(socketRecord), isOwned(recorded) { return recorded }
        let runtime = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) } ?? ""
        let parent = runtime.hasPrefix("/") && runtime.utf8.count < 70 ? runtime : "/tmp"
        var template = Array("\(account.isOther ? "/tmp" : parent)/docket-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .file(path: parent, operation: "make a directory in", reason: reason(errno))
        }
        let path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard chown(path, account.userID, account.groupID) == 0 else {
            throw .file(path: path, operation: "change the owner of", reason: reason(errno))
        }
        try writeFile(socketRecord, path)
        return path
    }

    private func makeDirectory() throws(ClusterError) {
        var path = ""
        for part in options.directory.split(separator: "/").dropLast() {
            path += "/" + part
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
                throw .file(path: path, operation: "make", reason: reason(errno))
            }
        }
        try makeOwned(options.directory)
        try makeLog()
    }

    /// Both this process and the server's account write to it.
    private func makeLog() throws(ClusterError) {
        let descriptor = open(log, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .file(path: log, operation: "make", reason: reason(errno))
        }
        defer { close(descriptor) }
        guard fchown(descriptor, account.userID, account.groupID) == 0 else {
            throw .file(path: log, operation: "change the owner of", reason: reason(errno))
        }
    }

    /// Makes a directory of the account's own, unless there is one.
    ///
    /// Made beside and then renamed: nobody ever sees it with another owner, neither a process
    /// that does the same at this moment nor the next one after a crash.
    private func makeOwned(_ path: String) throws(ClusterError) {
        if access(path, F_OK) != 0 {
            var template = Array("\(path).XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else {
                throw .file(path: path, operation: "make", reason: reason(errno))
            }
            defer { rmdir(template) }
            guard chown(template, account.userID, account.groupID) == 0 else {
                throw .file(path: path, operation: "change the owner of", reason: reason(errno))
            }
            guard rename(template, path) == 0 || errno == ENOTEMPTY || errno == EEXIST else {
                throw .file(path: path, operation: "make", reason: reason(errno))
            }
        }
        guard isOwned(path) else { throw .notOwned(path: path, account: account.name) }
    }

    /// A directory, not a link to one, that only the account may enter.
    private func isOwned(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            && status.st_uid == account.userID && status.st_mode & 0o077 == 0
    }

    /// Every directory above must let the server's account pass, or its errors are riddles.
    private func checkTraversable() throws(ClusterError) {
        guard account.isOther else { return }
        func canPass(_ path: String) throws(ClusterError) -> Bool {
            let command = account.command("/usr/bin/test", ["-x", path])
            return try Program.run(command, log: nil, within: Limits.probeDuration) == 0
        }
        guard try !canPass(options.directory) else { return }
        var path = ""
        for part in options.directory.split(separator: "/") {
            path += "/" + part
            guard try canPass(path) else {
                throw .notTraversable(directory: path, account: account.name)
            }
        }
    }
}

/// The text of a small file without its last line feed, nil when it can not be read.
func readFile(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { return nil }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
}

func writeFile(_ path: String, _ text: String) throws(ClusterError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else {
        throw .file(path: path, operation: "write", reason: reason(errno))
    }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else {
        throw .file(path: path, operation: "write", reason: reason(errno))
    }
}
