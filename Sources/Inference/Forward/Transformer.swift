import CKernels

/// The forward pass: tokens in, logits out, keys and values into their pages.
///
/// A row's logits depend on its tokens and positions alone, bit for bit: not on what else is in
/// the batch, nor on how a prompt was cut into steps, nor on the number of threads.
struct Transformer: Sendable {
    let model: Model
    let team: KernelTeam
    let workspace: Workspace
    let pages: PageStore

    private var shape: Hyperparameters { model.hyperparameters }

    /// Runs one step.
    ///
    /// - Returns: Logits of the wanted rows, shape (wanted, vocabularyCount), valid until the
    ///   next step.
    /// - Precondition: The batch fits the workspace, and its positions the context.
    func forward(_ batch: Batch) -> UnsafeBufferPointer<Float> {
        precondition(batch.count <= workspace.rowsMax)
        precondition(batch.wanted.count <= workspace.logitRowsMax)
        precondition(batch.positionsMax <= model.contextLength)
        for (row, token) in batch.tokens.enumerated() {
            model.embed(token, into: workspace.residual.base + row * shape.width)
        }
        for layer in model.layers.indices {
            attend(layer, batch)
            feedForward(model.layers[layer], rows: batch.count)
        }
        return head(batch.wanted)
    }

    /// Residual += attention(norm(residual)), normed if the layer does so.
    private func attend(_ index: Int, _ batch: Batch) {
        let layer = model.layers[index]
        let rows = batch.count
        let (queryWidth, keyValueWidth) = (shape.queryWidth, shape.keyValueWidth)
        norm(layer.attentionNorm, rows: rows, for: [layer.query, layer.key, layer.value])
        multiply(
            [
                layer.query.product(into: workspace.queries.base, stride: queryWidth),
                layer.key.product(into: workspace.keys.base, stride: keyValueWidth),
                layer.value.product(into: workspace.values.base, stride: keyValueWidth),
            ], rows: rows, depth: shape.width, floats: workspace.floats.base,
            workspace.activations)

        var attention = attention(index)
        kernel_attention_store(
            team.raw, &attention, Int64(rows), batch.places, batch.pageTable,
            workspace.queries.base, workspace.keys.base, workspace.values.base)
        kernel_attention_attend(
            team.raw, &attention, Int64(batch.tiles.count), batch.tiles, batch.places,
            batch.pageTable, workspace.queries.base, workspace.attention.base,
            Int64(batch.positionsMax))

        if layer.attentionOutput.takesBlocks {
            var activations = workspace.activations.view(rows: rows, depth: queryWidth)
            kernel_quantize(team.raw, workspace.attention.base, &activations)
        }
        addToResidual(
            layer.attentionOutput, of: workspace.attention.base, workspace.activations,
            rows: rows, norm: layer.attentionPostNorm)
    }

    /// Residual += down(activation(gate(x)) * up(x)) with x = norm(residual), normed if the
    /// layer does so.
    private func feedForward(_ layer: LayerWeights, rows: Int) {
        norm(layer.feedForwardNorm, rows: rows, for: [layer.gate, layer.up])
        let activation =
            switch shape.architecture.activation {
            case .silu: KERNEL_ACTIVATION_SILU
            case .gelu: KERNEL_ACTIVATION_GELU
            }
        let (gate, up, down) = (layer.gate, layer.up, layer.down)
        var gated = kernel_gated(
            gate: gate.raw, up: up.raw, gate_bias: gate.bias?.base, up_bias: up.bias?.base,
            activation: Int32(activation.rawValue), floats: nil, quantized: nil)
        if !down.takesBlocks { gated.floats = workspace.gated.base }
        var inputs = workspace.activations.view(rows: rows, depth: shape.width)
        let outputs = workspace.gatedActivations.view(rows: rows, depth: shape.feedForwardWidth)
        withUnsafePointer(to: outputs) { outputs in
            if down.takesBlocks { gated.quantized = outputs }
            kernel_multiply_gated(
                team.raw, Int64(rows), workspace.floats.base, &inputs, &gated)
        }
        addToResidual(
            down, of: workspace.gated.base, workspace.gatedActivations, rows: rows,
            norm: layer.feedForwardPostNorm)
    }

