package import Domain
package import Foundation

/// A job this instance may work on, and the document as the job wants it.
package struct ClaimedJob: Sendable, Equatable {
    package let job: Job
    /// Made for this claim; finishing and failing need it.
    package let claim: UUID
    package let connector: String
    package let document: Document
    /// Times this job's instance died while it ran.
    ///
    /// Such a job is claimed alone; nothing else should run beside it.
    package let rescues: Int
}

/// A finished job and what it made.
package struct FinishedJob: Sendable, Equatable {
    package let job: Job
    package let claim: UUID
    package let enrichment: Enrichment

    package init(job: Job, claim: UUID, enrichment: Enrichment) {
        (self.job, self.claim, self.enrichment) = (job, claim, enrichment)
    }
}

/// A recipe as configured: jobs of another fingerprint are not for this daemon.
package struct RecipeVersion: Sendable, Hashable {
    package let recipe: String
    package let fingerprint: [UInt8]

    package init(recipe: String, fingerprint: [UInt8]) {
        (self.recipe, self.fingerprint) = (recipe, fingerprint)
    }
}
