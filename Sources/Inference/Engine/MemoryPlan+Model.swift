extension MemoryPlan {
    /// What an engine would need for a model; its weights are not read to know.
    ///
    /// - Parameters:
    ///   - file: The model.
    ///   - options: As the engine would have them.
    /// - Throws: ``ModelError`` when docket cannot run the model.
    package init(_ file: ModelFile, options: EngineOptions) throws(ModelError) {
        let weights = try WeightPlan(file, adapter: nil)
        let shape = weights.hyperparameters
        let team = try KernelTeam(
            variant: options.variant ?? .best, threads: options.threads,
            isBackground: options.isBackground)
        try self.init(
            weights,
            positions: min(
                options.contextLength ?? Limits.contextLengthDefault, shape.contextLength),
            options: options, team: team,
            // What is never written takes no memory: making one costs nothing.
            workspace: Workspace(shape, sequences: options.sequences))
    }

    /// The plan of an engine whose threads and intermediate results are there already.
    init(
        _ weights: WeightPlan, positions: Int, options: EngineOptions, team: KernelTeam,
        workspace: Workspace
    ) throws(ModelError) {
        let shape = weights.hyperparameters
        self.init(
            weightByteCount: try weights.byteCount(positions: positions),
            workspaceByteCount: workspace.byteCount
                + team.reserveByteCount(positions: positions, headWidth: shape.headWidth),
            pageByteCount: PageStore.pageByteCount(shape, options.cacheFormat)
                * shape.layerCount,
            positions: positions, sequences: options.sequences)
    }
}

extension Workspace {
    /// Room for the steps of so many sequences.
    init(_ shape: Hyperparameters, sequences: Int) throws(ModelError) {
        try self.init(
            shape, rows: max(Limits.stepRows, sequences), logitRows: Limits.logitRows + sequences)
    }
}
