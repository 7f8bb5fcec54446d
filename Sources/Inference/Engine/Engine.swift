import CKernels
import Foundation

/// A model in memory and the thread that computes with it.
///
/// Requests from any number of tasks are computed together, ``EngineOptions/sequences`` at a
/// time; more wait in the order they came. A result depends on the request alone, bit for bit:
/// not on the requests beside it, nor on the number of threads.
package final class Engine: Sendable {
    package let options: EngineOptions
    let inbox = Inbox()
    let transformer: Transformer
    /// What the engine may grow to.
    let memory: MemoryPlan
    let tokenizer: Tokenizer
    let guides: FormGuides
    /// The model's chat template, or why it cannot be used.
    let chat: Result<ChatTemplate, ModelError>

    /// Loads a model and starts its threads.
    ///
    /// Takes as long as reading and packing the weights; call it where blocking is allowed.
    ///
    /// - Parameters:
    ///   - modelPath: A GGUF file.
    ///   - options: Sizes and threads.
    /// - Throws: ``ModelError``, naming the place in the file, or what the machine refused.
    package init(modelPath: String, options: EngineOptions) throws(ModelError) {
        let file = try ModelFile(path: modelPath)
        let positions = try options.positions(in: Hyperparameters(file.metadata), modelPath)
        let adapter = try options.adapterPath.map { (path) throws(ModelError) in
            try AdapterFile(path: path, scale: options.adapterScale)
        }
        let plan = try WeightPlan(file, adapter: adapter)
        let tokenizer = try Tokenizer(file.metadata)
        self.tokenizer = tokenizer
        guides = FormGuides(tokenizer)
        chat = Result { () throws(ModelError) in
            try ChatTemplate(file.metadata, tokenizer: tokenizer, family: options.chatFamily)
        }
        let shape = plan.hyperparameters
        let team = try KernelTeam(
            variant: options.variant ?? .best, threads: options.threads,
            isBackground: options.isBackground)
        let workspace = try Workspace(shape, sequences: options.sequences)
        memory = try MemoryPlan(plan, workspace, options, positions: positions)
            .fitted(to: .least(budget: options.memoryByteCountMax), path: modelPath)
        try team.reserve(positions: positions, headWidth: shape.headWidth)
        let model = try Model(plan, contextLength: positions)
        let pages = try PageStore(
            shape, format: options.cacheFormat, pageCount: memory.pageCount)
        transformer = Transformer(model: model, team: team, workspace: workspace, pages: pages)
        self.options = options

        let (inbox, transformer) = (inbox, transformer)
        let thread = Thread {
            if options.isBackground { kernel_thread_make_idle() }
            var loop = EngineLoop(
                inbox: inbox, transformer: transformer, tokenizer: tokenizer, options: options)
            loop.run()
        }
        thread.name = "inference"
        thread.start()
    }

    deinit { inbox.close() }

    /// Fails all requests, present and future, and ends the threads.
    ///
    /// Memory is given back when the step that is being computed is done.
    package func shutdown() { inbox.close() }
}
