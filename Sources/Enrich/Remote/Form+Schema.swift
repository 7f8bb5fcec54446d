import Inference
import JSON

extension Inference.Form {
    /// The form as a JSON Schema, as servers take it in `response_format`.
    ///
    /// Source: OpenAI's structured outputs, which vLLM and llama.cpp's server understand alike.
    var schema: JSON {
        let properties = fields.map { (name: $0.name, value: $0.kind.schema) }
        return [
            "type": "object", "properties": .object(.init(properties)),
            "required": .array(fields.map { .string($0.name) }), "additionalProperties": false,
        ]
    }
}

extension Inference.Form.Kind {
    fileprivate var schema: JSON {
        switch self {
        case .string(let length): return ["type": "string", "maxLength": JSON(length)]
        case .integer: return ["type": "integer"]
        case .number: return ["type": "number"]
        case .boolean: return ["type": "boolean"]
        case .choice(let choices): return ["enum": .array(choices.map(JSON.string))]
        case .strings(let length, let items):
            return [
                "type": "array", "maxItems": JSON(items),
                "items": ["type": "string", "maxLength": JSON(length)],
            ]
        case .choices(let choices, let items):
            return [
                "type": "array", "maxItems": JSON(items),
                "items": ["enum": .array(choices.map(JSON.string))],
            ]
        }
    }
}
