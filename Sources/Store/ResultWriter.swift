import Domain
import Postgres

/// Stores results; those that come while others are being stored go together in one transaction.
///
/// Nothing waits for company: a lone result is stored at once.
package actor ResultWriter {
    private struct Waiting {
        let finished: FinishedJob
        let answer: CheckedContinuation<Result<Bool, StoreError>, Never>
    }

    private let store: Store
    private var waiting: [Waiting] = []
    private var isWriting = false

    package init(store: Store) { self.store = store }

    /// Stores a result and takes its job out of the queue, as ``Store/finish(_:)`` does.
    ///
    /// What was made is stored though the caller is cancelled meanwhile.
    ///
    /// - Returns: False when the claim is not held any more; nothing changed then.
    /// - Throws: ``StoreError/database(_:)``; where data is at fault, this result's own.
    package func finish(_ finished: FinishedJob) async throws(StoreError) -> Bool {
        let result = await withCheckedContinuation { answer in
            waiting.append(Waiting(finished: finished, answer: answer))
            guard !isWriting else { return }
            isWriting = true
            Task { await write() }
        }
        return try result.get()
    }

    private func write() async {
        while !waiting.isEmpty {
            let together = Array(waiting.prefix(Limits.resultsMax))
            waiting.removeFirst(together.count)
            await write(together)
        }
        isWriting = false
    }

    private func write(_ together: [Waiting]) async {
        do throws(StoreError) {
            let held = try await store.held(together.map(\.finished))
            for one in together {
                one.answer.resume(returning: .success(held.contains(one.finished.job.id.value)))
            }
        } catch {
            guard together.count > 1, case .database(let cause) = error, cause.isAboutData else {
                for one in together { one.answer.resume(returning: .failure(error)) }
                return
            }
            // One of them is to blame; the others are not to go with it.
            for one in together { await write([one]) }
        }
    }
}
