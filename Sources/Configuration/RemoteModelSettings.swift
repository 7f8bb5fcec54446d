package import YAML

/// A model behind a server that speaks the OpenAI protocol.
package struct RemoteModelSettings: Sendable, Equatable {
    /// The base URL, without query.
    package let url: Located<String>
    /// What the server calls the model.
    package let model: String
    package let apiKey: Secret?
    /// For one request, waiting for its turn included.
    package let timeout: Duration
    package let proxy: String?
    /// Path of a PEM file.
    package let caFile: String?
}

extension RemoteModelSettings {
    static let url = Field(
        optional: "url", Form<String>.url().located(),
        "The base URL of a remote server that speaks the OpenAI protocol.",
        example: "https://vllm.example/v1")
    static let model = Field(
        optional: "model", .text, "What the remote server calls the model.",
        example: "mistral-small")
    private static let apiKey = Field(
        optional: "api_key", .secret, otherwise: "none", "What the remote server asks for.",
        example: "${credential:vllm}")
    private static let timeout = Field(
        "timeout", .duration(Limits.modelTimeout), default: "3m",
        "Longest wait for one answer of the remote server.")
    private static let proxy = Field(
        optional: "proxy", .url(["http", "https", "socks5", "socks5h"]), otherwise: "none",
        "A proxy for every request to the remote server.", example: "http://proxy:3128")
    private static let caFile = Field(
        optional: "ca_file", .path, otherwise: "the system's",
        "PEM file of the authorities to trust.", example: "/etc/docket/ca.pem")
    private static let insecure = Field(
        "insecure", .boolean, default: "false",
        "Allows plain `http://` to other machines; documents and key then travel in the open.")

    /// The keys that belong to a model with `url`.
    static let fields: [any DeclaredField] = [model, apiKey, timeout, proxy, caFile, insecure]

    /// Nil where there is no `url`, or no `model` beside it.
    init?(_ values: Values) {
        guard let url = values[Self.url], let model = values[Self.model] else { return nil }
        self.init(
            url: url, model: model, apiKey: values[Self.apiKey], timeout: values[Self.timeout],
            proxy: values[Self.proxy], caFile: values[Self.caFile])
    }

    /// Reports what is wrong with a URL, and a model without a name.
    static func check(_ values: Values, _ reader: inout Reader) {
        if !values.has(model) {
            reader.error(
                at: values.location, "required key `model` is missing beside `url`",
                field: model.name)
        }
        guard let text = values.find(url)??.value, let address = Address(text) else { return }
        if text.contains(where: { $0 == "?" || $0 == "#" }) {
            // Some put the key there.
            reader.error(
                at: values.location(of: url), "the base URL has a query or a fragment",
                help: "give it without; docket adds `/chat/completions` to it", mask: .place)
        }
        if address.scheme == "http", !address.isLoopback, values.find(insecure) != true {
            reader.error(
                at: values.location(of: url), "plain `http://` is allowed to loopback only",
                help: "use `https://`, or say `insecure: true` beside `url`")
        }
    }
}
