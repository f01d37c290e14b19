import CalendarTime
import Synchronization

/// The page that everybody looks at, as it was rendered last.
final class RecentMarkup: Sendable {
    private struct Rendered {
        let version: Int
        let at: BootInstant
        let markup: SharedMarkup
    }

    /// How old clocks may be that no script moves on.
    private static let freshness = TimeSpan.seconds(1)

    private let last = Mutex<Rendered?>(nil)

    /// The page of a version, rendered if it is not there or is too old.
    func markup(
        of version: Int, at now: BootInstant, rendering render: () -> SharedMarkup
    ) -> SharedMarkup {
        if let last = last.withLock({ $0 }), last.version == version,
            now < last.at.advanced(by: Self.freshness)
        {
            return last.markup
        }
        let markup = render()
        last.withLock { $0 = Rendered(version: version, at: now, markup: markup) }
        return markup
    }
}
