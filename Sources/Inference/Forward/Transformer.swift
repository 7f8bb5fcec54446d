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

    /// Residual += attention(norm(residual)).
    private func attend(_ index: Int, _ batch: Batch) {
        let layer = model.layers[index]
        let rows = batch.count
        let queryWidth = shape.headCount * shape.headWidth
        let keyValueWidth = shape.keyValueHeadCount * shape.headWidth
        let projections = [layer.query, layer.key, layer.value]
        norm(layer.attentionNorm, rows: rows, for: projections)
        multiply(
            [
                layer.query.product(into: workspace.queries.base, stride: queryWidth),
                layer.key.product(into: workspace.keys.base, stride: keyValueWidth),
                layer.value.product(into: workspace.values.base, stride: keyValueWidth),
            ], rows: rows, depth: shape.width, floats: workspace.floats.base)

        var attention = attention(index)
        kernel_attention_store(
            team.raw, &attention, Int64(rows), batch.places, batch.pageTable,
            workspace.queries.base, workspace.keys.base, workspace.values.base)
        kernel_attention_attend(
            team.raw, &attention, Int64(batch.tiles.count), batch.tiles, batch.places,
            batch.pageTable, workspace.queries.base, workspace.attention.base,
            Int64(batch.positionsMax))

        let output = layer.attentionOutput
        if output.takesBlocks {
            var activations = workspace.activations.view(rows: rows, depth: queryWidth)
            kernel_gate(
                team.raw, Int64(rows), Int64(queryWidth), Int32(KERNEL_ACTIVATION_NONE.rawValue),
                workspace.attention.base, nil, nil, &activations)
        }
        multiply(
            [output.product(into: workspace.residual.base, stride: shape.width, accumulate: true)],
            rows: rows, depth: queryWidth, floats: workspace.attention.base)
    }

    /// Residual += down(silu(gate(x)) * up(x)) with x = norm(residual).
    private func feedForward(_ layer: LayerWeights, rows: Int) {
        let width = shape.feedForwardWidth
        let activation = Int32(KERNEL_ACTIVATION_SILU.rawValue)
        norm(layer.feedForwardNorm, rows: rows, for: [layer.gate, layer.up])
        multiply(
            [
                layer.gate.product(into: workspace.gate.base, stride: width),
                layer.up.product(into: workspace.up.base, stride: width),
            ], rows: rows, depth: shape.width, floats: workspace.floats.base)
        if layer.down.takesBlocks {
            var activations = workspace.activations.view(rows: rows, depth: width)
            kernel_gate(
                team.raw, Int64(rows), Int64(width), activation, workspace.gate.base,
                workspace.up.base, nil, &activations)
        } else {
            kernel_gate(
                team.raw, Int64(rows), Int64(width), activation, workspace.gate.base,
                workspace.up.base, workspace.gate.base, nil)
        }
        multiply(
            [
                layer.down.product(
                    into: workspace.residual.base, stride: shape.width, accumulate: true)
            ], rows: rows, depth: width, floats: workspace.gate.base)
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
            rows: wanted.count, depth: shape.width, floats: workspace.floats.base)
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
        _ products: [kernel_product], rows: Int, depth: Int, floats: UnsafePointer<Float>
    ) {
        guard products.contains(where: { $0.matrix.layout != KERNEL_LAYOUT_F32.rawValue }) else {
            kernel_multiply(team.raw, Int64(rows), floats, nil, products, Int32(products.count))
            return
        }
        var activations = workspace.activations.view(rows: rows, depth: depth)
        kernel_multiply(
            team.raw, Int64(rows), floats, &activations, products, Int32(products.count))
    }

    private func attention(_ layer: Int) -> kernel_attention {
        kernel_attention(
            format: pages.format.rawValue, heads: Int32(shape.headCount),
            kv_heads: Int32(shape.keyValueHeadCount),
            head_width: Int32(shape.headWidth), rope_width: Int32(shape.ropeWidth),
            rope_kind: Int32(KERNEL_ROPE_ADJACENT.rawValue),
            scale: 1 / Float(shape.headWidth).squareRoot(), window: 0, query_norm: nil,
            key_norm: nil, norm_epsilon: shape.normEpsilon, rope_table: model.rope.pairs.base,
            pages: pages.base(ofLayer: layer), page_byte_count: pages.pageByteCount)
    }
}
