import CKernels

/// The memory of the cache: page after page, each with all its layers.
///
/// Memory grows with the pages in use, and not in every layer apart. A page of a layer holds, per
/// head of keys and values, the keys of 32 positions and then their values, in the cache's format.
struct PageStore: Sendable {
    let format: CacheFormat
    let pageCount: Int
    /// Bytes of one page of one layer.
    let pageByteCount: Int
    private let layerCount: Int
    private let memory: Buffer<UInt8>

    init(
        _ shape: Hyperparameters, format: CacheFormat, pageCount: Int
    ) throws(ModelError) {
        (self.format, self.pageCount) = (format, pageCount)
        layerCount = shape.layerCount
        pageByteCount = Self.pageByteCount(shape, format)
        memory = try Buffer(pageCount, layerCount, pageByteCount)
    }

    /// Bytes of one page of one layer.
    static func pageByteCount(_ shape: Hyperparameters, _ format: CacheFormat) -> Int {
        kernel_page_byte_count(
            format.rawValue, Int32(shape.keyValueHeadCount), Int32(shape.headWidth))
    }

    /// Bytes from a layer of one page to the same of the next.
    var stride: Int { layerCount * pageByteCount }

    /// A layer of the first page.
    func base(ofLayer layer: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(layer < layerCount)
        return memory.base + layer * pageByteCount
    }

    /// Copies one page in every layer.
    func copy(_ source: Int32, to target: Int32) {
        precondition(Int(source) < pageCount && Int(target) < pageCount)
        (memory.base + Int(target) * stride).update(
            from: memory.base + Int(source) * stride, count: stride)
    }
}
