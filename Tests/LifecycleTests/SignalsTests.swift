import Glibc
import Lifecycle
import Testing

/// Serialized: signals belong to the whole process.
@Suite("Signals", .serialized, .timeLimit(.minutes(5)))
struct SignalsTests {
    @Test("gives a signal of the process instead of letting it end, from the call on")
    func signal() async {
        for _ in 0..<20 {
            var signals = Signals.stream(of: [SIGUSR1]).makeAsyncIterator()
            // Before there is anybody to take it, and while somebody waits.
            for _ in 0..<2 {
                kill(getpid(), SIGUSR1)
                #expect(await signals.next() == SIGUSR1)
            }
        }
    }

    @Test("tells signals apart, in the order they came")
    func order() async {
        var signals = Signals.stream(of: [SIGUSR2, SIGWINCH]).makeAsyncIterator()
        for number in [SIGWINCH, SIGUSR2, SIGUSR2, SIGWINCH] {
            kill(getpid(), number)
            #expect(await signals.next() == number)
        }
    }

    @Test("gives a signal to everybody who listens for it")
    func several() async {
        let streams = [Signals.stream(of: [SIGURG]), Signals.stream(of: [SIGURG])]
        kill(getpid(), SIGURG)
        for stream in streams {
            var signals = stream.makeAsyncIterator()
            #expect(await signals.next() == SIGURG)
        }
    }

    @Test("makes a write to a closed pipe an error")
    func brokenPipe() {
        Signals.ignoreBrokenPipes()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        close(ends[0])
        #expect(write(ends[1], "x", 1) == -1)
        #expect(errno == EPIPE)
        close(ends[1])
    }
}
