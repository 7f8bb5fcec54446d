package import YAML

/// Everything the main file and the files it includes say.
package struct Configuration: Sendable {
    /// The main file.
    package let path: String
    package let stateDirectory: String
    /// Nil: a private cluster in the state directory.
    package let database: DatabaseSettings?
    package let models: [ModelSettings]
    /// For connectors that name none.
    package let recipes: [RecipeUse]
    package let admin: AdminSettings
    package let log: LogSettings
    /// How long what models are asked and answer is kept; nil: it is not.
    package let exchangeDuration: Duration?
    /// In the order of their files' names.
    package let connectors: [Connector]
    /// Files with a `recipe` key, for the recipe decoder.
    package let recipeFiles: [IncludedFile]
    /// Files with a `definition` key, for the definition decoder.
    package let definitionFiles: [IncludedFile]
}

extension Configuration {
    /// Which file to load.
    ///
    /// - Parameters:
    ///   - option: The value of `--config`.
    ///   - environment: May name the file in `DOCKET_CONFIG`.
    /// - Returns: The first of the two that is there, else `/etc/docket/docket.yaml`.
    package static func path(option: String?, environment: [String: String]) -> String {
        if let option { return option }
        if let path = environment["DOCKET_CONFIG"], !path.isEmpty { return path }
        return "/etc/docket/docket.yaml"
    }

    /// The recipes of a connector's documents.
    package func recipes(of connector: Connector) -> [RecipeUse] {
        connector.recipes ?? recipes
    }

    /// A path of a model, with the state directory before a relative one.
    package func path(_ path: Located<String>) -> String {
        path.value.hasPrefix("/") ? path.value : "\(stateDirectory)/\(path.value)"
    }

    /// Every secret the configuration refers to, those of disabled connectors aside.
    package var secrets: [Secret] {
        var secrets = [database?.url, admin.token].compactMap(\.self)
        for model in models {
            if case .remote(let remote) = model.kind, let key = remote.apiKey {
                secrets.append(key)
            }
        }
        for connector in connectors where connector.isEnabled {
            for setting in connector.connection.settings.values { secrets += setting.secrets }
            for setting in connector.scope.values { secrets += setting.secrets }
        }
        return secrets.sorted {
            ($0.location.path, $0.location.line) < ($1.location.path, $1.location.line)
        }
    }

    /// Resolves every secret once, and says which cannot be.
    ///
    /// - Parameter references: Where to look.
    /// - Returns: An error for each missing secret, at the reference.
    package func problemsOfSecrets(_ references: References) -> [Diagnostic] {
        secrets.compactMap { secret in
            do throws(SecretError) {
                _ = try secret.value(references)
                return nil
            } catch {
                return error.diagnostic
            }
        }
    }
}

extension Setting {
    /// The secrets in it, however deep.
    fileprivate var secrets: [Secret] {
        switch self {
        case .secret(let secret): [secret]
        case .list(let items): items.flatMap(\.secrets)
        case .mapping(let entries): entries.values.flatMap(\.secrets)
        default: []
        }
    }
}

/// A file of the configuration that another decoder reads.
package struct IncludedFile: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case connector, recipe, definition
    }

    package let kind: Kind
    /// What stands under the key named after the kind.
    package let name: Located<String>
    package let source: Source
    package let root: Node
}
