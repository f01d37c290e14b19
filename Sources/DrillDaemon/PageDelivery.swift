import Drills
import Paging

/// The way out for the pages of one run: the pager, the links they carry, and what is where.
struct PageDelivery: Sendable {
    let pager: Pager
    let posted: PostedPages
    /// The address of the ack button of a page for a person; nil where no console can be reached.
    let link: @Sendable (PageName, PersonName) -> String?
}
