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
        for source in KernelMatrixSample.sources {
            for isExtreme in [false, true] {
                let sample = try #require(
                    KernelMatrixSample(
                        source, columns: shape.columns, depth: shape.depth, isExtreme: isExtreme,
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
        if sample.matrix.layout == KERNEL_LAYOUT_F32.rawValue {
            values = (0..<rows * depth).map { Double(x[$0]) }
        }
        // Wider rows than the product's show what is written beside it.
        let stride = columns + 3
        let out = bench.zeros(rows * stride, Float.self)
        for i in 0..<rows * stride { out[i] = 0.5 }
        for accumulate in [false, true] {
            let product = kernel_product(
                matrix: sample.matrix, out: out, stride: Int64(stride), accumulate: accumulate)
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
                    let error = abs(Double(out[row * stride + column]) - sum)
                    try #require(error <= 2e-5 * magnitude + 1e-6, "row \(row), column \(column)")
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
        let (columns, depth, rows) = (50, 192, 300)
        for source in KernelMatrixSample.sources {
            let bench = try #require(KernelBench(variant, threads: 3))
            let lone = try #require(KernelBench(variant, threads: 1))
            let sample = try #require(
                KernelMatrixSample(source, columns: columns, depth: depth, bench: bench))
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
            matrix: sample.matrix, out: out, stride: Int64(columns), accumulate: false)
        kernel_multiply(bench.context, Int64(rows), x, &activations, [product], 1)
        return (0..<rows * columns).map { out[$0].bitPattern }
    }

    @Test(
        "with eight-bit inputs the result is OpenBLAS's within one percent",
        arguments: KernelVariant.available)
    func openBLAS(_ variant: KernelVariant) throws {
        openblas_set_num_threads(1)
        let (columns, depth, rows) = (96, 576, 40)
        let bench = try #require(KernelBench(variant))
        for source in KernelMatrixSample.sources {
            let sample = try #require(
                KernelMatrixSample(source, columns: columns, depth: depth, bench: bench))
            let x = bench.floats(rows * depth)
            let result = multiply(sample, x, rows: rows, bench: bench).map(Float.init(bitPattern:))
            var expected = [Float](repeating: 0, count: rows * columns)
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns),
                Int32(depth), 1, x, Int32(depth), sample.values, Int32(depth), 0, &expected,
                Int32(columns))
            let error = zip(result, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            let size = expected.reduce(0) { $0 + $1 * $1 }
            let bound: Float = sample.matrix.layout == KERNEL_LAYOUT_F32.rawValue ? 1e-6 : 0.01
            #expect((error / size).squareRoot() <= bound, "source \(source.rawValue)")
        }
    }

    @Test(
        "weights that are not finite are refused",
        arguments: KernelMatrixSample.sources.map(\.rawValue))
    func notFinite(_ source: UInt32) throws {
        // The first two bytes of a row are a half: a scale, or an element.
        var row = [UInt8](repeating: 0, count: 128)
        row[1] = 0x7c
        if source == KERNEL_SOURCE_F32.rawValue { row[2...3] = [0x80, 0x7f] }
        if source == KERNEL_SOURCE_BF16.rawValue { row[0...1] = [0x80, 0x7f] }
        let bench = try #require(KernelBench(.portable))
        let layout = kernel_matrix_layout(Int32(source))
        let packed = bench.zeros(kernel_matrix_byte_count(layout, 1, 32), UInt8.self)
        #expect(!kernel_matrix_pack(Int32(source), row, 128, 1, 32, 0, 1, packed))
    }
}
