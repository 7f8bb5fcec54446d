import Configuration
import YAML

extension Command {
    static let explain = Command(
        words: ["explain"], summary: "the configuration's reference, or that of one field",
        operands: [Operand(name: "FIELD", isRequired: false)]
    ) { arguments, terminal in
        let library = Setup.Library.builtIn()
        do throws(Explanation.Unknown) {
            let name = arguments.operands.first ?? ""
            terminal.print(try Configuration.explain(name, library.fields))
            return .done
        } catch {
            let advice = error.nearest.map { "; did you mean `\($0)`?" } ?? ""
            throw CommandFailure(
                code: .usage, message: "there is no field `\(error.name)`\(advice)")
        }
    }
}
