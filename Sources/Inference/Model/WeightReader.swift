import CKernels
import Dispatch
import Synchronization

/// Turns a model file's tensors into what the kernels read, several at a time.
struct WeightReader {
    private let file: ModelFile

    init(_ file: ModelFile) { self.file = file }

    /// Reads a norm or table of floats, nil when the file has none.
    func floats(_ name: String) throws(ModelError) -> [Float]? {
        guard let tensor = file.tensors[name] else { return nil }
        let source = try source(of: tensor)
        let bytes = file.bytes(of: tensor)
        let count = tensor.shape.reduce(1, *)
        let values = [Float](unsafeUninitializedCapacity: count) { out, initialized in
            if let row = bytes.baseAddress, let base = out.baseAddress {
                kernel_row_expand(Int32(source.rawValue), row, Int64(count), base)
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

    /// Packs the named matrices on all cores; the first error in the order of names wins.
    func matrices(_ names: [String]) throws(ModelError) -> [String: Matrix] {
        let results = Mutex<[String: Result<Matrix, ModelError>]>([:])
        DispatchQueue.concurrentPerform(iterations: names.count) { index in
            let result = Result { () throws(ModelError) in try matrix(names[index]) }
            results.withLock { $0[names[index]] = result }
        }
        let all = results.withLock { $0 }
        var matrices: [String: Matrix] = [:]
        for name in names { matrices[name] = try all[name]?.get() }
        return matrices
    }

    /// The element type the kernels know, for a tensor they can compute with.
    func source(of tensor: TensorInfo) throws(ModelError) -> kernel_source {
        guard let source = tensor.type.kernelSource else {
            throw .unsupported(
                path: file.path, key: "type of tensor \(tensor.name)", value: "\(tensor.type)",
                known: ElementType.computable.map { "\($0)" })
        }
        return source
    }

    private func matrix(_ name: String) throws(ModelError) -> Matrix {
        guard let tensor = file.tensors[name], tensor.shape.count == 2 else {
            throw .missingTensor(path: file.path, tensor: name)
        }
        let matrix = try Matrix(
            source: source(of: tensor), rows: file.bytes(of: tensor), columns: tensor.shape[1],
            depth: tensor.shape[0])
        guard let matrix else { throw .notFinite(path: file.path, tensor: name) }
        return matrix
    }
}
