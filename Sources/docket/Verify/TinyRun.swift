import Inference

/// The vectors of a tiny model that were recorded with the same settings.
struct TinyRun {
    /// What the vectors call their settings.
    let name: String
    let contextLength: Int?
    /// A file beside the model, and how strongly it is applied.
    let adapter: (file: String, scale: Double)?
    private(set) var vectors: [LogitsVector]

    /// The runs of a file, in its order.
    static func all(_ lines: [JSONLine]) throws(CommandFailure) -> [TinyRun] {
        var runs: [TinyRun] = []
        for line in lines {
            let name = try line.text("case")
            let vector = try line.logits
            if runs.last?.name == name {
                runs[runs.count - 1].vectors.append(vector)
                continue
            }
            runs.append(
                TinyRun(
                    name: name, contextLength: line.has("ctx") ? try line.integer("ctx") : nil,
                    adapter: line.has("lora")
                        ? (try line.text("lora"), try line.number("lora_scale")) : nil,
                    vectors: [vector]))
        }
        return runs
    }

    /// A form of the cache, and what the logits may differ by with it.
    struct Cache {
        let name: String
        let format: CacheFormat
        let bound: Double
    }

    /// With weights and cache of floats the logits have to be exact; fewer bits in either cost
    /// some.
    static func caches(isFloat: Bool) -> [Cache] {
        let quantized = Cache(
            name: "cache of 8 bits", format: .int8, bound: VectorBounds.quantizedLogits)
        let float = Cache(
            name: "cache of floats", format: .float32,
            bound: isFloat ? VectorBounds.floatLogits : VectorBounds.quantizedLogits)
        return [float, quantized]
    }

    func options(
        _ base: EngineOptions, _ format: CacheFormat, _ folder: VectorFolder
    ) -> EngineOptions {
        var options = base
        options.contextLength = contextLength
        options.cacheFormat = format
        options.adapterPath = (adapter?.file).map(folder.file)
        options.adapterScale = Float(adapter?.scale ?? 1)
        return options
    }
}
