/// An answer whose body went to a file.
package struct HTTPDownload: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    /// Bytes of the file.
    package let byteCount: Int
    /// What a status outside 200...299 came with, cut at 64 KiB; there is no file then.
    package let refusal: [UInt8]
}
