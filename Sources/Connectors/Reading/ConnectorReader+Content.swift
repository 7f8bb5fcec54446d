import Domain
import FoundationEssentials
import HTTPClient
import JSON

extension ConnectorReader {
    /// The bytes of a record, in a file; a failure of the record's own is a result.
    func content(
        _ source: ContentSource, of payload: JSON, _ values: [String: String], _ stream: Stream
    ) async throws(ConnectorError) -> Result<Extras.Content?, Extras.ContentFailure> {
        // A size that is not exact may be that of another form of it: what comes is counted.
        let size =
            source.isSizeExact
            ? source.size?.first(in: payload)?.scalarText.flatMap(Int.init) : nil
        if let size, size > settings.contentBytesMax {
            return .failure(tooLarge(size))
        }
        let path = "\(settings.spoolDirectory)/\(UUID().uuidString)"
        let call = Call(
            source.request, base: try await requester.base(), values, scope: stream.scope)
        let type = source.type?.first(in: payload)?.scalarText
        do {
            let download = try await requester.download(
                call, to: path, bytesMax: settings.contentBytesMax, size: size, type: type)
            return .success(
                Extras.Content(
                    path: path, byteCount: download.byteCount,
                    mediaType: type ?? download.headers["Content-Type"],
                    fileName: source.name?.first(in: payload)?.scalarText))
        } catch {
            if case .tooLarge = error { return .failure(tooLarge(size)) }
            guard let failure = Extras.ContentFailure(error) else { throw error }
            return .failure(failure)
        }
    }

    private func tooLarge(_ size: Int?) -> Extras.ContentFailure {
        let text = size.map { "\($0) bytes" } ?? "more"
        return .init(
            reason: "content_too_large",
            message: "it has \(text), and limits.content_bytes is \(settings.contentBytesMax)")
    }
}
