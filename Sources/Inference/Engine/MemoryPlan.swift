/// Bytes an engine needs, known before any of them is taken.
package struct MemoryPlan: Equatable, Sendable {
    /// Packed weights, with the vectors and rotations beside them.
    package let weightByteCount: Int
    /// Intermediate results of one step, and what attention needs beside them.
    package let workspaceByteCount: Int
    /// A page of the cache of keys and values, in all layers.
    package let pageByteCount: Int
    /// Pages of the cache.
    package private(set) var pageCount: Int
    /// Pages of the smallest cache that is of use: one full context, and a page to copy to.
    private let leastPageCount: Int

    /// What an engine would need with a file; nothing of it is taken.
    ///
    /// - Parameters:
    ///   - file: The model.
    ///   - options: Sizes and threads; no adapter, which needs no memory of its own.
    /// - Throws: ``ModelError``, naming the key or tensor.
    package init(_ file: ModelFile, _ options: EngineOptions) throws(ModelError) {
        let plan = try WeightPlan(file, adapter: nil)
        let shape = plan.hyperparameters
        // What is never written takes no memory: making one costs nothing.
        try self.init(
            plan, Workspace(shape, sequences: options.sequences), options,
            positions: options.positions(in: shape, file.path))
    }

    /// A plan with a cache for as many full contexts as there are sequences.
    init(
        _ plan: WeightPlan, _ workspace: Workspace, _ options: EngineOptions, positions: Int
    ) throws(ModelError) {
        let shape = plan.hyperparameters
        weightByteCount = try plan.byteCount(positions: positions)
        workspaceByteCount =
            workspace.byteCount
            + KernelTeam.reserveByteCount(
                threads: options.threads, positions: positions, headWidth: shape.headWidth)
        pageByteCount =
            PageStore.pageByteCount(shape, options.cacheFormat) * shape.layerCount
        leastPageCount = Page.count(positions: positions) + 1
        pageCount = leastPageCount * options.sequences
    }

    /// Bytes the cache can grow to; what was never written takes no memory.
    package var cacheByteCount: Int {
        let (bytes, overflow) = pageCount.multipliedReportingOverflow(by: pageByteCount)
        return overflow ? .max : bytes
    }

    /// Bytes of everything; the greatest number if a hostile file asks for more.
    package var byteCount: Int {
        [weightByteCount, workspaceByteCount, cacheByteCount].reduce(0) {
            let (sum, overflow) = $0.addingReportingOverflow($1)
            return overflow ? .max : sum
        }
    }

    /// The same plan with as many pages as a bound allows.
    ///
    /// - Parameters:
    ///   - bound: What is allowed; nil: anything.
    ///   - path: The model's file, for the error.
    /// - Returns: A plan within the bound.
    /// - Throws: ``ModelError/doesNotFit(path:needed:bound:)`` when not one context fits.
    func fitted(to bound: MemoryBound?, path: String) throws(ModelError) -> Self {
        guard let bound else { return self }
        var plan = self
        let rest = bound.byteCount - weightByteCount - workspaceByteCount
        plan.pageCount = min(pageCount, max(0, rest) / pageByteCount)
        guard plan.pageCount >= leastPageCount else {
            plan.pageCount = leastPageCount
            throw .doesNotFit(path: path, needed: plan.byteCount, bound: bound)
        }
        return plan
    }
}

/// How much memory there is, and who says so.
package enum MemoryBound: Equatable, Sendable {
    /// The configured budget.
    case budget(Int)
    /// What the machine, or the control group the process is in, has left.
    case machine(Int)

    package var byteCount: Int {
        switch self {
        case .budget(let count), .machine(let count): count
        }
    }

    /// The tighter of a budget and what the machine has; nil when neither is known.
    static func least(budget: Int?) -> Self? {
        [budget.map(Self.budget), MachineMemory().availableByteCount.map(Self.machine)]
            .compactMap(\.self).min { $0.byteCount < $1.byteCount }
    }
}

extension MemoryBound: CustomStringConvertible {
    package var description: String {
        switch self {
        case .budget(let count): "allowed are \(count)"
        case .machine(let count): "the machine has \(count) left"
        }
    }
}
