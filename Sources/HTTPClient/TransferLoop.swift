import CCurl
import Synchronization

/// The work of the client's thread: starts, drives, pauses and ends transfers.
///
/// Requests wait here, and not within libcurl, for their turn at a host: there, waiting would
/// count as connecting.
final class TransferLoop {
    typealias Instant = ContinuousClock.Instant

    private struct Waiting {
        let transfer: Transfer
        let sink: Sink
        let since: Instant
    }

    private let multi: UnsafeMutableRawPointer
    private let shares: Shares
    private let connectionsPerHostMax: Int
    private var active: [UnsafeMutableRawPointer: ActiveTransfer] = [:]
    private var handles: [ObjectIdentifier: UnsafeMutableRawPointer] = [:]
    private var activeCounts: [Origin: Int] = [:]
    private var waiting: [Origin: [Waiting]] = [:]

    var multiBits: UInt { UInt(bitPattern: multi) }

    init?(_ options: HTTPClientOptions) {
        guard let multi = curl_multi_init() else { return nil }
        docket_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Limits.idleConnectionsMax)
        self.multi = multi
        shares = Shares(keepsCookies: options.keepsCookies)
        connectionsPerHostMax = max(1, options.connectionsPerHostMax)
    }

    deinit { curl_multi_cleanup(multi) }

    /// Works until told to close, then ends what is left.
    func run(_ takeCommands: () -> (commands: [Engine.Command], isClosing: Bool)) {
        while true {
            let (commands, isClosing) = takeCommands()
            for command in commands { obey(command) }
            if isClosing { break }
            var runningCount: Int32 = 0
            curl_multi_perform(multi, &runningCount)
            endDone()
            endOverdue(.now)
            // What was freed by an ending may start at once, without a sleep between.
            let hasStarted = startWaiting(.now)
            let isIdle = active.isEmpty && waiting.isEmpty
            let sleep = isIdle ? Limits.idlePollInterval : Limits.pollInterval
            curl_multi_poll(multi, nil, 0, hasStarted ? 0 : Int32(sleep / .milliseconds(1)), nil)
        }
        for transfer in active.values { end(transfer, .failed(.closed)) }
        for queue in waiting.values { for one in queue { one.sink.fail(.closed) } }
        waiting = [:]
    }

    private func obey(_ command: Engine.Command) {
        switch command {
        case .start(let transfer, let sink):
            guard !transfer.isCancelled.load(ordering: .acquiring) else {
                return sink.fail(.cancelled)
            }
            let origin = transfer.request.address.origin
            if activeCounts[origin, default: 0] < connectionsPerHostMax {
                begin(transfer, sink, waited: .zero)
            } else {
                waiting[origin, default: []].append(
                    Waiting(transfer: transfer, sink: sink, since: .now))
            }
        case .resume(let transfer):
            guard let handle = handles[ObjectIdentifier(transfer)], let one = active[handle]
            else { return }
            // Gives out what was held back, so that a refusal may come from here.
            let code = curl_easy_pause(handle, CURLPAUSE_CONT)
            if code != CURLE_OK { end(one, .done(code)) }
        case .cancel(let transfer):
            cancel(transfer)
        }
    }

    private func begin(_ transfer: Transfer, _ sink: Sink, waited: Duration) {
        let origin = transfer.request.address.origin
        guard let share = shares[origin],
            let one = ActiveTransfer(transfer, sink, share: share, waited: waited)
        else {
            return sink.fail(
                .badRequest(
                    url: transfer.request.address.place, reason: "libcurl does not take it"))
        }
        active[one.handle] = one
        handles[ObjectIdentifier(transfer)] = one.handle
        activeCounts[origin, default: 0] += 1
        let code = curl_multi_add_handle(multi, one.handle)
        if code != CURLM_OK {
            end(
                one,
                .failed(
                    .badRequest(
                        url: transfer.request.address.place, reason: "libcurl does not take it")))
        }
    }

    /// Begins what waits for a host that has room again.
    private func startWaiting(_ now: Instant) -> Bool {
        var hasStarted = false
        for (origin, queue) in waiting {
            let room = connectionsPerHostMax - activeCounts[origin, default: 0]
            guard room > 0 else { continue }
            let rest = Array(queue.dropFirst(room))
            waiting[origin] = rest.isEmpty ? nil : rest
            for one in queue.prefix(room) {
                begin(one.transfer, one.sink, waited: now - one.since)
                hasStarted = true
            }
        }
        return hasStarted
    }

    private func endDone() {
        var code = CURLE_OK
        while let handle = docket_curl_next_done(multi, &code) {
            guard let transfer = active[handle] else { continue }
            end(transfer, .done(code))
        }
    }

    private func endOverdue(_ now: Instant) {
        for (origin, queue) in waiting {
            let isOverdue: (Waiting) -> Bool = {
                now - $0.since >= $0.transfer.request.options.totalTimeout
            }
            guard queue.contains(where: isOverdue) else { continue }
            let rest = queue.filter { !isOverdue($0) }
            waiting[origin] = rest.isEmpty ? nil : rest
            for one in queue where isOverdue(one) {
                let request = one.transfer.request
                one.sink.fail(
                    .timedOut(
                        .total, after: request.options.totalTimeout, url: request.address.place))
            }
        }
    }

    private func cancel(_ transfer: Transfer) {
        if let handle = handles[ObjectIdentifier(transfer)], let one = active[handle] {
            return end(one, .failed(.cancelled))
        }
        let origin = transfer.request.address.origin
        guard let index = waiting[origin]?.firstIndex(where: { $0.transfer === transfer })
        else { return }
        waiting[origin]?.remove(at: index).sink.fail(.cancelled)
        if waiting[origin]?.isEmpty == true { waiting[origin] = nil }
    }

    private func end(_ one: ActiveTransfer, _ ending: ActiveTransfer.Ending) {
        let origin = one.transfer.request.address.origin
        curl_multi_remove_handle(multi, one.handle)
        active[one.handle] = nil
        handles[ObjectIdentifier(one.transfer)] = nil
        let count = activeCounts[origin, default: 1] - 1
        activeCounts[origin] = count > 0 ? count : nil
        one.finish(ending)
    }
}
