import Connectors
import Foundation
import Synchronization
import Testing

@Suite("SignIn by password or key", .timeLimit(.minutes(5)))
struct SignInPasswordTests {
    private let password = Credentials.basic(user: "reader", password: "pa:ss wörd")

    @Test("no credentials send nothing")
    func nothing() async throws {
        let office = try SignInOffice(credentials: Credentials.none)
        let pass = try await office.signIn.pass()
        #expect(pass.headers.isEmpty)
        await office.signIn.discard(pass)
        #expect(try await office.signIn.pass() == pass)
    }

    @Test("a password goes as RFC 7617 says")
    func basic() async throws {
        let office = try SignInOffice(credentials: password)
        let pass = try await office.signIn.pass()
        let value = "Basic " + Data("reader:pa:ss wörd".utf8).base64EncodedString()
        #expect(pass.headers.map(\.name) == ["Authorization"])
        #expect(pass.headers.map(\.value) == [value])
        #expect(!"\(pass) \(password)".contains("pa:ss"))
        #expect(office.requests.isEmpty)
    }

    @Test("a refused password is never sent again, and the error does not show it")
    func refused() async throws {
        let office = try SignInOffice(credentials: password)
        await office.signIn.discard(try await office.signIn.pass())
        for _ in 0..<3 {
            let error = await office.refusal()
            #expect(error?.kind == .credentials)
            #expect(error?.isTransient == false)
            #expect(error?.description.contains("https://erp.example") == true)
            #expect(error?.description.contains("pa:ss") == false)
            office.time.advance(.seconds(7 * 24 * 3600))
        }
    }

    @Test("an accepted one is refused for good as well, once the endpoint does")
    func changed() async throws {
        let office = try SignInOffice(credentials: password)
        let pass = try await office.signIn.pass()
        await office.signIn.accept(pass)
        let other = try await office.signIn.pass()
        await office.signIn.discard(pass)
        await office.signIn.accept(other)
        #expect(await office.refusal()?.kind == .credentials)
    }

    private final class Counts: Sendable {
        let state = Mutex((now: 0, together: 0, all: 0))
    }

    /// Asks at once for many, each judged by `judge`; how many were let in at most at a time, and
    /// in all.
    private func rush(
        _ signIn: SignIn, _ judge: @escaping @Sendable (Pass) async -> Void
    ) async -> (together: Int, all: Int) {
        let counts = Counts()
        await withTaskGroup { group in
            for _ in 0..<32 {
                group.addTask {
                    guard let pass = try? await signIn.pass() else { return }
                    counts.state.withLock {
                        $0.now += 1
                        $0.all += 1
                        $0.together = max($0.together, $0.now)
                    }
                    for _ in 0..<50 { await Task.yield() }
                    counts.state.withLock { $0.now -= 1 }
                    await judge(pass)
                }
            }
        }
        return counts.state.withLock { ($0.together, $0.all) }
    }

    @Test("a wrong password is sent once, however many ask at the same time")
    func rushRefused() async throws {
        let signIn = try SignInOffice(credentials: password).signIn
        let counts = await rush(signIn) { await signIn.discard($0) }
        #expect(counts.all == 1)
    }

    @Test("requests without an answer show it one after the other, and none waits for ever")
    func rushSilent() async throws {
        let signIn = try SignInOffice(credentials: password).signIn
        let counts = await rush(signIn) { _ in }
        #expect(counts.all == 32)
        #expect(counts.together == 1)
    }

    @Test("once it was accepted, nobody waits")
    func rushAccepted() async throws {
        let signIn = try SignInOffice(credentials: password).signIn
        let counts = await rush(signIn) { await signIn.accept($0) }
        #expect(counts.all == 32)
        let one = try await signIn.pass()
        #expect(try await signIn.pass() == one)
    }

    @Test("whoever is cancelled does not wait for the trial")
    func cancellation() async throws {
        let office = try SignInOffice(credentials: password)
        let trial = try await office.signIn.pass()
        let impatient = Task { await office.refusal() }
        impatient.cancel()
        #expect(await impatient.value == .cancelled)
        await office.signIn.accept(trial)
        #expect(await office.refusal() == nil)
    }

    @Test("a user's name with a colon cannot be sent")
    func colon() async throws {
        let office = try SignInOffice(credentials: .basic(user: "a:b", password: "c"))
        #expect(await office.refusal()?.kind == .credentials)
    }

    @Test("a refused key rests for a quarter of an hour")
    func key() async throws {
        let office = try SignInOffice(credentials: .header(name: "APIKey", value: "k3y"))
        let pass = try await office.signIn.pass()
        #expect(pass.headers.map(\.name) == ["APIKey"])
        #expect(pass.headers.map(\.value) == ["k3y"])
        await office.signIn.discard(pass)
        let error = await office.refusal()
        #expect(error?.kind == .credentials)
        #expect(error?.description.contains("k3y") == false)
        office.time.advance(.seconds(15 * 60))
        #expect(try await office.signIn.pass() == pass)
    }
}
