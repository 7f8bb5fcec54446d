import CKernels
import Dispatch
import Synchronization

/// Turns a file's tensors into what the kernels read, on all cores.
struct WeightReader {
    /// Bytes of packed weights that are one piece of work.
    private static let pieceByteCount = 1 << 20

    private let file: ModelFile

    init(_ file: ModelFile) { self.file = file }

    /// Path of the file, for error messages.
    var path: String { file.path }

    /// Reads a tensor as floats, nil when the file has none of the name.
    func floats(_ name: String) throws(ModelError) -> [Float]? {
        guard let tensor = file.tensors[name] else { return nil }
        let bytes = file.bytes(of: tensor)
        let count = tensor.shape.reduce(1, *)
        let values = [Float](unsafeUninitializedCapacity: count) { out, initialized in
            if let row = bytes.baseAddress, let base = out.baseAddress {
                kernel_row_expand(
                    Int32(tensor.type.kernelSource.rawValue), row, Int64(count), base)
                initialized = count
            }
        }
        guard values.allSatisfy(\.isFinite) else {
            throw .notFinite(path: file.path, tensor: name)
        }
        return values
    }

    func vector(_ name: String) throws(ModelError) -> Vector {
        guard let values = try floats(name) else {
            throw .missingTensor(path: file.path, tensor: name)
        }
        return try Vector(values)
    }

    /// Packs a plan's matrices; the first error in the order of its sources wins.
    ///
    /// - Parameter plan: What to pack.
    /// - Returns: One matrix for each source.
    /// - Throws: ``ModelError``, naming the tensor.
    func matrices(_ plan: WeightPlan) throws(ModelError) -> [Matrix] {
        let (sources, pairs) = (plan.sources, plan.pairs)
        // One after the other in the order of their use: the next one's beginning is asked for
        // while the end of one is computed with.
        let sizes = try sources.map { (source) throws(ModelError) in
            try plan.byteCount(of: source)
        }
        let memory = try Buffer<UInt8>(sizes.reduce(0, +))
        var offset = 0
        var jobs: [PackingJob] = []
        var pieces: [(job: Int, columns: Range<Int>)] = []
        for (source, size) in zip(sources, sizes) {
            let bias = try source.bias.map { (name) throws(ModelError) in try floats(name) } ?? nil
            let matrix = Matrix(
                type: try plan.type(of: source), columns: source.rows.count, depth: source.depth,
                bias: try bias.map { (values) throws(ModelError) in try Vector(values) },
                memory: memory, offset: offset)
            offset += size
            let job = PackingJob(
                file: file, tensor: try plan.tensor(of: source), source: source,
                pair: pairs[source.weight], matrix: matrix)
            let strips = max(1, Self.pieceByteCount / job.matrix.stripByteCount)
            let step = strips * Matrix.stripColumns
            for first in stride(from: 0, to: source.rows.count, by: step) {
                let end = min(first + step, source.rows.count)
                pieces.append((jobs.count, first..<end))
            }
            jobs.append(job)
        }
        let (all, work) = (jobs, pieces)
        let failed = Mutex<Int?>(nil)
        DispatchQueue.concurrentPerform(iterations: work.count) { index in
            let piece = work[index]
            guard !all[piece.job].pack(piece.columns) else { return }
            failed.withLock { $0 = min($0 ?? piece.job, piece.job) }
        }
        if let job = failed.withLock({ $0 }) {
            let name = sources[job].weight
            throw .notFinite(path: pairs[name]?.path ?? file.path, tensor: name)
        }
        return jobs.map(\.matrix)
    }
}

/// One matrix that is being packed.
private struct PackingJob: Sendable {
    let file: ModelFile
    let tensor: TensorInfo
    let source: MatrixSource
    let pair: LowRankPair?
    let matrix: Matrix

    /// Packs some of the matrix's columns; false when a weight is not finite.
    func pack(_ columns: Range<Int>) -> Bool {
        let bytes = file.bytes(of: tensor)
        let rowByteCount = bytes.count / tensor.shape[1]
        let first = source.rows.lowerBound + columns.lowerBound
        let rows = UnsafeRawBufferPointer(
            rebasing: bytes[first * rowByteCount..<(first + columns.count) * rowByteCount])
        // The packed weights take their place.
        defer { MappedFile.release(rows) }
        guard let pair else { return matrix.pack(columns, from: rows) }
        return pair.merge(
            rows, of: tensor.type, depth: source.depth, first: first, count: columns.count
        ) { matrix.pack(columns, from: $0) }
    }
}
