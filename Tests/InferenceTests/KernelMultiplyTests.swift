import CKernels
import COpenBLAS
import Inference
import Testing

/// Products against sums in double precision, and rows against themselves in other company.
@Suite("Kernel multiply")
struct KernelMultiplyTests {
    struct Shape: CustomTestStringConvertible {
        let columns: Int
        let depth: Int
        var testDescription: String { "\(columns) x \(depth)" }
    }

    static let shapes = [
        Shape(columns: 1, depth: 32), Shape(columns: 15, depth: 64), Shape(columns: 16, depth: 96),
        Shape(columns: 33, depth: 576), Shape(columns: 100, depth: 1536),
    ]

    @Test(
        "a product is the sum of its terms, for every number of rows and any shape",
        arguments: KernelVariant.available, shapes)
    func products(_ variant: KernelVariant, _ shape: Shape) throws {
        let bench = try #require(KernelBench(variant))
        for type in ElementType.allCases {
            for isExtreme in [false, true] {
                let sample = try #require(
                    KernelMatrixSample(
                        type, columns: shape.columns, depth: shape.depth, isExtreme: isExtreme,
                        bench: bench))
                for rows in 1...17 {
                    try check(sample, rows: rows, isExtreme: isExtreme, bench: bench)
                }
            }
        }
    }

    private func check(
        _ sample: KernelMatrixSample, rows: Int, isExtreme: Bool, bench: KernelBench
    ) throws {
        let (columns, depth) = (Int(sample.matrix.columns), Int(sample.matrix.depth))
        let x = bench.floats(rows * depth)
        if isExtreme { for i in 0..<rows * depth { x[i] = x[i] < 0 ? -1 : 1 } }
        var (activations, values) = bench.quantize(x, rows: rows, depth: depth)
        if sample.takesFloats {
            values = (0..<rows * depth).map { Double(x[$0]) }
        }
        // Wider rows than the product's show what is written beside it.
        let stride = columns + 3
        let out = bench.zeros(rows * stride, Float.self)
        for i in 0..<rows * stride { out[i] = 0.5 }
        let bias = bench.floats(columns)
        // Products of two scales are rounded to 11 bits, each by itself.
        let tolerance = sample.type.elementsPerBlock == 256 ? 1e-3 : 2e-5
        for (accumulate, hasBias) in [(false, false), (true, true), (false, true)] {
            let product = kernel_product(
                matrix: sample.matrix, out: out, stride: Int64(stride),
                bias: hasBias ? bias : nil, accumulate: accumulate)
            kernel_multiply(bench.context, Int64(rows), x, &activations, [product], 1)
            for row in 0..<rows {
                for column in 0..<columns {
                    var (sum, magnitude) = (0.0, 0.0)
                    for k in 0..<depth {
                        let term =
                            values[row * depth + k]
                            * Double(sample.values[column * depth + k])
                        sum += term
                        magnitude += abs(term)
                    }
                    if accumulate { sum *= 2 }
                    if hasBias { sum += Double(bias[column]) }
                    let error = abs(Double(out[row * stride + column]) - sum)
                    try #require(
                        error <= tolerance * magnitude + 1e-6,
                        "\(sample.type), row \(row), column \(column)")
                }
                for beside in columns..<stride {
                    try #require(out[row * stride + beside] == 0.5)
                }
            }
        }
    }

    @Test(
        "a row has the same bits alone and among others, on one thread and three",
        arguments: KernelVariant.available)
    func sameBits(_ variant: KernelVariant) throws {
        let (columns, depth, rows) = (50, 256, 300)
        for type in ElementType.allCases {
            let bench = try #require(KernelBench(variant, threads: 3))
            let lone = try #require(KernelBench(variant, threads: 1))
            let sample = try #require(
                KernelMatrixSample(type, columns: columns, depth: depth, bench: bench))
            let x = bench.floats(rows * depth)
            let together = multiply(sample, x, rows: rows, bench: bench)
            for row in [0, 1, 7, 8, 127, 128, 299] {
                let alone = multiply(sample, x + row * depth, rows: 1, bench: lone)
                #expect(alone == Array(together[row * columns..<(row + 1) * columns]))
            }
        }
    }

    private func multiply(
        _ sample: KernelMatrixSample, _ x: UnsafePointer<Float>, rows: Int, bench: KernelBench
    ) -> [UInt32] {
        let (columns, depth) = (Int(sample.matrix.columns), Int(sample.matrix.depth))
        var activations = bench.quantize(x, rows: rows, depth: depth).activations
        let out = bench.zeros(rows * columns, Float.self)
        let product = kernel_product(
            matrix: sample.matrix, out: out, stride: Int64(columns), bias: nil,
            accumulate: false)
        kernel_multiply(bench.context, Int64(rows), x, &activations, [product], 1)
        return (0..<rows * columns).map { out[$0].bitPattern }
    }

    @Test(
        "with eight-bit inputs the result is OpenBLAS's within one percent",
        arguments: KernelVariant.available)
    func openBLAS(_ variant: KernelVariant) throws {
        openblas_set_num_threads(1)
        let (columns, depth, rows) = (96, 768, 40)
        let bench = try #require(KernelBench(variant))
        for type in ElementType.allCases {
            let sample = try #require(
                KernelMatrixSample(type, columns: columns, depth: depth, bench: bench))
            let x = bench.floats(rows * depth)
            let result = multiply(sample, x, rows: rows, bench: bench).map(Float.init(bitPattern:))
            var expected = [Float](repeating: 0, count: rows * columns)
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns),
                Int32(depth), 1, x, Int32(depth), sample.values, Int32(depth), 0, &expected,
                Int32(columns))
            let error = zip(result, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            let size = expected.reduce(0) { $0 + $1 * $1 }
            let bound: Float = sample.takesFloats ? 1e-6 : 0.01
            #expect((error / size).squareRoot() <= bound, "\(type)")
        }
    }

    @Test(
        "weights that are not finite are refused",
        arguments: ElementType.allCases)
    func notFinite(_ type: ElementType) throws {
        let place =
            KernelMatrixSample.halves(type).first ?? (type.bytesPerBlock == 4 ? 2 : 0)
        let infinity: [UInt8] = type == .f32 || type == .bf16 ? [0x80, 0x7f] : [0, 0x7c]
        var row = [UInt8](repeating: 0, count: 32 * 8 * 4)
        #expect(pack(row, of: type))
        row.replaceSubrange(place..<place + 2, with: infinity)
        #expect(!pack(row, of: type))
    }

    @Test(
        "a product of scales too large for a half is refused", arguments: [ElementType.q4_k, .q6_k])
    func overflow(_ type: ElementType) {
        // A scale of 1024 times 63, and times 64.
        var row = [UInt8](repeating: 0, count: type.bytesPerBlock)
        let place = type == .q4_k ? 0 : 208
        row.replaceSubrange(place..<place + 2, with: [0, 0x64])
        let factors = type == .q4_k ? 4..<5 : 192..<193
        row.replaceSubrange(factors, with: [63])
        #expect(pack(row, of: type))
        row[place + 1] = 0x68
        #expect(!pack(row, of: type))
    }

    private func pack(_ row: [UInt8], of type: ElementType) -> Bool {
        let source = Int32(type.kernelSource.rawValue)
        let layout = kernel_matrix_layout(source)
        var packed = [UInt8](repeating: 0, count: kernel_matrix_byte_count(layout, 1, 256))
        return kernel_matrix_pack(source, row, row.count, 1, 256, 0, 1, &packed)
    }
}
