/// One row of float weights, read-only once it is made.
struct Vector: Sendable {
    private let data: Buffer<Float>

    init(_ values: [Float]) throws(ModelError) {
        data = try Buffer(values.count)
        data.base.update(from: values, count: values.count)
    }

    var base: UnsafePointer<Float> { UnsafePointer(data.base) }
    var count: Int { data.count }
}
