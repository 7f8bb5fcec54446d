/// The mails the tenant begins with, in the form ``CorpusReader`` reads.
///
/// They stand in the source as texts because the compiler takes a second for them, and over a
/// minute for the same bytes as an embedded resource.
enum Corpus {
    static let sales = [salesTender, salesEnglish, salesContinental]
    static let support = [supportEnglish, supportContinental]
    static let accounting = [accountingGermanEnglish, accountingRomance]
}
