extension EngineLoop {
    /// Follows the labels behind the computed prompt and completes a scoring.
    ///
    /// Each path continues the prompt's own pages; the last one, which the path writes to, is
    /// copied. As many paths as there is room for are computed in one step.
    mutating func score(_ session: Session) {
        guard case .score(let labels, let completion) = session.request.work,
            var sums = session.labelSums
        else { return }
        let prompt = session.request.prompt.count
        let shared = prompt / Page.positions
        // The sequence's own spare pages serve the first path, so that one can always be
        // computed, however full the cache is.
        var spare = [Array(session.pages[shared...].dropFirst())]
        let span = (labels.map(\.count).max() ?? 1) - 1
        let pagesEach = Page.count(positions: prompt + span) - shared
        let paths = LabelPaths(labels).paths
        var next = 0
        while next < paths.count {
            var batch = Batch()
            let first = next
            while next < paths.count {
                let inputs = paths[next].inputs
                let room = transformer.workspace.logitRowsMax - batch.wanted.count
                guard inputs.count <= room,
                    batch.count + inputs.count <= transformer.workspace.rowsMax
                else { break }
                if next - first == spare.count {
                    guard let more = pool.take(pagesEach) else { break }
                    spare.append(more)
                }
                let own = spare[next - first]
                if !prompt.isMultiple(of: Page.positions), let target = own.first {
                    transformer.pages.copy(session.pages[shared], to: target)
                }
                batch.append(
                    inputs, position: prompt, pages: session.pages[..<shared] + own, wantedFrom: 0)
                next += 1
            }
            guard !batch.isEmpty else { break }
            let logits = Logits(transformer, batch, needsSums: true)
            var row = 0
            for path in paths[first..<next] {
                for label in path.labels {
                    for (offset, token) in labels[label].dropFirst().enumerated() {
                        sums[label] += logits.logProbability(of: token, row: row + offset)
                    }
                }
                row += path.inputs.count
            }
        }
        for pages in spare.dropFirst() { pool.release(pages) }
        completion(sums.allSatisfy(\.isFinite) ? .success(sums) : .failure(.notFinite))
    }
}