    /// Residual += matrix(inputs), normed first if there is a norm.
    ///
    /// The matrix reads `floats` or `activations`, whichever form it takes.
    private func addToResidual(
        _ matrix: Matrix, of floats: UnsafePointer<Float>, _ activations: Activations, rows: Int,
        norm: Vector?
    ) {
        let target = norm == nil ? workspace.residual.base : workspace.branch.base
        let product = matrix.product(into: target, stride: shape.width, accumulate: norm == nil)
        multiply([product], rows: rows, depth: matrix.depth, floats: floats, activations)
        guard let norm else { return }
        kernel_norm_add(
            team.raw, Int64(rows), Int64(shape.width), target, norm.base, shape.normEpsilon,
            workspace.residual.base)
    }

    /// Logits of the wanted rows of the residual stream.
    private func head(_ wanted: [Int]) -> UnsafeBufferPointer<Float> {
        let logits = workspace.logits.base
        guard !wanted.isEmpty else { return UnsafeBufferPointer(start: logits, count: 0) }
        let residual = workspace.residual.base
        // Ascending, so that a row is never overwritten before it has moved down.
        for (row, from) in wanted.enumerated() where row != from {
            (residual + row * shape.width).update(
                from: residual + from * shape.width, count: shape.width)
        }
        norm(model.outputNorm, rows: wanted.count, for: [model.head])
        multiply(
            [model.head.product(into: logits, stride: shape.vocabularyCount)],
            rows: wanted.count, depth: shape.width, floats: workspace.floats.base,
            workspace.activations)
        if let cap = shape.logitCap {
            kernel_softcap(
                team.raw, Int64(wanted.count), Int64(shape.vocabularyCount), cap, logits)
        }
        return UnsafeBufferPointer(start: logits, count: wanted.count * shape.vocabularyCount)
    }

    /// Norm of the residual stream, in the forms that `matrices` take.
    private func norm(_ weight: Vector, rows: Int, for matrices: [Matrix]) {
        let floats = matrices.allSatisfy(\.takesBlocks) ? nil : workspace.floats.base
        let (rowCount, width) = (Int64(rows), Int64(shape.width))
        guard matrices.contains(where: \.takesBlocks) else {
            kernel_norm(
                team.raw, rowCount, width, workspace.residual.base, weight.base,
                shape.normEpsilon, floats, nil)
            return
        }
        var activations = workspace.activations.view(rows: rows, depth: shape.width)
        kernel_norm(
            team.raw, rowCount, width, workspace.residual.base, weight.base, shape.normEpsilon,
            floats, &activations)
    }

    private func multiply(
        _ products: [kernel_product], rows: Int, depth: Int, floats: UnsafePointer<Float>,
        _ activations: Activations
    ) {
        var inputs = activations.view(rows: rows, depth: depth)
        kernel_multiply(team.raw, Int64(rows), floats, &inputs, products, Int32(products.count))
    }

    private func attention(_ index: Int) -> kernel_attention {
        let layer = model.layers[index]
        let pairing =
            switch shape.architecture.ropePairing {
            case .adjacent: Int32(KERNEL_ROPE_ADJACENT.rawValue)
            case .halves: Int32(KERNEL_ROPE_HALVES.rawValue)
            }
        return kernel_attention(
            format: pages.format.rawValue, heads: Int32(shape.headCount),
            kv_heads: Int32(shape.keyValueHeadCount),
            head_width: Int32(shape.headWidth), rope_width: Int32(shape.rope.width),
            rope_kind: pairing, scale: shape.attentionScale,
            window: Int32(shape.windows[index]), query_norm: layer.queryNorm?.base,
            key_norm: layer.keyNorm?.base, norm_epsilon: shape.normEpsilon,
            rope_table: model.rope(ofLayer: index).pairs.base,
            pages: pages.base(ofLayer: index), page_byte_count: pages.stride)
    }
}
