/// One entry of a drive: a folder, a file, or something that is neither.
struct DriveItem: Sendable {
    enum Kind: Sendable {
        case root, folder
        case file(DriveFile)
        /// A notebook: a package, neither file nor folder.
        case notebook
        /// What really lives in another drive.
        case remote(drive: String, item: String)
        /// An item that says nothing of what it is.
        case bare
    }

    /// Unique in its drive only; other drives use the same ones.
    let id: String
    var name: String
    /// Nil for the root.
    var parent: Int?
    var kind: Kind
    let createdAt: Timestamp
    var modifiedAt: Timestamp
    let author: Letter.Person
    var editor: Letter.Person
    /// Bytes of the file, or of all files below.
    var size = 0
    var childCount = 0
    /// From 1, one more with each change but of permissions.
    var revision = 1
    /// From 1, one more with each change of the content.
    var contentRevision = 1
    var permissions: [DrivePermission] = []
    /// Once it had permissions of its own, it does not go back to those of its folder.
    var hasOwnPermissions = false
    var isMalware = false
    var isDeleted = false
    var specialFolder: String?
    /// The lines of the drive's history that tell of it last.
    var entry = 0
    var sharedEntry: Int?

    var isFolder: Bool {
        switch kind {
        case .root, .folder: true
        case .file, .notebook, .remote, .bare: false
        }
    }

    var file: DriveFile? { if case .file(let file) = kind { file } else { nil } }
}

/// A file's content and what is known of it.
struct DriveFile: Sendable {
    let bytes: [UInt8]
    let mimeType: String
    let hash: String

    init(_ bytes: [UInt8], mimeType: String) {
        (self.bytes, self.mimeType) = (bytes, mimeType)
        hash = QuickXorHash.of(bytes)
    }

    /// A file as its name promises it, or a plain text under a name that promises nothing.
    init(text: String, name: String) {
        let format = FileFormat(ofName: name) ?? .txt
        self.init(format.bytes(of: text), mimeType: format.mimeType)
    }
}

/// Who may do what with an item.
struct DrivePermission: Sendable {
    enum Grantee: Sendable {
        case user(Letter.Person)
        case siteGroup(String)
        /// A link of a scope such as `organization`, and who has used it.
        case link(scope: String, users: [Letter.Person])
        /// An invitation that nobody has accepted yet.
        case invitation
    }

    let id: String
    /// `read`, `write`, `owner`, or a word of the company's own.
    let roles: [String]
    let grantee: Grantee
}
