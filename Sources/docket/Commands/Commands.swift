extension Command {
    /// Everything docket can be told to do, in the order of the help.
    package static let all: [Command] = [
        .run, .check, .tryConnector, .plan, .sync, .status, .documentsList, .documentsShow,
        .documentsSearch, .documentsExplain, .documentsForget, .recipesList, .recipesTry,
        .jobsList, .jobsRetry, .jobsDiscard, .deletionsList, .deletionsApprove, .deletionsReject,
        .feedback, .exchangesExport, .psql, .migrate, .generate, .modelsList, .modelsInspect,
        .modelsVerify, .modelsBench,
        .explain, .version,
    ]
}

extension Arguments {
    /// The form of rows that was asked for.
    var format: Table.Format { value("output").flatMap(Table.Format.init) ?? .table }
}
