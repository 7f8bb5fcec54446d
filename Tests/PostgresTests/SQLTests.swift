import Foundation
import Postgres
import Testing

@Suite("SQL")
struct SQLTests {
    @Test("interpolation binds and never splices")
    func interpolation() {
        let sql: SQL = "SELECT \("a'; --") || \(String?.none) || \(7)"
        #expect(sql.text == "SELECT $1 || $2 || $3")
        #expect(sql.binds == [.text("a'; --"), .null, .text("7")])
    }

    @Test("an array is one parameter in the binary form of its type")
    func array() {
        let sql: SQL = "SELECT \(["a", nil])"
        #expect(sql.text == "SELECT $1")
        let bytes: [UInt8] = [
            0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 2, 0, 0, 0, 1,
            0, 0, 0, 1, 97, 255, 255, 255, 255,
        ]
        #expect(sql.binds == [.binary(bytes, type: 1009)])
    }
}
