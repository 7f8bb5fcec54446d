import Configuration
import Foundation
import Testing
import YAML

struct ConfigurationTests {
    @Test func theInstalledExamplesAreValid() throws {
        let deploy = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Deploy")
        let folder = try Folder()
        for (file, name) in [
            ("docket.yaml", "docket.yaml"),
            ("connectors.d/outlook.yaml.example", "connectors.d/example.yaml"),
        ] {
            let text = try Data(contentsOf: deploy.appending(path: file))
            try folder.write(String(decoding: text, as: UTF8.self), to: name)
        }
        let (loaded, diagnostics) = folder.load()
        #expect(folder.rendered(diagnostics) == "")
        let configuration = try #require(loaded)
        #expect(configuration.stateDirectory == "/var/lib/docket")
        #expect(configuration.database == nil)
        #expect(configuration.admin.listen == .tcp(host: "127.0.0.1", port: 8470))
        #expect(configuration.log.level == .info)
        #expect(configuration.log.format == .text)

        let model = try #require(configuration.models.first)
        #expect(model.contextLength == 4096)
        #expect(model.sequences == 16)
        guard case .local(let local) = model.kind else {
            Issue.record("not a model file")
            return
        }
        #expect(local.threads == nil && local.adapter == nil)
        #expect(
            configuration.path(local.file)
                == "/var/lib/docket/models/SmolLM2-135M-Instruct.Q4_1.gguf")

