import CYAML

extension Node {
    /// Parses a file that holds one document.
    ///
    /// Anchors, aliases, merge keys, tags other than `!!str`, duplicate keys, keys that are no
    /// scalars and a second document are refused: configuration has no use for them, and each
    /// is a way to say something else than what a reader sees.
    ///
    /// - Parameter reader: Made for the source to parse; gets the problems.
    /// - Returns: The tree, as far as it makes sense to look for further problems in it; nil
    ///   when there is none.
    package static func parse(_ reader: inout Reader) -> Node? {
        let bytes = reader.source.bytes
        guard bytes.count <= Limits.sourceBytes else {
            reader.error(at: reader.start, "more than \(Limits.sourceBytes) bytes")
            return nil
        }
        var builder = TreeBuilder(path: reader.source.path)
        let failure = bytes.withUnsafeBufferPointer { run($0, into: &builder, &reader) }
        if let failure {
            reader.error(at: failure.location, failure.message)
            return nil
        }
        if builder.root == nil { reader.error(at: reader.start, "the file is empty") }
        return builder.root
    }

    /// Feeds every event to the builder until the document ends or makes no more sense.
    private static func run(
        _ bytes: UnsafeBufferPointer<UInt8>, into builder: inout TreeBuilder,
        _ reader: inout Reader
    ) -> TreeBuilder.Failure? {
        // On the heap, because a parser that reads from memory points at itself.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            return TreeBuilder.Failure(reader.start, "out of memory")
        }
        defer { yaml_parser_delete(parser) }
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)

        var event = yaml_event_t()
        while yaml_parser_parse(parser, &event) == 1 {
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT { return nil }
            do throws(TreeBuilder.Failure) {
                try builder.take(event, &reader)
            } catch {
                return error
            }
        }
        return SyntaxProblem(parser.pointee, in: bytes).failure(path: reader.source.path)
    }
}
