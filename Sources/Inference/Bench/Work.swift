/// What a computation cannot do without: bytes to read and operations to make.
package struct Work: Equatable, Sendable {
    /// Weights, as the model's file has them, and keys and values, as the cache has them.
    package var bytes = 0.0
    /// Multiplications and additions.
    package var operations = 0.0

    package init() {}
}

/// The sizes of a model that decide how much work a token is.
package struct WorkModel: Equatable, Sendable {
    /// Parameters that every token is multiplied with.
    package let layerParameters: Int
    /// Parameters that a token is multiplied with whose logits are wanted.
    package let headParameters: Int
    package let layerBytes: Int
    package let headBytes: Int
    /// Positions that a token attends to at most, itself included, for each layer; 0: all.
    package let windows: [Int]
    /// Elements of all query heads of a layer.
    package let queryWidth: Int
    /// Bytes of keys and values of one position in one layer.
    package let positionBytes: Int

    package init(
        layerParameters: Int, headParameters: Int, layerBytes: Int, headBytes: Int,
        windows: [Int], queryWidth: Int, positionBytes: Int
    ) {
        (self.layerParameters, self.headParameters) = (layerParameters, headParameters)
        (self.layerBytes, self.headBytes, self.windows) = (layerBytes, headBytes, windows)
        (self.queryWidth, self.positionBytes) = (queryWidth, positionBytes)
    }

    /// The work of computing a prompt of `tokens` tokens, and the logits after it.
    ///
    /// Operations: two for each parameter and token, those of the head for the last token alone,
    /// and four for each element of a query and each position it attends to. Bytes: all weights
    /// once for each step of ``Limits/stepRows`` tokens, and the positions before it.
    package func prefill(tokens: Int) -> Work {
        var work = Work()
        work.operations =
            2 * (Double(layerParameters) * Double(tokens) + Double(headParameters))
            + 4 * Double(queryWidth) * positions(after: 0, count: tokens)
        for step in stride(from: 0, to: tokens, by: Limits.stepRows) {
            let before = step > 0 ? positions(after: step - 1, count: 1) : 0
            work.bytes += Double(layerBytes) + Double(positionBytes) * before
        }
        work.bytes += Double(headBytes)
        return work
    }

    /// The work of `tokens` more tokens for each of `sequences` sequences, that have `context`
    /// positions each; one step computes one token of every sequence.
    ///
    /// Operations: as for a prompt, but the head for every token. Bytes: all weights once for
    /// each step, and the positions that each token attends to.
    package func decode(tokens: Int, sequences: Int, context: Int) -> Work {
        var work = Work()
        let positions = positions(after: context, count: tokens) * Double(sequences)
        work.operations =
            2 * Double(layerParameters + headParameters) * Double(tokens) * Double(sequences)
            + 4 * Double(queryWidth) * positions
        work.bytes =
            Double(tokens) * Double(layerBytes + headBytes) + Double(positionBytes) * positions
        return work
    }

    /// Positions that `count` consecutive tokens behind `context` others attend to, those of all
    /// layers together.
    private func positions(after context: Int, count: Int) -> Double {
        windows.reduce(0) { sum, window in
            // So many tokens see all that is before them; the others see a full window.
            let growing = window == 0 ? count : min(max(window - context, 0), count)
            return sum + Double(growing) * (Double(context) + Double(growing + 1) / 2)
                + Double(count - growing) * Double(window)
        }
    }
}

extension Engine {
    /// What a token of this engine's model costs.
    package var workModel: WorkModel {
        let model = transformer.model
        let matrices = model.file.tensors.values.filter { $0.shape.count == 2 }
        let layers = matrices.filter { $0.name.hasPrefix("blk.") }
        let head =
            matrices.first { $0.name == "output.weight" }
            ?? matrices.first { $0.name == "token_embd.weight" }
        let shape = model.hyperparameters
        return WorkModel(
            layerParameters: layers.reduce(0) { $0 + $1.shape.reduce(1, *) },
            headParameters: head?.shape.reduce(1, *) ?? 0,
            layerBytes: layers.reduce(0) { $0 + $1.byteCount }, headBytes: head?.byteCount ?? 0,
            windows: shape.windows, queryWidth: shape.queryWidth,
            positionBytes: transformer.pages.pageByteCount / Page.positions)
    }
}
