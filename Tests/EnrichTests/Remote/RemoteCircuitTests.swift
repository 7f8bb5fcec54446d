import Enrich
import Inference
import Testing

@Suite("RemoteModel's circuit", .timeLimit(.minutes(5)))
struct RemoteCircuitTests {
    private func ask(_ model: RemoteModel) async -> EnrichError? {
        do throws(EnrichError) {
            _ = try await model.answer(question, .init(maxTokens: 5))
            return nil
        } catch { return error }
    }

    @Test("after five failures nobody is asked, until one probe finds the server well again")
    func opening() async throws {
        let server = try ChatServer(.error(500, "Down."))
        defer { server.stop() }
        let clock = FixedClock()
        let model = try server.model(time: clock)
        for _ in 0..<5 {
            guard case .remote(.refused)? = await ask(model) else {
                Issue.record("not refused")
                return
            }
        }
        #expect(model.availability(at: clock.now) == Availability(places: 0, isAwaited: true))
        for _ in 0..<10 {
            #expect(
                await ask(model)
                    == .away(.resting(url: "\(server.url)/chat/completions"), for: .seconds(1)))
        }
        #expect(server.asked.count == 5)

        clock.advance(.seconds(1))
        #expect(model.availability(at: clock.now).places == 1)
        // Known to be ill, so that it is not held against the document.
        guard case .away(.refused(_, 500, _, _), .seconds(2))? = await ask(model) else {
            Issue.record("the probe's failure counts")
            return
        }
        #expect(server.asked.count == 6)
        clock.advance(.seconds(2))
        server.script(.chat("Well."))
        #expect(await ask(model) == nil)
        #expect(model.availability(at: clock.now) == Availability(places: 4))
    }

    static let pauses: [(String, Duration)] = [
        ("20", .seconds(20)), ("Thu, 15 Jan 2026 08:00:30 GMT", .seconds(30)),
        ("nonsense", .seconds(1)), ("-3", .seconds(1)), ("0", .seconds(1)),
    ]

    @Test("a server that asks for a pause gets it", arguments: pauses)
    func retryAfter(_ header: String, _ pause: Duration) async throws {
        let server = try ChatServer(.error(429, "Slowly.", headers: [("Retry-After", header)]))
        defer { server.stop() }
        let clock = FixedClock()
        let model = try server.model(time: clock)
        guard case .away(.refused(_, 429, _, _), let wait)? = await ask(model) else {
            Issue.record("not away")
            return
        }
        #expect(wait == pause)
    }

    @Test("a key that is refused stops all requests at once, and is not waited for")
    func key() async throws {
        let server = try ChatServer(.error(401, "No."))
        defer { server.stop() }
        let clock = FixedClock()
        let model = try server.model(key: "k", time: clock)
        _ = await ask(model)
        #expect(model.availability(at: clock.now) == Availability(places: 0, isAwaited: false))
        _ = await ask(model)
        #expect(server.asked.count == 1)
    }

    @Test("what is wrong with one document says that the server is well")
    func documents() async throws {
        let server = try ChatServer(
            .error(500, "x"), .error(500, "x"), .error(500, "x"), .error(500, "x"),
            .error(400, "bad"), .error(500, "x"), .error(500, "x"))
        defer { server.stop() }
        let clock = FixedClock()
        let model = try server.model(time: clock)
        for _ in 0..<7 { _ = await ask(model) }
        #expect(server.asked.count == 7)
        #expect(model.availability(at: clock.now).places == 4)
    }
}
