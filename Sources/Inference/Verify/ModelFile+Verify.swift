import CKernels

extension ModelFile {
    /// Holds expanded rows of tensors against recorded numbers.
    package func verify(_ vectors: [WeightVector]) -> VectorCheck {
        var failures: [String] = []
        var worst = 0.0
        for vector in vectors {
            guard let values = row(vector.row, of: vector.tensor),
                values.count == vector.values.count
            else {
                failures.append("\(vector.place): no such row of `\(vector.tensor)`")
                continue
            }
            let greatest = vector.values.reduce(0) { max($0, abs($1)) }
            let error = zip(values, vector.values).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
            let share = error == 0 ? 0 : error / greatest
            worst = max(worst, share.isNaN ? .infinity : share)
            if !(share <= VectorBounds.weight) {
                failures.append("\(vector.place): error of \(share)")
            }
        }
        return VectorCheck(
            "expanded weights", cases: vectors.count, failures: failures, measured: worst,
            bound: VectorBounds.weight)
    }

    /// A row of a tensor as floats; nil where there is none.
    private func row(_ index: Int, of name: String) -> [Float]? {
        guard let tensor = tensors[name], let width = tensor.shape.first else { return nil }
        let source = tensor.type.kernelSource
        let rowCount = tensor.shape.dropFirst().reduce(1, *)
        let bytes = bytes(of: tensor)
        guard (0..<rowCount).contains(index), let base = bytes.baseAddress else { return nil }
        return [Float](unsafeUninitializedCapacity: width) { out, initialized in
            guard let out = out.baseAddress else { return }
            kernel_row_expand(
                Int32(source.rawValue), base + index * (bytes.count / rowCount), Int64(width), out)
            initialized = width
        }
    }

    /// Whether all matrices hold floats and none is quantised.
    package var hasFloatWeights: Bool {
        tensors.values.allSatisfy { $0.type.elementsPerBlock == 1 }
    }
}