        let connector = try #require(configuration.connectors.first)
        #expect(connector.name == "sales-mail")
        #expect(connector.definition == "outlook")
        #expect(connector.schedule == .interval(.seconds(300)))
        #expect(connector.holdAbove == 0.2)
        #expect(connector.limits.contentBytes == 50_000_000)
        #expect(connector.limits.requestsPerSecond == 8)
        #expect(connector.connection.settings["tenant"]?.text == "contoso.onmicrosoft.com")
        #expect(connector.connection.isInsecure == false)
        #expect(connector.scope["mailboxes"]?.texts == ["sales@contoso.com"])
        #expect(connector.scope["since"] == Day("2025-01-01").map(Setting.day))
        #expect(connector.scope["attachments"] == .boolean(true))
        #expect(configuration.recipes(of: connector).map(\.name) == ["summary", "tags"])
        #expect(connector.recipes?.last?.labels?.count == 5)
    }

    @Test func anEmptySectionMeansTheDefaults() throws {
        let folder = try Folder()
        try folder.write("{}\n", to: "docket.yaml")
        let (loaded, diagnostics) = folder.load()
        #expect(diagnostics.isEmpty)
        let configuration = try #require(loaded)
        #expect(configuration.stateDirectory == "/var/lib/docket")
        #expect(configuration.recipes.map(\.name) == ["summary", "tags"])
        #expect(configuration.models.isEmpty)
        #expect(configuration.connectors.isEmpty)
        #expect(configuration.admin.listen.isLocal)
    }

    @Test func aMissingMainFileSaysHowToNameAnother() {
        let (configuration, diagnostics) = Configuration.load(
            path: "/nonexistent/docket.yaml", environment: [:]
        ) { _ in (SampleDefinitions.all, []) }
        #expect(configuration == nil)
        #expect(
            diagnostics.map { $0.rendered() } == [
                """
                /nonexistent/docket.yaml: error: cannot read `/nonexistent/docket.yaml`: \
                No such file or directory
                 = help: name another file with --config or DOCKET_CONFIG
                """
            ])
    }

    @Test(arguments: [
        ("/a.yaml", ["DOCKET_CONFIG": "/b.yaml"], "/a.yaml"),
        (nil, ["DOCKET_CONFIG": "/b.yaml"], "/b.yaml"),
        (nil, ["DOCKET_CONFIG": ""], "/etc/docket/docket.yaml"),
        (nil, [:], "/etc/docket/docket.yaml"),
    ])
    func theOptionGoesBeforeTheEnvironment(
        option: String?, environment: [String: String], path: String
    ) {
        #expect(Configuration.path(option: option, environment: environment) == path)
    }

    @Test func referencesInOrdinaryValuesResolveWithoutBecomingYAML() throws {
        let folder = try Folder()
        try folder.write(
            """
            state_dir: ${env:STATE}
            admin: {listen: "127.0.0.1:${env:PORT}"}
            models:
              - name: default
                file: a.gguf
                threads: ${env:THREADS}

            """, to: "docket.yaml")
        let environment = ["STATE": "/srv/{a: b}", "PORT": "8000", "THREADS": "3"]
        let configuration = try #require(folder.load(environment: environment).0)
        #expect(configuration.stateDirectory == "/srv/{a: b}")
        #expect(configuration.admin.listen == .tcp(host: "127.0.0.1", port: 8000))
        guard case .local(let local) = configuration.models.first?.kind else {
            Issue.record("not a model file")
            return
        }
        #expect(local.threads == 3)
    }

    @Test func secretsAreReadOnlyWhenAsked() throws {
        let folder = try Folder()
        try folder.write(
            """
            database:
              url: postgresql://docket:${file:secrets/db}@db.example/docket
            admin:
              token: ${credential:admin}

            """, to: "docket.yaml")
        let environment = ["CREDENTIALS_DIRECTORY": "\(folder.path)/credentials"]
        let configuration = try #require(folder.load(environment: environment).0)
        #expect(!"\(configuration)".contains("credential:"))

        let references = References(environment: environment)
        let missing = configuration.problemsOfSecrets(references)
        #expect(missing.map(\.location.line) == [2, 4])
        #expect(missing.last?.help?.contains("LoadCredential=admin:PATH") == true)

        try folder.write("hunter2\n", to: "secrets/db")
        try folder.write("t0ken", to: "credentials/admin")
        #expect(chmod("\(folder.path)/secrets/db", 0o600) == 0)
        #expect(configuration.problemsOfSecrets(references).isEmpty)
        #expect(
            try configuration.database?.url.value(references)
                == "postgresql://docket:hunter2@db.example/docket")
    }

    @Test func modelsAreFilesOrServers() throws {
        let folder = try Folder()
        try folder.write(
            """
            models:
              - name: default
                file: models/a.gguf
                adapter: /srv/a.lora.gguf
                chat_template: llama3
                memory: 2GB
              - name: cluster
                url: http://10.0.0.1:8000/v1
                model: mistral-small
                api_key: ${env:KEY}
                timeout: 90s
                insecure: true
                ca_file: ca.pem
                proxy: http://proxy:3128
                languages: [de]
              - name: here
                url: http://127.0.0.1:8000/v1
                model: m
                context_length: 8192
                sequences: 2

            """, to: "docket.yaml")
        let (loaded, diagnostics) = folder.load()
        #expect(folder.rendered(diagnostics) == "")
        let configuration = try #require(loaded)
        guard case .local(let local) = configuration.models[0].kind,
            case .remote(let cluster) = configuration.models[1].kind,
            case .remote(let here) = configuration.models[2].kind
        else {
            Issue.record("models of another kind")
            return
        }
        #expect(configuration.path(local.file) == "/var/lib/docket/models/a.gguf")
        #expect(local.adapter.map(configuration.path) == "/srv/a.lora.gguf")
        #expect(local.chatTemplate == .llama3 && local.memory == 2_000_000_000)
        #expect(cluster.url.value == "http://10.0.0.1:8000/v1")
        #expect(cluster.model == "mistral-small" && cluster.timeout == .seconds(90))
        #expect(cluster.caFile == "\(folder.path)/ca.pem")
        #expect(cluster.proxy == "http://proxy:3128")
        #expect(configuration.models[1].languages == ["de"])
        #expect(here.apiKey == nil && here.timeout == .seconds(180))
        #expect(configuration.models[2].contextLength == 8192)
        #expect(configuration.models[2].sequences == 2)
        let missing = configuration.problemsOfSecrets(References(environment: [:]))
        #expect(missing.map(\.location.line) == [10])
        let references = References(environment: ["KEY": "k"])
        #expect(configuration.problemsOfSecrets(references).isEmpty)
        #expect(try cluster.apiKey?.value(references) == "k")
    }

    @Test func plainHTTPIsAllowedWhereTheFileSaysSo() throws {
        let folder = try Folder()
        try folder.write("{}\n", to: "docket.yaml")
        try folder.write(
            """
            name: a
            connector: outlook
            connection: {tenant: t, client_id: c, base_url: "http://10.0.0.1/", insecure: true}
            scope: {mailboxes: [a@b.example]}

            """, to: "connectors.d/a.yaml")
        let configuration = try #require(folder.load().0)
        #expect(configuration.connectors.first?.connection.baseURL == "http://10.0.0.1/")
        #expect(configuration.connectors.first?.connection.isInsecure == true)
    }

    @Test func includedFilesAreToldApartByTheirKey() throws {
        let folder = try Folder()
        try folder.write("recipes: [brief]\ninclude: ['*.d/*.yaml']\n", to: "docket.yaml")
        try folder.write("recipe: brief\nprompt: {user: '${env:NOT_MINE}'}\n", to: "r.d/a.yaml")
        try folder.write("definition: intranet\nconnector: {}\n", to: "x.d/b.yaml")
        try folder.write("not YAML: [", to: "x.d/.hidden.yaml")
        try folder.write("not YAML: [", to: "x.d/b.yaml.disabled")
        try folder.write("name: n\nconnector: intranet\n", to: "c.d/c.yaml")
        var asked: [String] = []
        let (loaded, diagnostics) = Configuration.load(
            path: "\(folder.path)/docket.yaml", environment: [:]
        ) { files in
            asked = files.map(\.name.value)
            let own = ["intranet": ConnectorFields(connection: [], scope: [])]
            return (Definitions(connectors: own, recipes: []), [])
        }
        #expect(folder.rendered(diagnostics) == "")
        #expect(asked == ["intranet", "brief"])
        let configuration = try #require(loaded)
        #expect(configuration.recipeFiles.map(\.name.value) == ["brief"])
        #expect(configuration.connectors.map(\.definition) == ["intranet"])
        #expect(
            configuration.recipeFiles.first?.root["prompt"]?["user"]?.scalar == "${env:NOT_MINE}")
    }

    @Test func oneFileIsCheckedAsWhatItIs() throws {
        let folder = try Folder()
        try folder.write("state_dri: x\n", to: "docket.yaml")
        try folder.write("name: a\nconnector: outlok\n", to: "a.yaml")
        try folder.write("recipe: brief\n", to: "r.yaml")
        try folder.write("a: [\n", to: "broken.yaml")
        func check(_ name: String) -> [String] {
            let path = "\(folder.path)/\(name)"
            return Configuration.check(path: path, environment: [:]) { files in
                let place = Location(path: path, line: 1, column: 1, endColumn: 1)
                let found = files.map { Diagnostic(.warning, at: place, "seen \($0.kind)") }
                return (SampleDefinitions.all, found)
            }.map(\.message)
        }
        #expect(check("docket.yaml") == ["unknown key `state_dri`; did you mean `state_dir`?"])
        #expect(check("a.yaml") == ["there is no definition `outlok`; did you mean `outlook`?"])
        #expect(check("r.yaml") == ["seen recipe"])
        #expect(check("broken.yaml").count == 1)
        #expect(check("missing.yaml").count == 1)
    }

    @Test(arguments: [
        "30s", "5m", "1h", "2d", "Mon..Fri 08..18:00/10", "hourly", "*-*-* 04:00:00", "Mon,Wed",
        "*:0/15", "Sat 12-24 18:30 Europe/Vienna", "2026-01-31 08:00 UTC", "*-02~01",
    ])
    func schedulesAreIntervalsOrCalendarExpressions(text: String) throws {
        let folder = try Folder()
        try folder.write("{}\n", to: "docket.yaml")
        try folder.write(
            """
            name: a
            connector: sap-idoc
            schedule: "\(text)"
            connection: {base_url: "file:///in/"}
            scope: {types: [MATMAS]}

            """, to: "connectors.d/a.yaml")
        let (configuration, diagnostics) = folder.load()
        #expect(folder.rendered(diagnostics) == "")
        #expect(configuration?.connectors.first?.schedule != nil)
    }
}
