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
    struct CacheFormat {
        let name: String
        let bound: Double
    }

    /// Floats have to come out exactly with a cache of floats, and nearly with a smaller one.
    static func cacheFormats(isFloat: Bool) -> [CacheFormat] {
        isFloat
            ? [CacheFormat(name: "f16 cache", bound: 0.006)]
            : [CacheFormat(name: "f16 cache", bound: VectorBounds.quantizedLogits)]
    }

    func options(
        _ base: EngineOptions, _ format: CacheFormat, _ folder: VectorFolder
    ) -> EngineOptions {
        var options = base
        options.contextLength = contextLength ?? Verifier.contextLength
        return options
    }
}
